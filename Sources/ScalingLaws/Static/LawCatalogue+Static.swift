extension LawCatalogue {
  /// Laws of steps, model size and data.
  static let sizeAndData: [any LossLaw] = [PowerLaw(clock: .steps)]
}
