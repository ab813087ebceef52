/// The laws by name.
public enum LawCatalogue {
  /// Every law, in the order in which they are listed.
  public static let all: [any LossLaw] = noiseFloor + scheduleAware + sizeAndData + learningCurves

  /// The law of that name, or one that is also known by it; nil when there is none.
  public static func law(named name: String) -> (any LossLaw)? {
    all.first { $0.name == name || $0.otherNames.contains(name) }
  }
}
