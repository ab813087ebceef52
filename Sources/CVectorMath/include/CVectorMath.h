#pragma once
#include <stddef.h>
#include <stdint.h>

// Vector kernels over arrays of doubles, compiled for several instruction sets.
//
// Every function takes the instruction set to run on, so that the library holds no state. Arrays
// need no alignment. A result depends on the inputs, the counts and the instruction set only.

/// The instruction sets the kernels are compiled for.
enum vector_math_level {
  /// 16-byte vectors: SSE2 on x86-64, NEON on arm64.
  vector_math_baseline = 0,
  /// 32-byte vectors: AVX2 and FMA.
  vector_math_avx2 = 1,
  /// 64-byte vectors: AVX-512 F, DQ and VL.
  vector_math_avx512 = 2,
};

/// The kinds of robust loss.
enum vector_math_loss {
  vector_math_huber = 0,
  vector_math_soft_l1 = 1,
  vector_math_cauchy = 2,
};

/// The sums over residuals that a robust loss gives.
struct vector_math_robust_sums {
  /// The sum of m rho(r).
  double cost;
  /// The sum of max(rho''(r), 0).
  double curvature;
};

/// 1 when processor and operating system can run that level, else 0.
int vector_math_supports(int level);

/// out[i] = exp(scale * x[i]).
void vector_math_exp(int level, ptrdiff_t n, const double *x, double scale, double *out);

/// out[i] = exp(scale * x[i]) and product[i] = factor * x[i] * out[i].
void vector_math_exp_product(
  int level, ptrdiff_t n, const double *x, double scale, double factor, double *out,
  double *product);

/// out[i] = value.
void vector_math_fill(int level, ptrdiff_t n, double value, double *out);

/// out[i] = log(x[i]).
void vector_math_log(int level, ptrdiff_t n, const double *x, double *out);

/// out[i] = scale * a[i] * b[i].
void vector_math_multiply(
  int level, ptrdiff_t n, const double *a, const double *b, double scale, double *out);

/// out[i] = a[i] / b[i].
void vector_math_divide(int level, ptrdiff_t n, const double *a, const double *b, double *out);

/// out[i] = 1 / a[i].
void vector_math_reciprocal(int level, ptrdiff_t n, const double *a, double *out);

/// out[i] = factor * a[i].
void vector_math_scale(int level, ptrdiff_t n, const double *a, double factor, double *out);

/// out[i] += factor * a[i].
void vector_math_add_product(int level, ptrdiff_t n, double factor, const double *a, double *out);

/// out[i] = sum over j < k of c[j] * columns[i + j * stride], less minus[i] unless that is null.
///
/// A column whose coefficient is zero is not read.
void vector_math_linear_combination(
  int level, ptrdiff_t n, ptrdiff_t k, const double *columns, ptrdiff_t stride, const double *c,
  const double *minus, double *out);

/// g[i + j * ld] += sum over r < n of w[r] * col_i[r] * col_j[r] for k > i >= j >= 0.
///
/// `w` may be null: all ones.
void vector_math_gram(
  int level, ptrdiff_t n, ptrdiff_t k, const double *columns, ptrdiff_t stride, const double *w,
  double *g, ptrdiff_t ld);

/// out[j] += sum over r < n of col_j[r] * v[r] for j < k.
void vector_math_cross(
  int level, ptrdiff_t n, ptrdiff_t k, const double *columns, ptrdiff_t stride, const double *v,
  double *out);

/// out[j] += sum over r < n of w[r] * col_j[r]^2 for j < k; `w` may be null: all ones.
void vector_math_squares(
  int level, ptrdiff_t n, ptrdiff_t k, const double *columns, ptrdiff_t stride, const double *w,
  double *out);

/// Half the sum of m[i] * r[i]^2; `m` may be null: all ones.
double vector_math_squared_cost(int level, ptrdiff_t n, const double *r, const double *m);

/// The sum of m[i] * rho(r[i]); `m` may be null: all ones.
double vector_math_robust_cost(
  int level, ptrdiff_t n, int loss, double width, const double *r, const double *m);

/// Scores m rho', weights m rho'/r and curvatures m rho'' of a robust loss, with its sums.
struct vector_math_robust_sums vector_math_robust(
  int level, ptrdiff_t n, int loss, double width, const double *r, const double *m,
  double *scores, double *weights, double *curvatures);
