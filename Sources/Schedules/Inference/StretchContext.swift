/// What stands beside a stretch of rows whose rate moves.
struct StretchContext: Sendable {
  /// The constant rate before the stretch; nil when there is none.
  var levelBefore: Double?
  /// The curve before the stretch; nil when there is none.
  var curveBefore: FittedCurve?
  /// The constant rate after the stretch; nil when there is none.
  var levelAfter: Double?
  /// The step of the row before; nil at the log's start.
  var stepBefore: Int?
  /// The step of the row after; nil at the log's end.
  var stepAfter: Int?
  /// The highest rate of the log.
  var top: Double
  /// The curve and the step where it begins, where a warm-up tells them; nil: to be found.
  var begin: CurveBegin?
}

/// A curve and the step where it begins.
struct CurveBegin: Sendable {
  var curve: RateCurve
  var step: Int
}

/// A curve with rounded parameters that explains a stretch.
struct FittedCurve: Sendable, Hashable {
  /// The curve.
  var curve: RateCurve
  /// Its parameters, with steps as rows count them.
  var parameters: RateCurveParameters
  /// How much it takes to say it; the less the better.
  var cost: Int

  /// The step where the curve begins, rounded up.
  var start: Double { parameters[RateCurveLane.start] }
  /// The step where it ends.
  var end: Double { parameters[RateCurveLane.end] }
  /// The rate where it begins.
  var startRate: Double { parameters[RateCurveLane.startRate] }
  /// The rate where it ends.
  var endRate: Double { parameters[RateCurveLane.endRate] }
}

/// What a fit may change, and what it starts from.
struct CurveOption {
  /// Values of the parameters that are known; nil: to be found.
  var startRate: Double?
  var endRate: Double?
  var start: Double?
  var end: Double?

  /// The lanes to be found for a curve.
  func free(of curve: RateCurve) -> [Int] {
    var lanes: [Int] = []
    if startRate == nil { lanes.append(RateCurveLane.startRate) }
    if endRate == nil { lanes.append(RateCurveLane.endRate) }
    if !curve.parameterStarts(length: 1).isEmpty { lanes.append(RateCurveLane.parameter) }
    if start == nil { lanes.append(RateCurveLane.start) }
    if end == nil { lanes.append(RateCurveLane.end) }
    return lanes
  }
}
