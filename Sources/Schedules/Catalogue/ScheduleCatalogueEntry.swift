/// What the catalogue says of a schedule, a shape, a warm-up or a convention.
public struct ScheduleCatalogueEntry: Sendable, Hashable {
  /// The kinds of entries, in the order they are listed.
  public enum Group: String, Sendable, Hashable, CaseIterable {
    /// `warmup`, `stable`, `decay`.
    case phase
    /// How a decay goes.
    case decayShape = "decay shape"
    /// How a warm-up goes.
    case warmupShape = "warm-up shape"
    /// A schedule by name, which expands to phases.
    case preset
    /// Which position of the schedule an update reads.
    case convention
    /// A schedule that no row of phases says, mostly because it depends on more than the step.
    case notAFunctionOfTheStep = "not written as phases"
  }

  /// A key of a phase, shape or preset.
  public struct Parameter: Sendable, Hashable {
    /// The key's name, as in `decay`.
    public var name: String
    /// The value without the key; empty when it must be given or is not there without it.
    public var usual: String
    /// What it means, with its unit.
    public var meaning: String
  }

  /// The kind of entry.
  public let group: Group
  /// The name in a schedule's text.
  public let name: String
  /// Other names that are read in a schedule's text.
  public let aliases: [String]
  /// Names of frameworks and papers that are no names in a schedule's text.
  public let namesElsewhere: [String]
  /// What it does, in one line.
  public let summary: String
  /// Its formula; x goes from 0 to 1 over the phase, t is the update, j the step of the phase, P the
  /// peak, W the warm-up's steps, D the decay's, T all steps.
  public let formula: String
  /// The paper, or the framework and its file.
  public let source: String
  /// Its keys besides the duration.
  public let parameters: [Parameter]
  /// The shape of a preset's decay where another may be named; nil where there is no choice.
  public let usualShape: String?
  /// A whole schedule that uses it; nil for what cannot be written as one.
  public let example: String?
  /// Whether its form and numbers were checked with the source.
  public let isVerified: Bool
  /// What a user should know besides; for what cannot be written, what to do instead.
  public let remark: String

  init(
    _ group: Group, _ name: String, aliases: [String] = [], elsewhere: [String] = [],
    _ summary: String, formula: String = "", source: String = "",
    _ parameters: [SchedulePreset.Parameter] = [], usualShape: String? = nil,
    example: String? = nil,
    isVerified: Bool = true, remark: String = ""
  ) {
    self.group = group
    self.name = name
    self.aliases = aliases
    namesElsewhere = elsewhere
    self.summary = summary
    self.formula = formula
    self.source = source
    self.parameters = parameters.map {
      Parameter(name: $0.name, usual: $0.usual, meaning: $0.meaning)
    }
    self.usualShape = usualShape
    self.example = example
    self.isVerified = isVerified
    self.remark = remark
  }

  init(_ preset: SchedulePreset) {
    self.init(
      .preset, preset.name, aliases: preset.aliases, elsewhere: preset.namesElsewhere,
      preset.summary, formula: preset.formula, source: preset.source, preset.parameters,
      usualShape: preset.usualShape?.rawValue, example: preset.example,
      isVerified: preset.isVerified, remark: preset.remark)
  }
}
