import RealModule

/// `ilog2`: L = L0 + A/log(1 + x).
struct ILog2Curve: LearningCurve {
  let name = "ilog2"
  let summary = "One over the logarithm of the steps: the slowest fall towards a floor."
  let equation = "L(x) = L0 + A / log(1 + x)"
  let source = CurveSource.domhan

  let height = LawParameter(
    name: "A", symbol: "A", meaning: "height above the floor at step e - 1", unit: "nats",
    range: "≥ 0", typicalRange: "–", isLinear: true)
  let shapeParameters: [CurveParameter] = []

  func value(at point: CurvePoint, shape: SIMD2<Double>) -> CurveValue {
    CurveValue(1 / .log(onePlus: point.step))
  }
}
