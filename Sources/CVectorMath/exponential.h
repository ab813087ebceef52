// exp by argument reduction and a polynomial.
//
// x = k ln 2 + r with k the nearest integer and |r| <= ln 2 / 2, so exp(x) = 2^k exp(r). The high
// part of ln 2 has so few bits that k times it is exact (Cody and Waite, "Software Manual for the
// Elementary Functions", 1980). exp(r) = 1 + r + r^2 q(r); q is a minimax polynomial (Remez) of
// degree 9 with a relative error of exp below 2^-57.9, evaluated by Estrin's scheme.

// Adding it to |v| < 2^51 rounds v to an integer, which then stands in the low bits.
#define ROUNDING_SHIFT 0x1.8p52
#define LN2_HIGH 0x1.62e42fefa3p-1
#define LN2_LOW 0x1.3de6af278ece6p-42
#define INVERSE_LN2 0x1.71547652b82fep+0

// exp(r) in [0.7, 1.5), and k.
struct exp_parts {
  vector fraction;
  // k as a double.
  vector exponent;
  // k in the low bits.
  vector shifted;
};

static ALWAYS_INLINE struct exp_parts exp_reduced(vector x) {
  vector shifted = multiply_add(x, splat(INVERSE_LN2), splat(ROUNDING_SHIFT));
  vector k = shifted - ROUNDING_SHIFT;
  vector high = multiply_add(-k, splat(LN2_HIGH), x);
  vector low = k * LN2_LOW;
  vector r = high - low;
  vector r2 = r * r, r4 = r2 * r2;
  vector q01 = multiply_add(r, splat(0x1.55555555554f9p-3), splat(0x1.000000000000ap-1));
  vector q23 = multiply_add(r, splat(0x1.1111111127d0fp-7), splat(0x1.555555555083ep-5));
  vector q45 = multiply_add(r, splat(0x1.a01a012a0ecfap-13), splat(0x1.6c16c18438b39p-10));
  vector q67 = multiply_add(r, splat(0x1.71df25b40ed5dp-19), splat(0x1.a01999e25aa52p-16));
  vector q89 = multiply_add(r, splat(0x1.ad7f3d23d787fp-26), splat(0x1.28ad9b8d57c77p-22));
  vector q03 = multiply_add(r2, q23, q01);
  vector q47 = multiply_add(r2, q67, q45);
  vector q = multiply_add(r4, multiply_add(r4, q89, q47), q03);
  // r stands here as high - low, unrounded.
  vector tail = high + multiply_add(r2, q, -low);
  return (struct exp_parts){1 + tail, k, shifted};
}

#if HAS_AVX512

static ALWAYS_INLINE vector exp_vector(vector x) {
  // Bounds beyond the limits of overflow and underflow; a NaN stays.
  __m512d bounded = _mm512_max_pd(
    _mm512_set1_pd(-1000), _mm512_min_pd(_mm512_set1_pd(1000), (__m512d)x));
  struct exp_parts parts = exp_reduced((vector)bounded);
  return (vector)_mm512_scalef_pd((__m512d)parts.fraction, (__m512d)parts.exponent);
}

#else

// 2^k for an integer k in -1022...1023.
static ALWAYS_INLINE vector power_of_two(vector k) {
  return from_bits((bits(k + ROUNDING_SHIFT) + 1023) << 52);
}

// Any x: in two factors, of which only the last product can round, overflow or underflow.
static __attribute__((noinline)) vector exp_anywhere(vector x) {
  vector bounded = choose(x > 1000, splat(1000), x);
  bounded = choose(bounded < -1000, splat(-1000), bounded);
  struct exp_parts parts = exp_reduced(bounded);
  // Halves k; an integer again.
  vector half = (parts.exponent * 0.5 + ROUNDING_SHIFT) - ROUNDING_SHIFT;
  return parts.fraction * power_of_two(half) * power_of_two(parts.exponent - half);
}

static ALWAYS_INLINE vector exp_vector(vector x) {
  // Also true of a NaN.
  if (__builtin_expect(any(~(absolute(x) < 708)), 0)) return exp_anywhere(x);
  struct exp_parts parts = exp_reduced(x);
  return from_bits(bits(parts.fraction) + (bits(parts.shifted) << 52));
}

#endif

static void exp_kernel(ptrdiff_t n, const double *x, double scale, double *out) {
  const vector factor = splat(scale);
  FOR_EACH_VECTOR(n, { PUT(out, exp_vector(AT(x) * factor)); });
}

static void exp_product_kernel(
  ptrdiff_t n, const double *x, double scale, double factor, double *out, double *product) {
  const vector inner = splat(scale), outer = splat(factor);
  FOR_EACH_VECTOR(n, {
    const vector argument = AT(x);
    const vector value = exp_vector(argument * inner);
    PUT(out, value);
    PUT(product, outer * argument * value);
  });
}
