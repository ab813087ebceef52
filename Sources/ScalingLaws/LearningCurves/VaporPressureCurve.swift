import RealModule

/// `vapor-pressure`: L = A·e^(b/x)·x^(-α), whose logarithm is linear in log A, b and α.
struct VaporPressureCurve: LearningCurve {
  let name = "vapor-pressure"
  let summary = "A power of the steps that falls to zero, bent at its beginning."
  let equation = "L(x) = A * exp(b / x) * x^(-alpha)"
  let source = CurveSource.domhan + " (a + b/x + c * log(x) with A = exp(a), alpha = -c)"

  let constant: LawParameter? = nil
  let height = LawParameter(
    name: "A", symbol: "A", meaning: "loss at step 1, were it not for b", unit: "nats",
    range: "≥ 0", typicalRange: "–", isLinear: true)
  let shapeParameters = [
    CurveParameter.plain(
      LawParameter(
        name: "b", symbol: "b", meaning: "bend: above 0 the first steps lie above the power law",
        unit: "steps", range: "-1e7–1e7", typicalRange: "–", isLinear: false),
      bounds: -1e7...1e7,
      scan: [
        -1e5, -3e4, -1e4, -3e3, -1e3, -300, -100, -30, -10, -3, -1, -0.3, 0, 0.3, 1, 3, 10, 30, 100,
        300, 1e3, 3e3, 1e4, 3e4, 1e5,
      ]),
    .exponent("alpha", symbol: "α", meaning: "exponent of the power"),
  ]

  func value(at point: CurvePoint, shape: SIMD2<Double>) -> CurveValue {
    let value = Double.exp(shape[0] / point.step - shape[1] * point.logStep)
    return CurveValue(value, slopes: value / point.step, -point.logStep * value)
  }
}
