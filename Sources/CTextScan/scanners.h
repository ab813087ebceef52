#pragma once
#include "CTextScan.h"

// What one instruction set offers; `include/CTextScan.h` says what each entry does.
struct text_scan_functions {
  struct text_scan_result (*rows)(
    const uint8_t *, size_t, uint8_t, size_t, struct text_scan_column *, ptrdiff_t, double,
    size_t);
  int (*number)(const uint8_t *, const uint8_t *, double *);
};

extern const struct text_scan_functions text_scan_functions_plain;
#if defined(__x86_64__)
extern const struct text_scan_functions text_scan_functions_avx2;
#endif

#define ALWAYS_INLINE inline __attribute__((always_inline))
#define NEVER_INLINE __attribute__((noinline))

// Which bytes of a block of 64 are which, a bit each.
struct block_masks {
  uint64_t delimiters, line_feeds, returns, quotes;
};

// An unsigned decimal number: digits * 10^-scale.
struct decimal {
  uint64_t digits;
  int scale;
};
