// All kernels, from the vector type and the few operations that the including file defines.
#include "exponential.h"
#include "logarithm.h"
#include "elementwise.h"
#include "products.h"
#include "gram.h"
#include "robust.h"

#define KERNEL_TABLE                            \
  {                                             \
    .exp = exp_kernel,                          \
    .exp_product = exp_product_kernel,          \
    .fill = fill_kernel,                        \
    .log = log_kernel,                          \
    .multiply = multiply_kernel,                \
    .divide = divide_kernel,                    \
    .reciprocal = reciprocal_kernel,            \
    .scale = scale_kernel,                      \
    .add_product = add_product_kernel,          \
    .linear_combination = linear_combination_kernel, \
    .gram = gram_kernel,                        \
    .cross = cross_kernel,                      \
    .squares = squares_kernel,                  \
    .squared_cost = squared_cost_kernel,        \
    .robust_cost = robust_cost_kernel,          \
    .robust = robust_kernel,                    \
  }
