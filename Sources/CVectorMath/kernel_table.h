#pragma once
#include "CVectorMath.h"

// What one instruction set offers; `include/CVectorMath.h` says what each entry computes.
struct vector_math_kernels {
  void (*exp)(ptrdiff_t, const double *, double, double *);
  void (*exp_product)(ptrdiff_t, const double *, double, double, double *, double *);
  void (*fill)(ptrdiff_t, double, double *);
  void (*log)(ptrdiff_t, const double *, double *);
  void (*multiply)(ptrdiff_t, const double *, const double *, double, double *);
  void (*divide)(ptrdiff_t, const double *, const double *, double *);
  void (*reciprocal)(ptrdiff_t, const double *, double *);
  void (*scale)(ptrdiff_t, const double *, double, double *);
  void (*add_product)(ptrdiff_t, double, const double *, double *);
  void (*linear_combination)(
    ptrdiff_t, ptrdiff_t, const double *, ptrdiff_t, const double *, const double *, double *);
  void (*gram)(
    ptrdiff_t, ptrdiff_t, const double *, ptrdiff_t, const double *, double *, ptrdiff_t);
  void (*cross)(ptrdiff_t, ptrdiff_t, const double *, ptrdiff_t, const double *, double *);
  void (*squares)(ptrdiff_t, ptrdiff_t, const double *, ptrdiff_t, const double *, double *);
  double (*squared_cost)(ptrdiff_t, const double *, const double *);
  double (*robust_cost)(ptrdiff_t, int, double, const double *, const double *);
  struct vector_math_robust_sums (*robust)(
    ptrdiff_t, int, double, const double *, const double *, double *, double *, double *);
};

extern const struct vector_math_kernels vector_math_kernels_baseline;
#if defined(__x86_64__)
extern const struct vector_math_kernels vector_math_kernels_avx2;
extern const struct vector_math_kernels vector_math_kernels_avx512;
#endif
