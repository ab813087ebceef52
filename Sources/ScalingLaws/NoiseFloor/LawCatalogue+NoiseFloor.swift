extension LawCatalogue {
  /// This project's own law.
  static let noiseFloor: [any LossLaw] = [NoiseFloorLaw()]
}
