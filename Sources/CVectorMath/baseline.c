// The kernels for every processor of the architecture: 16-byte vectors.
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "kernel_table.h"

#if defined(__aarch64__)
#define HAS_FMA 1
#else
#define HAS_FMA 0
#endif
#define LANES 2
#define GRAM_DIAGONAL 4
#define GRAM_ROWS 2
#include "vector.h"

#if defined(__SSE2__)

static ALWAYS_INLINE int any(mask test) { return _mm_movemask_pd((__m128d)test) != 0; }

static ALWAYS_INLINE int any_above(mask values, long long bound) {
  // There is no comparison of 64 bits, and the upper 32 decide.
  return _mm_movemask_pd((__m128d)_mm_cmpgt_epi32(
    (__m128i)values, _mm_set1_epi32((int)(bound >> 32)))) != 0;
}

#else

static ALWAYS_INLINE int any(mask test) { return (test[0] | test[1]) != 0; }

static ALWAYS_INLINE int any_above(mask values, long long bound) { return any(values > bound); }

#endif

static ALWAYS_INLINE vector load(const double *p, ptrdiff_t lanes) {
  return lanes >= LANES ? load_all(p) : (vector){p[0], 0};
}

static ALWAYS_INLINE void store(double *p, ptrdiff_t lanes, vector value) {
  if (lanes >= LANES)
    store_all(p, value);
  else
    p[0] = value[0];
}

static ALWAYS_INLINE double sum(vector v) { return v[0] + v[1]; }

static ALWAYS_INLINE vector sums(const vector v[LANES]) {
  return SHUFFLE(v[0], v[1], 0, 2) + SHUFFLE(v[0], v[1], 1, 3);
}

#include "quotients.h"
#include "kernels.h"
const struct vector_math_kernels vector_math_kernels_baseline = KERNEL_TABLE;
