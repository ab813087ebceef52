import RealModule

/// `log-power`: L = A/(1 + (x/e^b)^c), a logistic curve in log x that falls to zero.
///
/// Hill's curve without a background, `hill3`, is the same function of x, with e^b for its κ and -c
/// for its η.
struct LogPowerCurve: LearningCurve {
  let name = "log-power"
  let otherNames = ["hill3"]
  let summary = "Flat at first, then a power of the steps that falls to zero."
  let equation = "L(x) = A / (1 + (x / exp(b))^c)"
  let source = CurveSource.domhan

  let constant: LawParameter? = nil
  let height = LawParameter(
    name: "A", symbol: "A", meaning: "loss at step 0", unit: "nats", range: "≥ 0",
    typicalRange: "–", isLinear: true)
  let shapeParameters = [
    CurveParameter.plain(
      LawParameter(
        name: "b", symbol: "b", meaning: "logarithm of the step with half the loss of step 0",
        unit: "log(steps)", range: "-5–25", typicalRange: "–", isLinear: false),
      bounds: -5...25, scan: (0..<20).map { Double($0) }),
    .exponent("c", symbol: "c", meaning: "exponent of the power that follows"),
  ]

  func value(at point: CurvePoint, shape: SIMD2<Double>) -> CurveValue {
    let distance = point.logStep - shape[0]
    let value = 1 / (1 + Double.exp(shape[1] * distance))
    let slope = value * (1 - value)
    return CurveValue(value, slopes: shape[1] * slope, -distance * slope)
  }
}
