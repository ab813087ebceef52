// The kernels for x86-64 with AVX-512: 64-byte vectors.
#if defined(__x86_64__)
#include <immintrin.h>

#include "kernel_table.h"

#pragma clang attribute push( \
  __attribute__((target("avx512f,avx512dq,avx512vl,avx2,fma"))), apply_to = function)
#define HAS_FMA 1
#define HAS_AVX512 1
#define LANES 8
#define GRAM_DIAGONAL 5
#define GRAM_ROWS 4
#include "vector.h"

static ALWAYS_INLINE int any(mask test) {
  return _mm512_movepi64_mask((__m512i)test) != 0;
}

static ALWAYS_INLINE __mmask8 first(ptrdiff_t lanes) { return (__mmask8)((1 << lanes) - 1); }

static ALWAYS_INLINE vector load(const double *p, ptrdiff_t lanes) {
  return lanes >= LANES ? load_all(p) : (vector)_mm512_maskz_loadu_pd(first(lanes), p);
}

static ALWAYS_INLINE void store(double *p, ptrdiff_t lanes, vector value) {
  if (lanes >= LANES)
    store_all(p, value);
  else
    _mm512_mask_storeu_pd(p, first(lanes), (__m512d)value);
}

static ALWAYS_INLINE double sum(vector v) {
  __m256d half = _mm256_add_pd(
    _mm512_castpd512_pd256((__m512d)v), _mm512_extractf64x4_pd((__m512d)v, 1));
  __m128d quarter = _mm_add_pd(_mm256_castpd256_pd128(half), _mm256_extractf128_pd(half, 1));
  return quarter[0] + quarter[1];
}

// The sums of neighbours of a and b, in turns.
static ALWAYS_INLINE vector neighbours(vector a, vector b) {
  return SHUFFLE(a, b, 0, 8, 2, 10, 4, 12, 6, 14) + SHUFFLE(a, b, 1, 9, 3, 11, 5, 13, 7, 15);
}

// The sums of neighbouring pairs of a, then of b.
static ALWAYS_INLINE vector neighbouring_pairs(vector a, vector b) {
  return SHUFFLE(a, b, 0, 1, 4, 5, 8, 9, 12, 13) + SHUFFLE(a, b, 2, 3, 6, 7, 10, 11, 14, 15);
}

static ALWAYS_INLINE vector sums(const vector v[LANES]) {
  vector left = neighbouring_pairs(neighbours(v[0], v[1]), neighbours(v[2], v[3]));
  vector right = neighbouring_pairs(neighbours(v[4], v[5]), neighbours(v[6], v[7]));
  return neighbouring_pairs(left, right);
}

// a / b for b well inside the normal range and a finite, to about an ulp: a reciprocal y of 14
// bits, and 1 / b = y / (1 - e) = y (1 + e + e^2 + e^3), e = 1 - b y.
static ALWAYS_INLINE vector quotient(vector a, vector b) {
  vector y = (vector)_mm512_rcp14_pd((__m512d)b);
  vector e = multiply_add(-b, y, splat(1));
  vector q = a * y;
  return multiply_add(q, multiply_add(multiply_add(e, e, e), e, e), q);
}

// 1 / sqrt(v) and 1 / (1 + sqrt(v)) for v well inside the normal range, by Newton's
// method from 14 bits.
static ALWAYS_INLINE void inverse_roots(vector v, vector *inverse, vector *inverse_of_next) {
  vector y = (vector)_mm512_rsqrt14_pd((__m512d)v), half = 0.5 * v;
  y = multiply_add(y, multiply_add(-half * y, y, splat(0.5)), y);
  y = multiply_add(y, multiply_add(-half * y, y, splat(0.5)), y);
  *inverse = y;
  *inverse_of_next = quotient(splat(1), multiply_add(v, y, splat(1)));
}

#include "kernels.h"
const struct vector_math_kernels vector_math_kernels_avx512 = KERNEL_TABLE;
#pragma clang attribute pop
#endif
