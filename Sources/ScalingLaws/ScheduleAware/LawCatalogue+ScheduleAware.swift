extension LawCatalogue {
  /// Laws that know the learning rate.
  static let scheduleAware: [any LossLaw] = [AnnealingLaw(), PowerLaw(clock: .forwardArea)]
}
