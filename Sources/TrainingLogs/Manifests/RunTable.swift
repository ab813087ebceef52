/// A table of finished runs: one row a run, with its size, its data and its final loss.
///
/// Columns: `loss` (required), `parameters` (also `N` or `Model Size`), `tokens` (also `D`), `steps`,
/// `tokensPerStep`, `uniqueTokens`, `FLOP` (also `Training FLOP`) and `run`; case, `_`, `-` and blanks do
/// not matter. Where there are no tokens, D is steps × tokensPerStep, else C/(6N). Other columns are
/// ignored.
public struct RunTable: Sendable, Hashable {
  /// One finished run.
  public struct Row: Sendable, Hashable {
    /// The run's name; `line 7` where the table gives none.
    public var run: String
    /// The line that it stands on, counted from 1.
    public var line: Int
    /// The final loss, finite.
    public var loss: Double
    /// N, the model's parameters.
    public var modelSize: Double?
    /// D, the tokens seen.
    public var tokens: Double?
    /// Updates done.
    public var steps: Int?
    /// U, the distinct tokens of the training data.
    public var uniqueTokens: Double?

    /// Creates a row; what is not known is nil.
    public init(
      run: String, line: Int, loss: Double, modelSize: Double? = nil, tokens: Double? = nil,
      steps: Int? = nil, uniqueTokens: Double? = nil
    ) {
      self.run = run
      self.line = line
      self.loss = loss
      self.modelSize = modelSize
      self.tokens = tokens
      self.steps = steps
      self.uniqueTokens = uniqueTokens
    }
  }

  /// The file as it was given.
  public var file: String
  /// SHA-256 of the file's bytes.
  public var sha256: String
  /// The runs, in the table's order; at least one.
  public var rows: [Row]
  /// The number of the losses' column, counted from 1.
  public var lossColumn: Int

  /// Reads a table, plain or gzip; `-` is the standard input.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - loss: the name of the losses' column; nil: a usual one.
  /// - Returns: the table, with at least one run.
  /// - Throws: A ``LogError`` with line and column.
  public static func read(_ path: String, loss: String? = nil) throws(LogError) -> RunTable {
    let stream = try ByteStream(ByteSource(path: path, hashes: true), file: path)
    var scanner = try LogReader.scanner(stream, file: path)
    guard try scanner.next() else {
      throw LogError(code: .badTable, file: path, message: "the table has no header")
    }
    let header = try TableHeader<RunTableField>(
      scanner.texts(), chosen: loss.map { [.loss: $0] } ?? [:], file: path, line: scanner.line,
      code: .badTable)
    guard let lossColumn = header.columns[.loss] else {
      throw LogError(
        code: .noLossColumn, file: path, line: scanner.line,
        message: "a table of finished runs needs a column 'loss'; name it with --loss; the columns "
          + "are \(ColumnPlan.list(header.names))")
    }
    var rows: [Row] = []
    while try scanner.next() {
      let cells = (0..<scanner.fieldCount).map { scanner.cell($0) }
      guard cells.contains(where: { $0.kind != .empty }) else { continue }
      let row = RunTableRow(
        header: header, cells: cells, texts: scanner.texts(), file: path, line: scanner.line)
      rows.append(try row.run())
    }
    guard !rows.isEmpty else {
      throw LogError(
        code: .noUsableRows, file: path, message: "the table has no run below its header")
    }
    return RunTable(
      file: path, sha256: try scanner.sha256(), rows: rows, lossColumn: lossColumn + 1)
  }
}
