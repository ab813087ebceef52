// A vector of LANES doubles and what every instruction set does with it alike.
//
// Included once by each instruction set's file, after LANES and HAS_FMA. That file then defines
// `load` and `store` of the first lanes, `any` (whether a test holds in a lane), `sum` (of a vector's
// lanes), `sums` (lane l is the sum of vector l), `quotient` and `inverse_roots`.

// Products and sums are fused only where the code says so: a debug build gives the same bits.
#pragma clang fp contract(off)

#define ALWAYS_INLINE inline __attribute__((always_inline))
// Before a loop of a few turns, known in number.
#define UNROLL _Pragma("clang loop unroll(full)")

typedef double vector __attribute__((ext_vector_type(LANES)));
// What a comparison gives: integers of the same width, all ones where it holds.
typedef __typeof__((vector)0 < (vector)0) mask;
typedef unsigned long long unsigned_mask __attribute__((ext_vector_type(LANES)));
typedef double unaligned_vector
  __attribute__((ext_vector_type(LANES), aligned(8), may_alias));

static ALWAYS_INLINE vector splat(double value) { return (vector)value; }
static ALWAYS_INLINE mask splat_integer(long long value) { return (mask)value; }
static ALWAYS_INLINE vector load_all(const double *p) { return *(const unaligned_vector *)p; }
static ALWAYS_INLINE void store_all(double *p, vector value) { *(unaligned_vector *)p = value; }

// The lanes' bits as integers, and back.
static ALWAYS_INLINE mask bits(vector value) { return (mask)value; }
static ALWAYS_INLINE vector from_bits(mask value) { return (vector)value; }

// Lane by lane: `yes` where the test holds, else `no`.
static ALWAYS_INLINE vector choose(mask test, vector yes, vector no) { return test ? yes : no; }

// The lanes of a and b with these numbers.
#define SHUFFLE(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)

// 0, 1, 2, ...
static ALWAYS_INLINE mask lane_numbers(void) {
  mask result;
  for (int lane = 0; lane < LANES; lane++) result[lane] = lane;
  return result;
}

// a * b + c; with one rounding where the instruction set can.
static ALWAYS_INLINE vector multiply_add(vector a, vector b, vector c) {
#if HAS_FMA
  return __builtin_elementwise_fma(a, b, c);
#else
  return a * b + c;
#endif
}

static ALWAYS_INLINE vector absolute(vector v) { return __builtin_elementwise_abs(v); }
static ALWAYS_INLINE vector square_root(vector v) { return __builtin_elementwise_sqrt(v); }

// Runs `body` for i = 0, LANES, 2 LANES, ... below n. In it `AT(p)` loads the lanes p[i], p[i+1],
// ... and `PUT(p, v)` stores them; lanes past n load as 0 and are not stored. `lanes` is the number
// of those below n.
#define AT(p) load((p) + i, lanes)
#define PUT(p, v) store((p) + i, lanes, v)
#define FOR_EACH_VECTOR(n, body)                                      \
  do {                                                                \
    ptrdiff_t i = 0;                                                  \
    for (; i + LANES <= (n); i += LANES) {                            \
      const ptrdiff_t lanes = LANES;                                  \
      (void)lanes;                                                    \
      body                                                            \
    }                                                                 \
    if (i < (n)) {                                                    \
      const ptrdiff_t lanes = (n) - i;                                \
      body                                                            \
    }                                                                 \
  } while (0)
