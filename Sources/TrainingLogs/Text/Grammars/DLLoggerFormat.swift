/// NVIDIA's DLLogger, `DLLL {"timestamp": "..", "step": [0, 1, 5], "data": {"train_loss": 35.05}}`
/// (JSONStreamBackend of NVIDIA/dllogger).
///
/// The step is [epoch, iteration, ..], [epoch], [] for the summary or `"PARAMETER"`.
struct DLLoggerFormat: LineFormat {
  static let name = "dllogger"
  static let title = "NVIDIA's DLLogger"

  private var columns = KeyColumns()
  private var places: (epoch: Int, iteration: Int)?
  private var members: [(key: Range<Int>, value: Double)] = []
  /// Iterations in an epoch as a third number tells it; NaN when it changes.
  private var iterations: Double?

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
    let place = Self.place(step, line)
    guard !place.isEmpty, readData(ObjectScanner(line, at: data), line) else { return false }
    write(place, line, &records)
    return true
  }

  private static func place(_ step: ObjectScanner.Value, _ line: TextLine) -> [Double] {
    switch step {
    case .number(let number): return [number]
    case .nested(let range):
      var elements = ObjectScanner(line, at: range.lowerBound)
      var place: [Double] = []
      while place.count < 3, case .number(let number)? = elements.nextElement() {
        place.append(number)
      }
      return place
    default: return []
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
    _ place: [Double], _ line: TextLine, _ records: inout RecordTable
  ) {
    let ids = places ?? (records.column("epoch"), records.column("step", .step(rank: 0)))
    places = ids
    records.begin(line: line.number)
    records.set(ids.epoch, place[0])
    if place.count > 1 { records.set(ids.iteration, place[1]) }
    for member in members {
      records.set(columns.column(of: member.key, in: line, &records), member.value)
    }
    guard place.count > 2, place[2] >= place[1], place[2] >= 1 else { return }
    if iterations == nil { iterations = place[2] }
    if iterations != place[2] { iterations = .nan }
    records.stepsPerEpoch = iterations.flatMap { Int(exactly: $0) }
  }
}
