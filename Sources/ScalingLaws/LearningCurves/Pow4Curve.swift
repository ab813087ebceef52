import RealModule

/// `pow4`: L = L0 + A·(x + x0)^(-α), a power law whose clock starts before the first step.
///
/// In Domhan's letters (a x + b)^(-α), A is a^(-α) and x0 is b/a.
struct Pow4Curve: LearningCurve {
  let name = "pow4"
  let summary = "The power law power-steps with steps counted from x0 before the first."
  let equation = "L(x) = L0 + A * (x + x0)^(-alpha)"
  let source = CurveSource.both

  let height = LawParameter(
    name: "A", symbol: "A", meaning: "height of the power term where x + x0 is 1", unit: "nats",
    range: "≥ 0", typicalRange: "–", isLinear: true)
  let shapeParameters = [
    CurveParameter.exponent("alpha", symbol: "α", meaning: "exponent of the power"),
    .logarithmic(
      LawParameter(
        name: "x0", symbol: "x0", meaning: "steps added to the count", unit: "steps",
        range: "0.01–1e9", typicalRange: "–", isLinear: false,
        identifiedBy: "early rows, where the power law would be steeper"),
      bounds: 0.01...1e9, scan: 0.1...1e7, count: 17),
  ]

  func value(at point: CurvePoint, shape: SIMD2<Double>) -> CurveValue {
    let clock = point.step + shape[1]
    let logClock = Double.log(clock)
    let power = Double.exp(-shape[0] * logClock)
    return CurveValue(power, slopes: -logClock * power, -shape[0] * power / clock)
  }
}
