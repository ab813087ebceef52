import RealModule

/// `pow2`: L = A·x^(-α), a power law without a floor.
struct Pow2Curve: LearningCurve {
  let name = "pow2"
  let summary = "A power of the steps that falls to zero: straight on doubly logarithmic axes."
  let equation = "L(x) = A * x^(-alpha)"
  let source = CurveSource.lcdb

  let constant: LawParameter? = nil
  let height = LawParameter(
    name: "A", symbol: "A", meaning: "loss at step 1", unit: "nats", range: "≥ 0",
    typicalRange: "–", isLinear: true)
  let shapeParameters = [
    CurveParameter.exponent("alpha", symbol: "α", meaning: "exponent of the power")
  ]

  func value(at point: CurvePoint, shape: SIMD2<Double>) -> CurveValue {
    let power = Double.exp(-shape[0] * point.logStep)
    return CurveValue(power, slopes: -point.logStep * power)
  }
}
