// log by argument reduction and a polynomial in the argument of atanh.
//
// x = 2^k m with m in [0.75, 1.5), f = m - 1, s = f / (2 + f). Then
//   log m = 2 atanh(s) = f - f^2/2 + s (f^2/2 + R(s^2)),  R(z) = log((1+s)/(1-s))/s - 2,
// the form of K. C. Ng's fdlibm: its large term f is exact. R(z)/z is a minimax polynomial (Remez)
// of degree 7 on 0...0.04 with a relative error of log below 2^-62. k ln 2 + f is kept as a sum of
// two doubles (Dekker's fast two-sum).

// k ln 2 + log(m) for m in [0.75, 1.5).
static ALWAYS_INLINE vector log_reduced(vector k, vector m) {
  vector f = m - 1;
  vector s = quotient(f, m + 1);
  vector z = s * s, z2 = z * z, z4 = z2 * z2;
  vector p01 = multiply_add(z, splat(0x1.999999999c11bp-2), splat(0x1.555555555554fp-1));
  vector p23 = multiply_add(z, splat(0x1.c71c748aac30ep-3), splat(0x1.24924921e9f50p-2));
  vector p45 = multiply_add(z, splat(0x1.3b3599573718dp-3), splat(0x1.745c4c0ed4038p-3));
  vector p67 = multiply_add(z, splat(0x1.1b6fe94054cd2p-3), splat(0x1.0dce2fe147a91p-3));
  vector p = multiply_add(z4, multiply_add(z2, p67, p45), multiply_add(z2, p23, p01));
  vector half = 0.5 * f, square = half * f;
  vector large = k * LN2_HIGH;
  vector high = large + f, low = f - (high - large);
  vector small = multiply_add(k, splat(LN2_LOW), low);
  small = multiply_add(s, multiply_add(z, p, square), small);
#if HAS_FMA
  return high + multiply_add(-half, f, small);
#else
  return high + (small - square);
#endif
}

#if HAS_AVX512

// x positive, finite and not zero.
static ALWAYS_INLINE vector log_positive(vector x) {
  __m512d m = _mm512_getmant_pd((__m512d)x, _MM_MANT_NORM_p75_1p5, _MM_MANT_SIGN_src);
  __m512d k = _mm512_sub_pd(_mm512_getexp_pd((__m512d)x), _mm512_getexp_pd(m));
  return log_reduced((vector)k, (vector)m);
}

static ALWAYS_INLINE vector log_vector(vector x) {
  // By the class of x: quiet NaN, signalling NaN, 0, 1, -inf, inf, negative, positive.
  const int action = 0x2 << 0 | 0x2 << 4 | 0x4 << 8 | 0x0 << 12 | 0x3 << 16 | 0x5 << 20
    | 0x3 << 24 | 0x0 << 28;
  return (vector)_mm512_fixupimm_pd(
    (__m512d)log_positive(x), (__m512d)x, _mm512_set1_epi64(action), 0);
}

#else

// What is added to the bits of x: the exponent's field then counts from 0.75 on, and the bits of a
// positive normal x, except near the smallest, are a negative integer of at most LAST_NORMAL.
#define BIAS (1023ULL + 2046)
#define OFFSET ((long long)((BIAS << 52) - 0x3fe8000000000000))
#define LAST_NORMAL ((long long)0xffd7ffffffffffff)

// log(2^shift x) from `counted`, the bits of x with OFFSET added, x positive and normal.
static ALWAYS_INLINE vector log_counted(vector x, mask counted, vector shift) {
  mask exponent = (mask)((unsigned_mask)counted >> 52);
  vector m = from_bits(bits(x) - (exponent << 52) + (long long)(BIAS << 52));
  // A double from a small integer: its bits below those of 2^52.
  vector k = from_bits(exponent | 0x4330000000000000) - (0x1p52 + (double)BIAS);
  return log_reduced(k + shift, m);
}

// x positive and normal.
static ALWAYS_INLINE vector log_positive(vector x) {
  return log_counted(x, bits(x) + OFFSET, splat(0));
}

// Any x; a subnormal one is scaled up first.
static __attribute__((noinline)) vector log_anywhere(vector x) {
  mask tiny = x < 0x1p-1022;
  vector scaled = choose(tiny, x * 0x1p54, x);
  vector result = log_counted(
    scaled, bits(scaled) + OFFSET, choose(tiny, splat(-54), splat(0)));
  result = choose(x == 0, splat(-__builtin_inf()), result);
  result = choose(x < 0, splat(__builtin_nan("")), result);
  result = choose(x == __builtin_inf(), x, result);
  return choose(x != x, x, result);
}

static ALWAYS_INLINE vector log_vector(vector x) {
  mask counted = bits(x) + OFFSET;
  if (__builtin_expect(any_above(counted, LAST_NORMAL), 0)) return log_anywhere(x);
  return log_counted(x, counted, splat(0));
}

#endif

static void log_kernel(ptrdiff_t n, const double *x, double *out) {
  FOR_EACH_VECTOR(n, { PUT(out, log_vector(AT(x))); });
}
