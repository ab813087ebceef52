// The lower triangle of the weighted Gram matrix C^T W C, in tiles whose sums stay in registers.
//
// The including file gives GRAM_DIAGONAL, the size of the largest tile on the diagonal, and
// GRAM_ROWS, the rows of the largest tile below it; a tile below the diagonal has 4 columns.

// Adds the products of `rows` columns from `a` on and `cols` columns from `b` on, over n values,
// to the tile at g; of a tile on the diagonal (a == b) only the lower triangle. There are `copies`
// sums per entry, so that small tiles, too, have enough independent additions.
static ALWAYS_INLINE void gram_tile(
  int rows, int cols, int copies, int diagonal, ptrdiff_t n, const double *a, const double *b,
  ptrdiff_t stride, const double *w, double *g, ptrdiff_t ld) {
  vector partial[4][5][5];
  UNROLL for (int u = 0; u < copies; u++) {
    UNROLL for (int p = 0; p < rows; p++) {
      UNROLL for (int q = 0; q < cols; q++) partial[u][p][q] = splat(0);
    }
  }
#define ADD(u)                                                              \
  do {                                                                      \
    vector right[5];                                                        \
    UNROLL for (int q = 0; q < cols; q++) right[q] = AT(b + q * stride);    \
    UNROLL for (int p = 0; p < rows; p++) {                                 \
      vector left = diagonal ? right[p] : AT(a + p * stride);               \
      if (w) left *= AT(w);                                                 \
      UNROLL for (int q = 0; q < cols; q++) {                               \
        if (diagonal && q > p) continue;                                    \
        partial[u][p][q] = multiply_add(left, right[q], partial[u][p][q]);        \
      }                                                                     \
    }                                                                       \
  } while (0)
  ptrdiff_t i = 0, lanes = LANES;
  while (i + copies * LANES <= n) {
    UNROLL for (int u = 0; u < copies; u++) {
      ADD(u);
      i += LANES;
    }
  }
  for (; i + LANES <= n; i += LANES) ADD(0);
  lanes = n - i;
  if (lanes > 0) ADD(0);
#undef ADD
  vector totals[32];
  int count = 0;
  UNROLL for (int p = 0; p < rows; p++) {
    UNROLL for (int q = 0; q < cols; q++) {
      if (diagonal && q > p) continue;
      vector total = partial[0][p][q];
      UNROLL for (int u = 1; u < copies; u++) total += partial[u][p][q];
      totals[count++] = total;
    }
  }
  double values[32];
  if (2 * count <= LANES) {
    UNROLL for (int e = 0; e < count; e++) values[e] = sum(totals[e]);
  } else {
    UNROLL for (int e = count; e % LANES != 0; e++) totals[e] = splat(0);
    UNROLL for (int e = 0; e < count; e += LANES) store_all(values + e, sums(totals + e));
  }
  count = 0;
  UNROLL for (int p = 0; p < rows; p++) {
    UNROLL for (int q = 0; q < cols; q++) {
      if (diagonal && q > p) continue;
      g[p + q * ld] += values[count++];
    }
  }
}

// A tile on the diagonal from column `c` on.
static ALWAYS_INLINE void gram_diagonal(
  ptrdiff_t size, ptrdiff_t n, const double *c, ptrdiff_t stride, const double *w, double *g,
  ptrdiff_t ld) {
  switch (size) {
  case 1: return gram_tile(1, 1, 4, 1, n, c, c, stride, w, g, ld);
  case 2: return gram_tile(2, 2, 2, 1, n, c, c, stride, w, g, ld);
  case 3: return gram_tile(3, 3, 1, 1, n, c, c, stride, w, g, ld);
  case 4: return gram_tile(4, 4, 1, 1, n, c, c, stride, w, g, ld);
  case 5:
#if GRAM_DIAGONAL >= 5
    return gram_tile(5, 5, 1, 1, n, c, c, stride, w, g, ld);
#else
    // Fifteen sums leave no registers: the last row by itself.
    gram_tile(4, 4, 1, 1, n, c, c, stride, w, g, ld);
    return gram_tile(1, 5, 2, 0, n, c + 4 * stride, c, stride, w, g + 4, ld);
#endif
  }
}

// The tiles of `rows` columns from `a` on with 4 columns from `b` on.
static ALWAYS_INLINE void gram_below(
  ptrdiff_t rows, ptrdiff_t n, const double *a, const double *b, ptrdiff_t stride,
  const double *w, double *g, ptrdiff_t ld) {
  ptrdiff_t p = 0;
  for (; p + GRAM_ROWS <= rows; p += GRAM_ROWS)
    gram_tile(GRAM_ROWS, 4, 1, 0, n, a + p * stride, b, stride, w, g + p, ld);
  for (; p < rows; p++) gram_tile(1, 4, 2, 0, n, a + p * stride, b, stride, w, g + p, ld);
}

static ALWAYS_INLINE void gram_triangle(
  ptrdiff_t n, ptrdiff_t k, const double *columns, ptrdiff_t stride, const double *w, double *g,
  ptrdiff_t ld) {
  for (ptrdiff_t p = 0; p < k;) {
    const ptrdiff_t size = k - p <= 5 ? k - p : 4;
    for (ptrdiff_t q = 0; q < p; q += 4)
      gram_below(
        size, n, columns + p * stride, columns + q * stride, stride, w, g + p + q * ld, ld);
    gram_diagonal(size, n, columns + p * stride, stride, w, g + p + p * ld, ld);
    p += size;
  }
}

static void gram_kernel(
  ptrdiff_t n, ptrdiff_t k, const double *columns, ptrdiff_t stride, const double *w, double *g,
  ptrdiff_t ld) {
  if (w)
    gram_triangle(n, k, columns, stride, w, g, ld);
  else
    gram_triangle(n, k, columns, stride, NULL, g, ld);
}
