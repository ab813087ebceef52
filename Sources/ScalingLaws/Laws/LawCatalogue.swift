/// The laws by name.
public enum LawCatalogue {
  /// Laws of one kind.
  public struct Family: Sendable {
    /// What they have in common, as a title.
    public var title: String
    /// The laws, in the order in which they are listed.
    public var laws: [any LossLaw]
  }

  /// Every law, by kind.
  public static let families: [Family] = [
    Family(title: "Laws of the learning rate of every step", laws: noiseFloor + scheduleAware),
    Family(title: "Laws of steps, tokens and model size", laws: sizeAndData),
    Family(title: "Families of learning curves over steps", laws: learningCurves),
  ]

  /// Every law, in the order in which they are listed.
  public static let all: [any LossLaw] = families.flatMap(\.laws)

  /// The law of that name, or one that is also known by it; nil when there is none.
  public static func law(named name: String) -> (any LossLaw)? {
    all.first { $0.name == name || $0.otherNames.contains(name) }
  }
}
