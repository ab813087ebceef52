/// NVIDIA's DLLogger, `DLLL {"timestamp": "..", "step": [0, 1, 5], "data": {"train_loss": 35.05}}`
/// (JSONStreamBackend of NVIDIA/dllogger).
///
/// The step is [epoch, iteration, ..], [epoch], a number of updates, [] for the summary or `"PARAMETER"`.
/// The iteration counts within the epoch in most scripts; a step since the start is made of both.
struct DLLoggerFormat: LineFormat {
  static let name = "dllogger"
  static let title = "NVIDIA's DLLogger"
  static let closesRecords = true

  private var columns = KeyColumns()
  private var epochColumn: Int?
  private var stepColumn: Int?
  private var count = EpochCount()
  private var members: [(key: Range<Int>, value: Double)] = []

  private static let mostMembers = 4096

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    guard let start = line.find("DLLL {") else { return false }
    var object = ObjectScanner(line, at: start + 5)
    var (step, data): (ObjectScanner.Value?, Int?) = (nil, nil)
    while let (name, member) = object.next() {
      if line.isWord("step", name) { step = member }
      if line.isWord("data", name), case .nested(let range) = member { data = range.lowerBound }
    }
    guard object.isComplete, let step, let data else { return false }
    guard let place = Self.place(step, line), readData(ObjectScanner(line, at: data), line) else {
      return false
    }
    write(place, line, &records)
    return true
  }

  private static func place(
    _ step: ObjectScanner.Value, _ line: TextLine
  ) -> (epoch: Double?, iteration: Double?)? {
    switch step {
    case .number(let number): return (nil, number)
    case .nested(let range):
      var elements = ObjectScanner(line, at: range.lowerBound)
      guard case .number(let epoch)? = elements.nextElement() else { return nil }
      guard case .number(let iteration)? = elements.nextElement() else { return (epoch, nil) }
      return (epoch, iteration)
    default: return nil
    }
  }

  /// Whether there are numbers.
  private mutating func readData(_ data: consuming ObjectScanner, _ line: TextLine) -> Bool {
    var data = data
    members.removeAll(keepingCapacity: true)
    while members.count < Self.mostMembers, let (name, member) = data.next() {
      if case .number(let number) = member { members.append((name, number)) }
    }
    return !members.isEmpty
  }

  private mutating func write(
    _ place: (epoch: Double?, iteration: Double?), _ line: TextLine, _ records: inout RecordTable
  ) {
    records.begin(line: line.number)
    if let epoch = place.epoch {
      let column = epochColumn ?? records.column("epoch")
      epochColumn = column
      records.set(column, epoch)
    }
    if let iteration = place.iteration {
      let column = stepColumn ?? records.column("step", .step(rank: 0))
      stepColumn = column
      records.set(column, iteration)
      if records.contextSteps == nil {
        records.contextSteps = records.column(
          "step since the start", .step(rank: ContextSteps.rank))
      }
    }
    for member in members {
      records.set(columns.column(of: member.key, in: line, &records), member.value)
    }
    count.note(epoch: place.epoch, iteration: place.iteration)
    if let column = records.contextSteps { records.set(column, count.step) }
  }
}

/// Counts steps since the start where a log counts them anew in every epoch.
struct EpochCount {
  /// The step of what was noted last.
  private(set) var step = 0.0
  private var epoch: Double?
  private var base = 0.0
  private var iteration = 0.0
  /// Where each epoch began, for logs that go back.
  private var bases: [Double: Double] = [:]

  private static let mostEpochs = 1 << 20

  /// Notes a place; without an iteration it is the epoch's end.
  mutating func note(epoch new: Double?, iteration now: Double?) {
    if let new, let now, new != epoch {
      if let known = bases[new] {
        base = known
      } else if epoch != nil, now <= iteration {
        base += iteration
      }
      epoch = new
      if bases.count < Self.mostEpochs { bases[new] = base }
    }
    if let now { iteration = now }
    step = base + iteration
  }
}
