// Quotients where the processor's own division is the fastest way to them.

// a / b.
static ALWAYS_INLINE vector quotient(vector a, vector b) { return a / b; }

// 1 / sqrt(v) and 1 / (1 + sqrt(v)), from one division.
static ALWAYS_INLINE void inverse_roots(vector v, vector *inverse, vector *inverse_of_next) {
  vector root = square_root(v);
  vector both = 1 / (v + root);
  *inverse = multiply_add(root, both, both);
  *inverse_of_next = root * both;
}
