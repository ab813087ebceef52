/// A layout of files that make up a run, in a directory.
///
/// One file a layout; ``DirectoryLayouts`` lists them.
protocol DirectoryLayout {
  /// Takes the names out of a folder that are of this layout.
  ///
  /// - Returns: the runs they are of.
  static func claim(_ folder: inout Folder) -> [LogSource]

  /// Reads a run.
  static func read(_ source: LogSource, into run: inout FolderRun) throws(LogError)
}

/// The layouts that are known, in the order in which they look at a folder.
enum DirectoryLayouts {
  static var all: [any DirectoryLayout.Type] {
    [

      MLflowLayout.self, WandbLayout.self, TensorBoardLayout.self, CheckpointLayout.self,
      LightningLayout.self, ScalarExportLayout.self,
    ]
  }

  /// The reader of a layout; nil for a single file.
  static func reader(of layout: LogSource.Layout) -> (any DirectoryLayout.Type)? {
    switch layout {
    case .file: nil
    case .tensorBoard: TensorBoardLayout.self
    case .scalarExports: ScalarExportLayout.self
    case .lightning: LightningLayout.self
    case .checkpoints: CheckpointLayout.self
    case .mlflow: MLflowLayout.self
    case .wandb: WandbLayout.self
    }
  }
}

/// A run that is being read from several files.
struct FolderRun {
  /// Which columns the user asked for.
  let choice: ColumnChoice
  /// What was found so far.
  var records = RecordTable()
  /// What was wrong, each with its file.
  var issues: IssueCollector
  /// The format of the files.
  var format = ""
  /// The run's name, where the files tell a better one than the folder.
  var name: String?
  /// What was seen in the folder, for people.
  var reason = ""
  /// Whether the files are hashed.
  private let hashes: Bool
  private var hash = SHA256()
  private var hashCount = 0
  private var firstHash = ""

  /// Starts with nothing.
  init(_ source: LogSource, choice: ColumnChoice, hashes: Bool) {
    self.choice = choice
    self.hashes = hashes
    issues = IssueCollector(file: source.path)
  }

  /// SHA-256 of the only file, else of the files' hashes in hexadecimal one after the other;
  /// empty when they are not hashed.
  var sha256: String {
    guard hashes else { return "" }
    return hashCount == 1 ? firstHash : hash.hexadecimal()
  }

  /// Notes what a file was.
  mutating func note(_ end: LogInput.End, of file: String) {
    hashCount += 1
    if hashCount == 1 { firstHash = end.sha256 }
    Array(end.sha256.utf8).withUnsafeBytes { hash.update($0) }
    guard end.isTruncated else { return }
    var own = IssueCollector(file: file)
    own.addTruncation()
    issues.append(own)
  }

  /// Reads a file of any format into a table of its own.
  mutating func part(_ file: String) throws(LogError) -> RecordTable {
    var own = RecordTable()
    let read = try LogReader.records(
      ByteSource(path: file, hashes: hashes), file: file, choice: choice, into: &own,
      issues: &issues)
    if format.isEmpty { format = read.format }
    note(read.end, of: file)
    return own
  }

  /// Opens a file.
  func open(_ file: String) throws(LogError) -> LogInput {
    try LogInput(ByteSource(path: file, hashes: hashes), file: file, choice: choice)
  }
}

extension IssueCollector {
  /// Says that compressed data was cut.
  mutating func addTruncation() {
    add(
      .truncatedCompression,
      "the compressed data ends before its end mark; what could be read is used")
  }
}
