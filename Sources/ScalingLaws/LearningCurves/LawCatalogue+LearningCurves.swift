extension LawCatalogue {
  /// Families of learning curves over steps; pow3 is `power-steps`.
  public static let learningCurves: [any LossLaw] = [
    Pow2Curve(), Pow4Curve(), Log2Curve(), ILog2Curve(), ExponentialCurve(hasFloor: false),
    ExponentialCurve(hasFloor: true), WeibullCurve(), MMFCurve(), LogPowerCurve(),
    LogisticCurve(), GompertzCurve(), VaporPressureCurve(),
  ]
}
