// Sums over rows for several columns: products with a vector, weighted squares.

// out[j] += sum over rows of col_j * factor_j for `count` <= 5 columns, where factor_j is v, or
// else (`squared`) col_j, weighted by v if `weighted`. There are two sums per column, so that the
// additions overlap.
static ALWAYS_INLINE void column_sums(
  int count, int squared, int weighted, ptrdiff_t n, const double *columns, ptrdiff_t stride,
  const double *v, double *out) {
  vector even[5] = {splat(0), splat(0), splat(0), splat(0), splat(0)};
  vector odd[5] = {splat(0), splat(0), splat(0), splat(0), splat(0)};
  ptrdiff_t i = 0, lanes = LANES;
#define ADD(sums)                                                            \
  do {                                                                       \
    const vector other = squared && !weighted ? splat(1) : AT(v);            \
    UNROLL for (int j = 0; j < count; j++) {                                 \
      const vector value = AT(columns + j * stride);                         \
      const vector factor = !squared ? other : weighted ? other * value : value; \
      sums[j] = multiply_add(value, factor, sums[j]);                        \
    }                                                                        \
  } while (0)
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
  UNROLL for (int j = 0; j < count; j++) out[j] += sum(even[j] + odd[j]);
}

static ALWAYS_INLINE void all_column_sums(
  int squared, int weighted, ptrdiff_t n, ptrdiff_t k, const double *columns, ptrdiff_t stride,
  const double *v, double *out) {
  for (; k > 5; k -= 4, columns += 4 * stride, out += 4)
    column_sums(4, squared, weighted, n, columns, stride, v, out);
  switch (k) {
  case 1: return column_sums(1, squared, weighted, n, columns, stride, v, out);
  case 2: return column_sums(2, squared, weighted, n, columns, stride, v, out);
  case 3: return column_sums(3, squared, weighted, n, columns, stride, v, out);
  case 4: return column_sums(4, squared, weighted, n, columns, stride, v, out);
  case 5: return column_sums(5, squared, weighted, n, columns, stride, v, out);
  }
}

static void cross_kernel(
  ptrdiff_t n, ptrdiff_t k, const double *columns, ptrdiff_t stride, const double *v,
  double *out) {
  all_column_sums(0, 0, n, k, columns, stride, v, out);
}

static void squares_kernel(
  ptrdiff_t n, ptrdiff_t k, const double *columns, ptrdiff_t stride, const double *w,
  double *out) {
  if (w)
    all_column_sums(1, 1, n, k, columns, stride, w, out);
  else
    all_column_sums(1, 0, n, k, columns, stride, NULL, out);
}
