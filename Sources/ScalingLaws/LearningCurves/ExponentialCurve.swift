import RealModule

/// `exp2`: L = A·e^(-kx), and `exp3`: L = L0 + A·e^(-kx).
///
/// `exp3` is the model that AutoLRS fits to a few hundred steps at a constant learning rate, a·e^(bx)
/// + c with b < 0.
struct ExponentialCurve: LearningCurve {
  /// Whether there is a floor: `exp3`.
  let hasFloor: Bool

  var name: String { hasFloor ? "exp3" : "exp2" }
  var summary: String {
    hasFloor
      ? "An exponential fall towards a floor: a stretch of some hundred steps, not a whole run."
      : "An exponential fall to zero."
  }
  var equation: String {
    hasFloor ? "L(x) = L0 + A * exp(-k * x)" : "L(x) = A * exp(-k * x)"
  }
  var source: String {
    hasFloor
      ? CurveSource.both + "; Jin et al.: AutoLRS, NSDI 2021, a * exp(b * x) + c with b = -k"
      : CurveSource.lcdb
  }

  var constant: LawParameter? { hasFloor ? .floor : nil }
  let shapeParameters = [CurveParameter.rate("share of the height lost with every step")]

  func value(at point: CurvePoint, shape: SIMD2<Double>) -> CurveValue {
    let decay = Double.exp(-shape[0] * point.step)
    return CurveValue(decay, slopes: -point.step * decay)
  }
}
