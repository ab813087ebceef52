/// A schedule of a framework or a paper under its name, which expands to phases.
///
/// In a schedule's text it stands where a phase may stand: `wsd:warmup=300:decay=10%:1-sqrt`. It
/// takes the steps of a duration, or what the other items leave of `total=`.
struct SchedulePreset: Sendable {
  /// A key of a preset.
  struct Parameter: Sendable {
    /// The key's name.
    var name: String
    /// The value without the key, as it would be written; empty when there is none.
    var usual: String
    /// What it means, with its unit.
    var meaning: String

    init(_ name: String, _ usual: String, _ meaning: String) {
      self.name = name
      self.usual = usual
      self.meaning = meaning
    }
  }

  /// The name in a schedule's text.
  var name: String
  /// Other names that are read for it.
  var aliases: [String] = []
  /// What frameworks call it, where that is no name in a schedule's text.
  var namesElsewhere: [String] = []
  /// What it does, in one line.
  var summary: String
  /// The rate as a formula, or the phases in words.
  var formula: String
  /// The paper, or the framework and its file.
  var source: String
  /// Its keys.
  var parameters: [Parameter]
  /// The shape of its decay where a field may name another; nil where it is fixed.
  var usualShape: ScheduleShape.Name?
  /// A whole schedule that uses it.
  var example: String
  /// Whether its form and numbers were checked with the source.
  var isVerified = true
  /// Whether its formula is in the update's own index, so that no other convention may shift it.
  var countsUpdates = false
  /// What a user should know besides.
  var remark = ""
  /// The length that its keys give, in steps; nil when they give none.
  var length: @Sendable (SchedulePresetCall) throws(ScheduleError) -> Int? = {
    (_) throws(ScheduleError) in nil
  }
  /// The peak that its keys give; nil for a preset that needs `peak=`.
  var peak: (@Sendable (SchedulePresetCall) throws(ScheduleError) -> Double)?
  /// The phases of a use.
  var expand:
    @Sendable (SchedulePresetCall, inout SchedulePresetExpansion) throws(ScheduleError) -> Void
}

extension SchedulePreset {
  /// All presets, by family.
  static let all: [SchedulePreset] =
    warmupStableDecay + cosines + cycles + inverseSquareRoots + drops + frameworkForms

  /// The preset that a word names.
  static func named(_ word: String) -> SchedulePreset? {
    all.first { $0.name == word || $0.aliases.contains(word) }
  }

  /// All words that name a preset, aliases last.
  static var words: [String] { all.map(\.name) + all.flatMap(\.aliases) }
}

extension SchedulePreset.Parameter {
  /// The steps of a linear warm-up at the beginning.
  static let warmup = Self("warmup", "0", "steps of the warm-up from start= to the peak")
  /// The rate that the warm-up begins with.
  static let start = Self("start", "0", "rate that the warm-up begins with")
  /// The rate of the end.
  static let end = Self("to", "min= or 0", "rate at the end")
}
