/// Puts series that were written to files of their own back into the order in which they were logged.
///
/// That order is told by their times; where a part has none, by the steps (``RecordMerge``). Lines are
/// dropped, for there are several files.
enum TimeMerge {
  private struct Place {
    var time: Double
    var step: Double
    var part: Int
    var record: Int
  }

  /// Adds the records of all parts, whose columns of steps and times are named.
  static func append(
    _ parts: [RecordTable], step: String, time: String, to records: inout RecordTable
  ) {
    var places: [Place] = []
    for (index, part) in parts.enumerated() {
      guard let times = dense(part, time), let steps = dense(part, step) else {
        return RecordSequence.append(parts, to: &records)
      }
      for record in 0..<part.count {
        places.append(
          Place(time: times[record], step: steps[record], part: index, record: record))
      }
    }
    if parts.count > 1 {
      places.sort {
        ($0.time, $0.step, $0.part, $0.record) < ($1.time, $1.step, $1.part, $1.record)
      }
    }
    RecordSequence.write(
      places.map { RecordSequence.Place(step: $0.step, part: $0.part, record: $0.record) }, parts,
      to: &records)
  }

  /// The values of a column that has a number in every record.
  private static func dense(_ part: RecordTable, _ name: String) -> [Double]? {
    guard let column = part.columns.first(where: { $0.name == name }) else {
      return part.count == 0 ? [] : nil
    }
    let values = column.values
    guard column.records == nil, values.count == part.count, !values.contains(where: \.isNaN)
    else { return nil }
    return values
  }
}
