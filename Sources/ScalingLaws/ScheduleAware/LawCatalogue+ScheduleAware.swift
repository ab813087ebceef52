extension LawCatalogue {
  /// Laws that know the learning rate.
  public static let scheduleAware: [any LossLaw] = [
    AnnealingLaw(), WeightedAnnealingLaw(), PowerAnnealingLaw(), SizedAnnealingLaw(),
    ContinualLaw(), ForwardMomentumLaw(), ConvexBoundLaw(), CollapseLaw(),
    PowerLaw(clock: .forwardArea),
  ]
}
