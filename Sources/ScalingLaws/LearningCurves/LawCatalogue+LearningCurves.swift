extension LawCatalogue {
  /// Families of learning curves over steps.
  static let learningCurves: [any LossLaw] = []
}
