/// A list of runs: a table `runs.csv` with one row a run.
///
/// Columns: `file` (required; relative to the manifest), `run`, `parameters` (also `N`),
/// `tokensPerStep`, `uniqueTokens`, `switchStep`, `group`, `schedule`, `loss`, `warmupSteps`; case, `_` and blanks do not matter.
/// Other columns are kept as metadata.
public struct Manifest: Sendable, Hashable {
  /// A column that the manifest has beyond the known ones.
  public struct Metadata: Sendable, Hashable {
    /// The column's name.
    public var name: String
    /// The cell's text.
    public var value: String

    /// Creates a pair.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// One run.
  public struct Entry: Sendable, Hashable {
    /// The run's name; the file's name where the manifest gives none.
    public var run: String
    /// The path of the log.
    public var file: String
    /// Trainable parameters.
    public var parameters: Double?
    /// Tokens of one update.
    public var tokensPerStep: Double?
    /// Distinct tokens of the training data.
    public var uniqueTokens: Double?
    /// The last step before the data changed.
    public var switchStep: Int?
    /// The group the run belongs to.
    public var group: String?
    /// The learning-rate schedule, as an expression or by a name.
    public var schedule: String?
    /// The name of the loss column to fit.
    public var loss: String?
    /// Steps of warm-up.
    public var warmupSteps: Int?
    /// Cells of other columns that are not empty, in the manifest's order.
    public var metadata: [Metadata]

    /// Creates an entry.
    public init(
      run: String, file: String, parameters: Double? = nil, tokensPerStep: Double? = nil,
      uniqueTokens: Double? = nil, switchStep: Int? = nil, group: String? = nil,
      schedule: String? = nil, loss: String? = nil,
      warmupSteps: Int? = nil, metadata: [Metadata] = []
    ) {
      self.run = run
      self.file = file
      self.parameters = parameters
      self.tokensPerStep = tokensPerStep
      self.uniqueTokens = uniqueTokens
      self.switchStep = switchStep
      self.group = group
      self.schedule = schedule
      self.loss = loss
      self.warmupSteps = warmupSteps
      self.metadata = metadata
    }
  }

  /// The runs in the manifest's order.
  public var entries: [Entry]

  /// Creates a manifest.
  public init(entries: [Entry]) {
    self.entries = entries
  }

  /// Reads a manifest.
  ///
  /// - Throws: `badManifest` with line and column; what reading the file throws.
  public static func read(_ path: String) throws(LogError) -> Manifest {
    let stream = try ByteStream(ByteSource(path: path), file: path)
    var scanner = try LogReader.scanner(stream, file: path)
    guard try scanner.next() else {
      throw LogError(code: .badManifest, file: path, message: "the manifest has no header")
    }
    let header = try TableHeader<ManifestField>(
      scanner.texts(), file: path, line: scanner.line, code: .badManifest)
    guard header.columns[.file] != nil else {
      throw LogError(
        code: .badManifest, file: path, line: scanner.line,
        message: "a manifest needs a column 'file' with the path of each run's log; "
          + "the columns are \(ColumnPlan.list(header.names))")
    }
    var entries: [Entry] = []
    while try scanner.next() {
      let row = ManifestRow(
        header: header, cells: scanner.texts(), file: path,
        line: scanner.line)
      guard !row.isEmpty else { continue }
      entries.append(try row.entry())
    }
    guard !entries.isEmpty else {
      throw LogError(
        code: .badManifest, file: path, message: "the manifest lists no run below its header")
    }
    return Manifest(entries: entries)
  }
}
