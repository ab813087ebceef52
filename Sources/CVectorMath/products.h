// Sums over rows for several columns: products with a vector, weighted squares.

// out[j] += sum over rows of w * col_j * other for `count` columns; `other` is `v`, or the column
// itself when `v` is null. Two sums per column, so that additions overlap.
static ALWAYS_INLINE void column_sums(
  int count, ptrdiff_t n, const double *columns, ptrdiff_t stride, const double *w,
  const double *v, double *out) {
  vector even[4] = {splat(0), splat(0), splat(0), splat(0)};
  vector odd[4] = {splat(0), splat(0), splat(0), splat(0)};
  ptrdiff_t i = 0;
#define ADD(sums)                                                    \
  do {                                                               \
    const vector weight = w ? AT(w) : splat(1);                      \
    const vector other = v ? AT(v) : splat(0);                       \
    _Pragma("clang loop unroll(full)") for (int j = 0; j < count; j++) { \
      const vector value = AT(columns + j * stride);                 \
      const vector weighted = w ? weight * value : value;            \
      sums[j] = multiply_add(weighted, v ? other : value, sums[j]);  \
    }                                                                \
  } while (0)
  ptrdiff_t lanes = LANES;
  while (i + 2 * LANES <= n) {
    ADD(even);
    i += LANES;
    ADD(odd);
    i += LANES;
  }
  if (i + LANES <= n) {
    ADD(even);
    i += LANES;
  }
  lanes = n - i;
  if (lanes > 0) ADD(odd);
#undef ADD
  for (int j = 0; j < count; j++) out[j] += sum(even[j] + odd[j]);
}

static ALWAYS_INLINE void all_column_sums(
  ptrdiff_t n, ptrdiff_t k, const double *columns, ptrdiff_t stride, const double *w,
  const double *v, double *out) {
  ptrdiff_t j = 0;
  for (; j + 4 <= k; j += 4) column_sums(4, n, columns + j * stride, stride, w, v, out + j);
  for (; j < k; j++) column_sums(1, n, columns + j * stride, stride, w, v, out + j);
}

static void cross_kernel(
  ptrdiff_t n, ptrdiff_t k, const double *columns, ptrdiff_t stride, const double *v,
  double *out) {
  all_column_sums(n, k, columns, stride, NULL, v, out);
}

static void squares_kernel(
  ptrdiff_t n, ptrdiff_t k, const double *columns, ptrdiff_t stride, const double *w,
  double *out) {
  if (w)
    all_column_sums(n, k, columns, stride, w, NULL, out);
  else
    all_column_sums(n, k, columns, stride, NULL, NULL, out);
}
