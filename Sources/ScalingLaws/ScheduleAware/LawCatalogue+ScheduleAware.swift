extension LawCatalogue {
  /// Laws that know the learning rate.
  public static let scheduleAware: [any LossLaw] =
    [
      AnnealingLaw(), WeightedAnnealingLaw(), PowerAnnealingLaw(), SizedAnnealingLaw(),
      ContinualLaw(), PowerLaw(clock: .forwardArea),
    ]
    + MultiPowerLaw.Form.allCases.map { MultiPowerLaw(form: $0) }
    + [
      LinearRateLaw(), FunctionalLaw(), ForwardMomentumLaw(), ConvexBoundLaw(), CollapseLaw(),
    ]
}
