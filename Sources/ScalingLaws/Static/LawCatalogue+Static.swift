extension LawCatalogue {
  /// Laws of steps, model size and data.
  static let sizeAndData: [any LossLaw] = [
    PowerLaw(clock: .steps), PowerLaw(clock: .tokens), ChinchillaLaw(), MiniCPMLaw(),
    DataConstrainedLaw(), KaplanDataLaw(), KaplanStepsLaw(), BrokenPowerLaw(breakCount: 1),
    BrokenPowerLaw(breakCount: 2),
  ]
}
