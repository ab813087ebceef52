/// What Hugging Face's Trainer prints (PrinterCallback and ProgressCallback of transformers), as do
/// TRL, axolotl, Unsloth and ms-swift.
///
/// `{'loss': 2.8911, 'learning_rate': 4.99e-05, 'epoch': 0.05}` is a Python dictionary, often on a line
/// with a progress bar. It has no step but the epoch, rounded to two decimals; the bar tells the step.
/// The last dictionary, with `train_runtime`, holds means over the run and is no record.
struct HuggingFaceFormat: LineFormat {
  static let name = "huggingface"
  static let title = "Hugging Face Trainer's standard output"
  static let closesRecords = true

  private var columns = KeyColumns()
  /// The members of a dictionary before it is known to be a record.
  private var members: [(key: Range<Int>, value: Double)] = []
  private var bar: (done: Double, total: Double)?
  /// The total of the bar that counts updates; others are those of evaluations.
  private var updates: Double?
  private var barColumn: Int?

  /// A dictionary has no more members than this.
  private static let mostMembers = 4096

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    var place = 0
    var isRecord = false
    noteBar(line, from: 0)
    while let start = line.find("{'", from: place) {
      var object = ObjectScanner(line, at: start)
      if let kind = read(&object, of: line) {
        write(kind, line, into: &records)
        isRecord = isRecord || kind != .summary
      }
      place = max(object.position, start + 2)
    }
    return isRecord
  }

  private enum Kind {
    case training, evaluation, summary
  }

  /// Reads the members; nil when the dictionary is none of a trainer, or not complete.
  private mutating func read(_ object: inout ObjectScanner, of line: TextLine) -> Kind? {
    members.removeAll(keepingCapacity: true)
    var kind: Kind?
    while let (key, value) = object.next() {
      guard case .number(let number) = Self.number(value, key, line),
        members.count < Self.mostMembers
      else { continue }
      members.append((key, number))
      if line.isWord("train_runtime", key) { kind = .summary }
      guard kind != .summary else { continue }
      if line.isWord("loss", key) {
        kind = .training
      } else if kind == nil, line.hasEnding("loss", key) {
        kind = line.has("eval", at: key.lowerBound) ? .evaluation : .training
      }
    }
    return object.isComplete ? kind : nil
  }

  /// The value as a number; of `'global_step/max_steps': '12/2353'` the first.
  private static func number(
    _ value: ObjectScanner.Value, _ key: Range<Int>, _ line: TextLine
  ) -> ObjectScanner.Value {
    guard case .text(let text) = value, line.isWord("global_step/max_steps", key),
      let step = line.plainNumber(at: text.lowerBound), line[step.end] == UInt8(ascii: "/")
    else { return value }
    return .number(step.value)
  }

  private mutating func write(_ kind: Kind, _ line: TextLine, into records: inout RecordTable) {
    guard kind != .summary else {
      // Whatever follows is another run's.
      (bar, updates) = (nil, nil)
      return
    }
    records.begin(line: line.number)
    // `logging_steps` updates are averaged (Trainer._maybe_log_save_evaluate).
    if kind == .training { records.lossIsWindowMean = true }
    for member in members {
      let column = columns.column(of: member.key, in: line, &records) { name in
        name == "global_step/max_steps" ? .step(rank: 0) : nil
      }
      records.set(column, member.value)
    }
    guard let bar else { return }
    if kind == .training, updates == nil { updates = bar.total }
    let column = barColumn ?? records.column("step", .step(rank: ContextSteps.rank))
    barColumn = column
    records.contextSteps = column
    records.set(column, bar.done)
  }

  /// Remembers the update that the training's bar shows.
  private mutating func noteBar(_ line: TextLine, from start: Int) {
    guard let found = ProgressBar(line, from: start), found.total.isFinite else { return }
    if let updates, found.total != updates { return }
    bar = (found.done, found.total)
  }
}
