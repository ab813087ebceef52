import RealModule

/// `logistic`: L = L0 + A/(1 + e^(k(x - b))).
struct LogisticCurve: LearningCurve {
  let name = "logistic"
  let summary = "Flat, then an S-shaped fall around step b, then exponentially towards a floor."
  let equation = "L(x) = L0 + A / (1 + exp(k * (x - b)))"
  let source = CurveSource.domhan

  let height = LawParameter(
    name: "A", symbol: "A", meaning: "height of the whole fall", unit: "nats", range: "≥ 0",
    typicalRange: "–", isLinear: true)
  let shapeParameters = [
    CurveParameter.rate("steepness of the fall"),
    .logarithmic(
      LawParameter(
        name: "b", symbol: "b", meaning: "step with half of the fall done", unit: "steps",
        range: "0.01–1e12", typicalRange: "–", isLinear: false),
      bounds: 0.01...1e12, scan: 1...1e8, count: 25),
  ]

  func value(at point: CurvePoint, shape: SIMD2<Double>) -> CurveValue {
    let distance = point.step - shape[1]
    let value = 1 / (1 + Double.exp(shape[0] * distance))
    let slope = value * (1 - value)
    return CurveValue(value, slopes: -distance * slope, shape[0] * slope)
  }
}
