#include "kernel_table.h"

// Hands each call to the kernels of the wanted instruction set.

int vector_math_supports(int level) {
#if defined(__x86_64__)
  // These look at the processor and at the registers that the operating system saves.
  if (level == vector_math_avx2)
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (level == vector_math_avx512)
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")
      && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx2")
      && __builtin_cpu_supports("fma");
#endif
  return level == vector_math_baseline;
}

static const struct vector_math_kernels *kernels(int level) {
#if defined(__x86_64__)
  if (level == vector_math_avx512) return &vector_math_kernels_avx512;
  if (level == vector_math_avx2) return &vector_math_kernels_avx2;
#endif
  (void)level;
  return &vector_math_kernels_baseline;
}

void vector_math_exp(int level, ptrdiff_t n, const double *x, double scale, double *out) {
  kernels(level)->exp(n, x, scale, out);
}

void vector_math_exp_product(
  int level, ptrdiff_t n, const double *x, double scale, double factor, double *out,
  double *product) {
  kernels(level)->exp_product(n, x, scale, factor, out, product);
}

void vector_math_fill(int level, ptrdiff_t n, double value, double *out) {
  kernels(level)->fill(n, value, out);
}

void vector_math_log(int level, ptrdiff_t n, const double *x, double *out) {
  kernels(level)->log(n, x, out);
}

void vector_math_multiply(
  int level, ptrdiff_t n, const double *a, const double *b, double scale, double *out) {
  kernels(level)->multiply(n, a, b, scale, out);
}

void vector_math_divide(int level, ptrdiff_t n, const double *a, const double *b, double *out) {
  kernels(level)->divide(n, a, b, out);
}

void vector_math_reciprocal(int level, ptrdiff_t n, const double *a, double *out) {
  kernels(level)->reciprocal(n, a, out);
}

void vector_math_scale(int level, ptrdiff_t n, const double *a, double factor, double *out) {
  kernels(level)->scale(n, a, factor, out);
}

void vector_math_add_product(
  int level, ptrdiff_t n, double factor, const double *a, double *out) {
  kernels(level)->add_product(n, factor, a, out);
}

void vector_math_linear_combination(
  int level, ptrdiff_t n, ptrdiff_t k, const double *columns, ptrdiff_t stride, const double *c,
  const double *minus, double *out) {
  kernels(level)->linear_combination(n, k, columns, stride, c, minus, out);
}

void vector_math_gram(
  int level, ptrdiff_t n, ptrdiff_t k, const double *columns, ptrdiff_t stride, const double *w,
  double *g, ptrdiff_t ld) {
  kernels(level)->gram(n, k, columns, stride, w, g, ld);
}

void vector_math_cross(
  int level, ptrdiff_t n, ptrdiff_t k, const double *columns, ptrdiff_t stride, const double *v,
  double *out) {
  kernels(level)->cross(n, k, columns, stride, v, out);
}

void vector_math_squares(
  int level, ptrdiff_t n, ptrdiff_t k, const double *columns, ptrdiff_t stride, const double *w,
  double *out) {
  kernels(level)->squares(n, k, columns, stride, w, out);
}

double vector_math_squared_cost(int level, ptrdiff_t n, const double *r, const double *m) {
  return kernels(level)->squared_cost(n, r, m);
}

double vector_math_robust_cost(
  int level, ptrdiff_t n, int loss, double width, const double *r, const double *m) {
  return kernels(level)->robust_cost(n, loss, width, r, m);
}

struct vector_math_robust_sums vector_math_robust(
  int level, ptrdiff_t n, int loss, double width, const double *r, const double *m,
  double *scores, double *weights, double *curvatures) {
  return kernels(level)->robust(n, loss, width, r, m, scores, weights, curvatures);
}
