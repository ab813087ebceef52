// Robust losses rho of a residual r with width d, all r^2/2 near 0, and their derivatives.
//
//   Huber     r^2/2 for |r| <= d, else d (|r| - d/2)
//   soft L1   d^2 (sqrt(1 + z) - 1),   z = (r/d)^2
//   Cauchy    d^2/2 log(1 + z)
//
// Sources: Huber, Ann. Math. Statist. 35 (1964); soft L1 and Cauchy as in Ceres Solver and SciPy.

// Of one vector of residuals: rho, psi = rho', psi/r and rho''.
struct loss_values {
  vector value, score, weight, curvature;
};

// What depends on the width alone.
struct loss_width {
  vector width, half, inverse, far;
};

static ALWAYS_INLINE struct loss_values huber(vector r, struct loss_width d) {
  vector size = absolute(r);
  mask inside = size <= d.width;
  struct loss_values result;
  result.value = choose(inside, 0.5 * r * r, d.width * (size - d.half));
  result.score = choose(r > d.width, d.width, choose(r < -d.width, -d.width, r));
  result.weight = choose(inside, splat(1), d.width / size);
  result.curvature = choose(inside, splat(1), splat(0));
  return result;
}

// Where |r| is above FAR_RATIO d, 1 is nothing beside z, and z might overflow.
#define FAR_RATIO 1e150

static ALWAYS_INLINE struct loss_values soft_l1_near(vector r, struct loss_width d) {
  vector u = r * d.inverse;
  vector weight, half_angle;
  inverse_roots(multiply_add(u, u, splat(1)), &weight, &half_angle);
  struct loss_values result;
  // sqrt(1 + z) - 1 = z / (sqrt(1 + z) + 1), without cancellation.
  result.value = r * r * half_angle;
  result.score = r * weight;
  result.weight = weight;
  result.curvature = weight * weight * weight;
  return result;
}

static ALWAYS_INLINE struct loss_values cauchy_near(vector r, struct loss_width d) {
  vector u = r * d.inverse;
  vector z = u * u;
  vector sum = 1 + z;
  vector inverse = quotient(splat(1), sum);
  // What 1 + z lost in rounding (Knuth's two-sum); log(1 + z) = log(sum) + rest / sum.
  vector part = sum - 1;
  vector rest = (1 - (sum - part)) + (z - part);
  struct loss_values result;
  result.value = d.width * d.half * multiply_add(rest, inverse, log_positive(sum));
  result.score = r * inverse;
  result.weight = inverse;
  result.curvature = (1 - z) * inverse * inverse;
  return result;
}

// Any r: the limits of the functions where r is far out, and NaN where it is NaN.
static __attribute__((noinline)) struct loss_values soft_l1_anywhere(
  vector r, struct loss_width d) {
  vector size = absolute(r), ratio = d.width / size;
  mask far = size >= d.far;
  struct loss_values result = soft_l1_near(r, d);
  result.value = choose(far, d.width * size, result.value);
  result.score = choose(far, choose(r < 0, -d.width, d.width), result.score);
  result.weight = choose(far, ratio, result.weight);
  result.curvature = choose(far, splat(0), result.curvature);
  return result;
}

static __attribute__((noinline)) struct loss_values cauchy_anywhere(
  vector r, struct loss_width d) {
  vector size = absolute(r), ratio = d.width / size;
  mask far = size >= d.far;
  struct loss_values result = cauchy_near(r, d);
  vector value = d.width * d.width * log_vector(size * d.inverse);
  result.value = choose(far | (r != r), value, result.value);
  result.score = choose(far, d.width * (d.width / r), result.score);
  result.weight = choose(far, ratio * ratio, result.weight);
  result.curvature = choose(far, -ratio * ratio, result.curvature);
  return result;
}

// Whether a lane is far out or NaN.
static ALWAYS_INLINE int any_far(vector r, struct loss_width d) {
  return __builtin_expect(any(~(absolute(r) < d.far)), 0) != 0;
}

static ALWAYS_INLINE struct loss_values soft_l1(vector r, struct loss_width d) {
  return any_far(r, d) ? soft_l1_anywhere(r, d) : soft_l1_near(r, d);
}

static ALWAYS_INLINE struct loss_values cauchy(vector r, struct loss_width d) {
  return any_far(r, d) ? cauchy_anywhere(r, d) : cauchy_near(r, d);
}

static ALWAYS_INLINE struct loss_values loss_values(
  int loss, vector r, struct loss_width d) {
  switch (loss) {
  case vector_math_huber: return huber(r, d);
  case vector_math_soft_l1: return soft_l1(r, d);
  default: return cauchy(r, d);
  }
}

static ALWAYS_INLINE struct loss_width loss_width(double width) {
  return (struct loss_width){
    splat(width), splat(0.5 * width), splat(1 / width), splat(FAR_RATIO * width)};
}

static ALWAYS_INLINE struct vector_math_robust_sums robust_sums(
  int loss, ptrdiff_t n, double width, const double *r, const double *m, double *scores,
  double *weights, double *curvatures) {
  const struct loss_width d = loss_width(width);
  vector cost = splat(0), curvature = splat(0);
  FOR_EACH_VECTOR(n, {
    struct loss_values values = loss_values(loss, AT(r), d);
    vector positive = choose(values.curvature > 0, values.curvature, splat(0));
    // A lane past the end holds the residual 0, whose curvature is 1.
    if (lanes < LANES) positive = choose(lane_numbers() < lanes, positive, splat(0));
    curvature += positive;
    if (m) {
      const vector count = AT(m);
      values.value *= count;
      values.score *= count;
      values.weight *= count;
      values.curvature *= count;
    }
    cost += values.value;
    PUT(scores, values.score);
    PUT(weights, values.weight);
    PUT(curvatures, values.curvature);
  });
  return (struct vector_math_robust_sums){sum(cost), sum(curvature)};
}

static ALWAYS_INLINE double robust_cost_sum(
  int loss, ptrdiff_t n, double width, const double *r, const double *m) {
  const struct loss_width d = loss_width(width);
  vector cost = splat(0);
  FOR_EACH_VECTOR(n, {
    vector value = loss_values(loss, AT(r), d).value;
    cost += m ? value * AT(m) : value;
  });
  return sum(cost);
}

static struct vector_math_robust_sums robust_kernel(
  ptrdiff_t n, int loss, double width, const double *r, const double *m, double *scores,
  double *weights, double *curvatures) {
  switch (loss) {
  case vector_math_huber:
    return robust_sums(vector_math_huber, n, width, r, m, scores, weights, curvatures);
  case vector_math_soft_l1:
    return robust_sums(vector_math_soft_l1, n, width, r, m, scores, weights, curvatures);
  default:
    return robust_sums(vector_math_cauchy, n, width, r, m, scores, weights, curvatures);
  }
}

static double robust_cost_kernel(
  ptrdiff_t n, int loss, double width, const double *r, const double *m) {
  switch (loss) {
  case vector_math_huber: return robust_cost_sum(vector_math_huber, n, width, r, m);
  case vector_math_soft_l1: return robust_cost_sum(vector_math_soft_l1, n, width, r, m);
  default: return robust_cost_sum(vector_math_cauchy, n, width, r, m);
  }
}

static double squared_cost_kernel(ptrdiff_t n, const double *r, const double *m) {
  double total = 0;
  if (m)
    column_sums(1, 1, 1, n, r, 0, m, &total);
  else
    column_sums(1, 1, 0, n, r, 0, NULL, &total);
  return 0.5 * total;
}
