// The scanner for x86-64 with AVX2 (wider vectors were no faster).
#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#include "scanners.h"

#pragma clang attribute push(__attribute__((target("avx2,bmi,popcnt"))), apply_to = function)
static ALWAYS_INLINE uint64_t equal_to(__m256i low, __m256i high, uint8_t byte) {
  __m256i wanted = _mm256_set1_epi8((char)byte);
  uint64_t first = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, wanted));
  uint64_t second = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, wanted));
  return first | second << 32;
}

static ALWAYS_INLINE struct block_masks masks_of(const uint8_t *text, uint8_t delimiter) {
  __m256i low = _mm256_loadu_si256((const __m256i *)text);
  __m256i high = _mm256_loadu_si256((const __m256i *)(text + 32));
  return (struct block_masks){
    equal_to(low, high, delimiter), equal_to(low, high, '\n'), equal_to(low, high, '\r'),
    equal_to(low, high, '"')};
}

#include "vector16.h"
#include "rows.h"
const struct text_scan_functions text_scan_functions_avx2 = FUNCTIONS;
#pragma clang attribute pop
#endif
