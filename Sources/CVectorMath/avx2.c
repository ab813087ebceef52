// The kernels for x86-64 with AVX2 and FMA: 32-byte vectors.
#if defined(__x86_64__)
#include <immintrin.h>

#include "kernel_table.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define HAS_FMA 1
#define LANES 4
#define GRAM_DIAGONAL 4
#define GRAM_ROWS 2
#include "vector.h"

static ALWAYS_INLINE int any(mask test) { return _mm256_movemask_pd((__m256d)test) != 0; }
static ALWAYS_INLINE int any_above(mask values, long long bound) { return any(values > bound); }

// All ones in the first `lanes` lanes.
static ALWAYS_INLINE __m256i first(ptrdiff_t lanes) {
  return (__m256i)(lane_numbers() < lanes);
}

static ALWAYS_INLINE vector load(const double *p, ptrdiff_t lanes) {
  return lanes >= LANES ? load_all(p) : (vector)_mm256_maskload_pd(p, first(lanes));
}

static ALWAYS_INLINE void store(double *p, ptrdiff_t lanes, vector value) {
  if (lanes >= LANES)
    store_all(p, value);
  else
    _mm256_maskstore_pd(p, first(lanes), (__m256d)value);
}

static ALWAYS_INLINE double sum(vector v) {
  __m128d half = _mm_add_pd(
    _mm256_castpd256_pd128((__m256d)v), _mm256_extractf128_pd((__m256d)v, 1));
  return half[0] + half[1];
}

static ALWAYS_INLINE vector sums(const vector v[LANES]) {
  vector left = SHUFFLE(v[0], v[1], 0, 4, 2, 6) + SHUFFLE(v[0], v[1], 1, 5, 3, 7);
  vector right = SHUFFLE(v[2], v[3], 0, 4, 2, 6) + SHUFFLE(v[2], v[3], 1, 5, 3, 7);
  return SHUFFLE(left, right, 0, 1, 4, 5) + SHUFFLE(left, right, 2, 3, 6, 7);
}

#include "quotients.h"
#include "kernels.h"
const struct vector_math_kernels vector_math_kernels_avx2 = KERNEL_TABLE;
#pragma clang attribute pop
#endif
