/// Fills records from events.
struct EventTable {
  static let step = "step"
  static let wallTime = "wall time"

  private let stepColumn: Int
  private let timeColumn: Int
  /// Stands before every tag.
  private let prefix: String
  private var tags: [Tag] = []
  private var tagNumbers: [String: Int] = [:]
  /// The tag that most likely comes next: events repeat in the same order.
  private var expected = 0
  /// The step of the current record; nil when the next scalar begins one.
  private var currentStep: Int64?
  /// Session starts: how many records there were, and the step from which they are void.
  private var starts: [(count: Int, step: Double)] = []

  private struct Tag {
    var bytes: [UInt8]
    var column: Int
    /// The count of records when its last value was set.
    var record = 0
  }

  /// Makes the columns of every event file.
  init(_ records: inout RecordTable, prefix: String) {
    self.prefix = prefix
    stepColumn = records.column(Self.step, .step(rank: 0))
    timeColumn = records.column(Self.wallTime)
  }

  /// Takes an event's scalars.
  mutating func take(_ event: EventMessage, into records: inout RecordTable) {
    if event.isSessionStart {
      if records.count > 0 { starts.append((records.count, Double(event.step))) }
      currentStep = nil
    }
    for scalar in event.scalars {
      let tag = number(of: scalar.tag, &records)
      if currentStep != event.step || tags[tag].record == records.count {
        records.begin(line: 0)
        records.set(stepColumn, Double(event.step))
        if !event.wallTime.isNaN { records.set(timeColumn, event.wallTime) }
        currentStep = event.step
      }
      records.set(tags[tag].column, scalar.value)
      tags[tag].record = records.count
    }
  }

  private mutating func number(
    of bytes: UnsafeRawBufferPointer, _ records: inout RecordTable
  ) -> Int {
    if expected < tags.count, bytes.elementsEqual(tags[expected].bytes) {
      defer { expected = expected + 1 == tags.count ? 0 : expected + 1 }
      return expected
    }
    let name = String(decoding: bytes, as: UTF8.self)
    let number = tagNumbers[name] ?? tags.count
    if number == tags.count {
      tagNumbers[name] = number
      tags.append(Tag(bytes: Array(bytes), column: column(name, &records)))
    }
    expected = number + 1 == tags.count ? 0 : number + 1
    return number
  }

  private func column(_ tag: String, _ records: inout RecordTable) -> Int {
    // A scalar may be called as the columns that every file has.
    let name = tag == Self.step || tag == Self.wallTime ? "\(tag) (scalar)" : prefix + tag
    return records.column(name, Self.isOfOtherAxis(tag) ? .other : nil)
  }

  /// Whether a scalar is written over another axis than the step, as `lm loss vs samples`
  /// (megatron/training.py).
  static func isOfOtherAxis(_ tag: String) -> Bool {
    tag.contains(" vs ") || tag.contains(" vs. ")
  }

  /// Drops what later session starts made void.
  mutating func finish(_ records: inout RecordTable, issues: inout IssueCollector) {
    guard !starts.isEmpty else { return }
    let steps = records.columns[stepColumn]
    var isKept = Array(repeating: true, count: records.count)
    var bound = Double.infinity
    for place in steps.values.indices.reversed() {
      let record = steps.record(of: place)
      while let start = starts.last, start.count > record {
        bound = min(bound, start.step)
        starts.removeLast()
      }
      isKept[record] = steps.values[place] < bound
    }
    let dropped = isKept.count { !$0 }
    guard dropped > 0 else { return }
    records.keepOnly(isKept)
    issues.add(
      .voidRecords,
      "a session was started again: \(NumberText.count(dropped, "record")) of its first step and "
        + "later, written before, are void")
  }
}
