import RealModule

/// The scale on which an interval is symmetric around its estimate.
public enum IntervalScale: Sendable, Hashable {
  /// x ± w.
  case linear
  /// x · exp(±w/x): for x > 0, whose logarithm has the standard error SE/x. An estimate of 0 or less
  /// gets the linear interval.
  case logarithmic

  /// The ends of an interval whose half-width is `halfWidth` where the scale is linear.
  func interval(_ estimate: Double, halfWidth: Double) -> (lower: Double, upper: Double) {
    switch self {
    case .logarithmic where estimate > 0:
      let factor = Double.exp(halfWidth / estimate)
      return (estimate / factor, estimate * factor)
    case .linear, .logarithmic: return (estimate - halfWidth, estimate + halfWidth)
    }
  }
}
