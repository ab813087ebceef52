/// Puts series that were written to files of their own back into the order in which they were logged.
///
/// That order is told by their times, where a part has none by the steps. Lines are dropped, for there
/// are several files.
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
    let times = parts.map { dense($0, time) }
    let hasTimes = times.allSatisfy { $0 != nil }
    let steps = parts.map { dense($0, step) }
    var places: [Place] = []
    for (index, part) in parts.enumerated() {
      for record in 0..<part.count {
        places.append(
          Place(
            time: hasTimes ? times[index]?[record] ?? 0 : 0, step: steps[index]?[record] ?? 0,
            part: index, record: record))
      }
    }
    places.sort { ($0.time, $0.step, $0.part, $0.record) < ($1.time, $1.step, $1.part, $1.record) }
    write(places, parts, to: &records)
  }

  /// Adds the records of one part after the other.
  static func concatenate(_ parts: [RecordTable], to records: inout RecordTable) {
    var places: [Place] = []
    for (index, part) in parts.enumerated() {
      places += (0..<part.count).map { Place(time: 0, step: 0, part: index, record: $0) }
    }
    write(places, parts, to: &records)
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

  private static func write(
    _ places: [Place], _ parts: [RecordTable], to records: inout RecordTable
  ) {
    let columns = parts.map { $0.columns.map { records.column($0.name, $0.stated) } }
    let values = parts.map { part in
      part.columns.map { RecordSteps.dense($0, count: part.count) }
    }
    for place in places {
      records.begin(line: 0)
      for (index, column) in columns[place.part].enumerated() {
        // A column whose values are not kept has none.
        let value = values[place.part][index][place.record]
        if !RowTable.isMissing(value) { records.set(column, value) }
      }
    }
  }
}
