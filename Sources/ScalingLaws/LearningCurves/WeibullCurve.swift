import RealModule

/// `weibull`: L = L0 + A·e^(-(kx)^δ), a stretched exponential.
///
/// Janoschek's curve, with k^δ for its k, and `exp4`, with A for its e^b and k^δ for its a, are the
/// same function of x.
struct WeibullCurve: LearningCurve {
  let name = "weibull"
  let otherNames = ["janoschek", "exp4"]
  let summary =
    "A stretched exponential: quick at first and then slow for delta < 1, towards a floor."
  let equation = "L(x) = L0 + A * exp(-(k * x)^delta)"
  let source = CurveSource.both

  let shapeParameters = [
    CurveParameter.logarithmic(
      LawParameter(
        name: "k", symbol: "k", meaning: "one over the steps until 1/e of the height is left",
        unit: "1/step", range: "1e-12–1e12", typicalRange: "–", isLinear: false),
      bounds: 1e-12...1e12, scan: 1e-8...1e5, count: 27),
    .exponent("delta", symbol: "δ", meaning: "stretch; 1 is exp3"),
  ]

  func value(at point: CurvePoint, shape: SIMD2<Double>) -> CurveValue {
    let logClock = Double.log(shape[0] * point.step)
    let clock = Double.exp(shape[1] * logClock)
    let decay = Double.exp(-clock)
    // Beyond the range of numbers, 0 · ∞ would not be one.
    guard decay > 0 else { return CurveValue(0) }
    let slope = -decay * clock
    return CurveValue(decay, slopes: slope * shape[1] / shape[0], slope * logClock)
  }
}
