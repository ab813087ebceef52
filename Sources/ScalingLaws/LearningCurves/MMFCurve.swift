import RealModule

/// `mmf`: L = L0 + A/(1 + (kx)^δ), the curve of Morgan, Mercer and Flodin.
///
/// Hill's curve with a background, `hill4`, is the same function of x, with 1/k for its κ and δ for
/// its η.
struct MMFCurve: LearningCurve {
  let name = "mmf"
  let otherNames = ["hill4"]
  let summary = "Flat at first, then a power of the steps, towards a floor."
  let equation = "L(x) = L0 + A / (1 + (k * x)^delta)"
  let source = CurveSource.both

  let shapeParameters = [
    CurveParameter.logarithmic(
      LawParameter(
        name: "k", symbol: "k", meaning: "one over the steps until half of the height is left",
        unit: "1/step", range: "1e-12–1e6", typicalRange: "–", isLinear: false,
        identifiedBy: "early rows, which a power law would put higher"),
      bounds: 1e-12...1e6, scan: 1e-8...10, count: 28),
    .exponent("delta", symbol: "δ", meaning: "exponent of the power that follows"),
  ]

  func value(at point: CurvePoint, shape: SIMD2<Double>) -> CurveValue {
    let logClock = Double.log(shape[0] * point.step)
    let value = 1 / (1 + Double.exp(shape[1] * logClock))
    let slope = -value * (1 - value)
    return CurveValue(value, slopes: slope * shape[1] / shape[0], slope * logClock)
  }
}
