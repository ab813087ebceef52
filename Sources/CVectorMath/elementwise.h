// Products and quotients element by element, and linear combinations of columns.

static void multiply_kernel(
  ptrdiff_t n, const double *a, const double *b, double scale, double *out) {
  const vector factor = splat(scale);
  FOR_EACH_VECTOR(n, { PUT(out, factor * AT(a) * AT(b)); });
}

static void divide_kernel(ptrdiff_t n, const double *a, const double *b, double *out) {
  FOR_EACH_VECTOR(n, { PUT(out, AT(a) / AT(b)); });
}

static void reciprocal_kernel(ptrdiff_t n, const double *a, double *out) {
  FOR_EACH_VECTOR(n, { PUT(out, 1 / AT(a)); });
}

static void fill_kernel(ptrdiff_t n, double value, double *out) {
  const vector constant = splat(value);
  FOR_EACH_VECTOR(n, { PUT(out, constant); });
}

static void scale_kernel(ptrdiff_t n, const double *a, double scale, double *out) {
  const vector factor = splat(scale);
  FOR_EACH_VECTOR(n, { PUT(out, factor * AT(a)); });
}

static void add_product_kernel(ptrdiff_t n, double scale, const double *a, double *out) {
  const vector factor = splat(scale);
  FOR_EACH_VECTOR(n, { PUT(out, multiply_add(factor, AT(a), AT(out))); });
}

// The linear combination in `count` <= 4 vectors of rows from row i on, the last of `lanes` lanes.
static ALWAYS_INLINE void combine(
  int count, ptrdiff_t i, ptrdiff_t lanes, ptrdiff_t k, const double *columns, ptrdiff_t stride,
  const double *c, const double *minus, double *out) {
  vector sums[4] = {splat(0), splat(0), splat(0), splat(0)};
  for (ptrdiff_t j = 0; j < k; j++) {
    // 0 times an infinity would be a NaN.
    if (c[j] == 0) continue;
    const vector factor = splat(c[j]);
    const double *column = columns + j * stride;
    UNROLL for (int u = 0; u < count; u++)
      sums[u] = multiply_add(factor, AT(column + u * LANES), sums[u]);
  }
  UNROLL for (int u = 0; u < count; u++) {
    if (minus) sums[u] -= AT(minus + u * LANES);
    PUT(out + u * LANES, sums[u]);
  }
}

static void linear_combination_kernel(
  ptrdiff_t n, ptrdiff_t k, const double *columns, ptrdiff_t stride, const double *c,
  const double *minus, double *out) {
  ptrdiff_t i = 0;
  for (; i + 4 * LANES <= n; i += 4 * LANES)
    combine(4, i, LANES, k, columns, stride, c, minus, out);
  for (; i + LANES <= n; i += LANES) combine(1, i, LANES, k, columns, stride, c, minus, out);
  if (i < n) combine(1, i, n - i, k, columns, stride, c, minus, out);
}
