/// Which columns to use where the header alone does not decide.
public struct ColumnChoice: Sendable, Hashable {
  /// The step column's name; nil: found by its name.
  public var step: String?
  /// The loss column's name; nil: found by its name.
  public var loss: String?
  /// The learning-rate column's name; nil: found by its name.
  public var learningRate: String?
  /// Whether a log without a loss is refused; else one with a learning rate is read too.
  public var needsLoss: Bool
  /// Whether losses in bits and perplexities are made nats.
  public var convertsUnits: Bool
  /// Whether all formats are judged, for an explanation, also where one is beyond doubt.
  public var judgesAllFormats = false
  /// Which columns are kept, by which files with many columns are read faster.
  public var kept: KeptColumns
  /// Which rows of a table are kept.
  public var rows: KeptRows

  /// Creates a choice; what is nil is found by name.
  public init(
    step: String? = nil, loss: String? = nil, learningRate: String? = nil, needsLoss: Bool = true,
    convertsUnits: Bool = true, kept: KeptColumns = .usual, rows: KeptRows = .all
  ) {
    self.step = step
    self.loss = loss
    self.learningRate = learningRate
    self.needsLoss = needsLoss
    self.convertsUnits = convertsUnits
    self.kept = kept
    self.rows = rows
  }
}

/// Which columns of a log stay in memory.
public enum KeptColumns: Sendable, Hashable {
  /// Those that fits and reports use; of the others there are the counts of their values.
  case usual
  /// All that are numbers.
  case all
  /// Those of these names, the step and what was chosen by name; the others are not even counted.
  case only(Set<String>)
}

/// Which rows of a table stay in memory; counts of the raw file are of all rows.
///
/// Memory then goes with the rows that are kept. Of thinned rows only steps that follow each other
/// count as repeated. Tables with a column that names the run are kept whole.
public enum KeptRows: Sendable, Hashable {
  /// All rows.
  case all
  /// The first of every so many rows, and the last row.
  case every(Int)
  /// The means of so many rows each, at the last row's step. A bin ends early where the step goes
  /// back; values that are missing or not finite do not count in a mean.
  case means(of: Int)
}

/// A column's raw contents, before any cleaning: what the file says.
public struct SeriesSummary: Sendable, Hashable, Codable {
  /// A row's step and value.
  public struct Point: Sendable, Hashable, Codable {
    /// The row's step.
    public var step: Double
    /// The value; nil where it is NaN or infinite.
    public var value: Double?

    /// Creates a point.
    public init(step: Double, value: Double?) {
      self.step = step
      self.value = value
    }
  }

  /// The column's name.
  public var name: String
  /// What the column means.
  public var role: SeriesRole
  /// Rows with a value (a number, NaN and infinity among them; an empty cell is no value).
  public var count: Int
  /// The first row that has a value.
  public var first: Point?
  /// The last row that has a value, in the file's order.
  public var last: Point?
  /// Values that are NaN or infinite.
  public var nonFinite: Int
  /// Values whose step had occurred before among the rows with a value.
  public var duplicateSteps: Int
  /// How often the step is lower than in the row with a value before.
  public var stepsBackwards: Int

  /// Creates a summary.
  public init(
    name: String, role: SeriesRole, count: Int, first: Point?, last: Point?, nonFinite: Int,
    duplicateSteps: Int, stepsBackwards: Int
  ) {
    self.name = name
    self.role = role
    self.count = count
    self.first = first
    self.last = last
    self.nonFinite = nonFinite
    self.duplicateSteps = duplicateSteps
    self.stepsBackwards = stepsBackwards
  }
}

/// What reading one file gave.
public struct LogReading: Sendable {
  /// A run and the raw summary of its columns.
  public struct Entry: Sendable {
    /// The run, cleaned of restarts and duplicates.
    public var run: Run
    /// Rows of the run in the file.
    public var rows: Int
    /// Every numeric column of the file that has to do with the run, as the file has it: before
    /// any cleaning, and with the rows of other runs where they share the column.
    public var summaries: [SeriesSummary]

    /// Creates an entry.
    public init(run: Run, rows: Int, summaries: [SeriesSummary]) {
      self.run = run
      self.rows = rows
      self.summaries = summaries
    }
  }

  /// The file as it was given.
  public var file: String
  /// The format's name, as in `csv`.
  public var format: String
  /// SHA-256 of the bytes on disk, in lower-case hexadecimal.
  public var sha256: String
  /// The runs found.
  public var entries: [Entry]
  /// What was wrong and what was done about it.
  public var issues: [LogIssue]
  /// Why the file was read as this format.
  public var choice: FormatChoice

  /// Creates a reading.
  public init(
    file: String, format: String, sha256: String, entries: [Entry], issues: [LogIssue],
    choice: FormatChoice = FormatChoice(candidates: [])
  ) {
    self.file = file
    self.format = format
    self.sha256 = sha256
    self.entries = entries
    self.issues = issues
    self.choice = choice
  }
}

extension LogReading.Entry {
  /// Whether the last logged value of a loss is NaN or infinite.
  public var hasDiverged: Bool {
    summaries.contains { $0.role.isLoss && $0.last != nil && $0.last?.value == nil }
  }
}
