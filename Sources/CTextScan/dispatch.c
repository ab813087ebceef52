#include "scanners.h"

// Hands each call to the scanner of the wanted instruction set.

int text_scan_supports(int level) {
#if defined(__x86_64__)
  if (level == text_scan_avx2)
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi")
      && __builtin_cpu_supports("popcnt");
#endif
  return level == text_scan_plain;
}

static const struct text_scan_functions *functions(int level) {
#if defined(__x86_64__)
  if (level == text_scan_avx2) return &text_scan_functions_avx2;
#endif
  (void)level;
  return &text_scan_functions_plain;
}

struct text_scan_result text_scan_rows(
  int level, const uint8_t *text, size_t length, uint8_t delimiter, size_t width,
  struct text_scan_column *columns, ptrdiff_t step, double missing, size_t most) {
  return functions(level)->rows(text, length, delimiter, width, columns, step, missing, most);
}

int text_scan_number(int level, const uint8_t *text, size_t length, double *value) {
  return functions(level)->number(text, text + length, value);
}
