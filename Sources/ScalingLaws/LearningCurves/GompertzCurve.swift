import RealModule

/// `gompertz`: L = L0 + A·(1 - e^(-b·e^(-kx))).
struct GompertzCurve: LearningCurve {
  let name = "gompertz"
  let summary = "An S-shaped fall, steeper before its middle than after it, towards a floor."
  let equation = "L(x) = L0 + A * (1 - exp(-b * exp(-k * x)))"
  let source = CurveSource.domhan

  let height = LawParameter(
    name: "A", symbol: "A", meaning: "height of the whole fall", unit: "nats", range: "≥ 0",
    typicalRange: "–", isLinear: true)
  let shapeParameters = [
    CurveParameter.rate("rate at which the floor is approached"),
    .logarithmic(
      LawParameter(
        name: "b", symbol: "b", meaning: "how late the fall comes: at about step log(b)/k",
        unit: "1", range: "1e-3–1e6", typicalRange: "–", isLinear: false),
      bounds: 1e-3...1e6, scan: 0.1...1e5, count: 15),
  ]

  func value(at point: CurvePoint, shape: SIMD2<Double>) -> CurveValue {
    let decay = Double.exp(-shape[0] * point.step)
    let delay = shape[1] * decay
    let rest = Double.exp(-delay)
    return CurveValue(
      -.expMinusOne(-delay), slopes: -point.step * delay * rest, decay * rest)
  }
}
