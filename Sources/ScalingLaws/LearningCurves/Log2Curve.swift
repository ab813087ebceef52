/// `log2`: L = L1 - A·log x.
struct Log2Curve: LearningCurve {
  let name = "log2"
  let summary = "The loss falls by the same amount with every doubling of the steps, without end."
  let equation = "L(x) = L1 - A * log(x)"
  let source = CurveSource.lcdb

  let constant: LawParameter? = LawParameter(
    name: "L1", symbol: "L1", meaning: "loss at step 1", unit: "nats", range: "≥ 0",
    typicalRange: "–", isLinear: true)
  let height = LawParameter(
    name: "A", symbol: "A", meaning: "fall with every e-fold of the steps", unit: "nats",
    range: "≥ 0", typicalRange: "–", isLinear: true)
  let shapeParameters: [CurveParameter] = []
  /// It falls below every loss.
  let asymptote: Int? = nil

  func value(at point: CurvePoint, shape: SIMD2<Double>) -> CurveValue {
    CurveValue(-point.logStep)
  }
}
