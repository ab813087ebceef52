/// Puts the records of several files together that tell of one run.
enum RecordSequence {
  /// A record of a part and where it belongs.
  struct Place {
    var step: Double
    var part: Int
    var record: Int
  }

  /// Adds the records of all parts: by step where no part goes back, else one part after the other.
  static func append(_ parts: [RecordTable], to records: inout RecordTable) {
    var places: [Place] = []
    var isAscending = true
    for (index, part) in parts.enumerated() {
      var last = -Double.infinity
      for (record, step) in steps(of: part).enumerated() {
        isAscending = isAscending && step >= last
        last = step
        places.append(Place(step: step, part: index, record: record))
      }
    }
    if isAscending, parts.count > 1 {
      places.sort { ($0.step, $0.part, $0.record) < ($1.step, $1.part, $1.record) }
    }
    write(places, parts, to: &records)
  }

  /// Adds the records of one part after the other.
  static func concatenate(_ parts: [RecordTable], to records: inout RecordTable) {
    var places: [Place] = []
    for (index, part) in parts.enumerated() {
      places += (0..<part.count).map { Place(step: 0, part: index, record: $0) }
    }
    write(places, parts, to: &records)
  }

  /// The step of every record; one without a step stands with the record before.
  private static func steps(of part: RecordTable) -> [Double] {
    let ranked = part.columns.enumerated().compactMap { index, column in
      if case .step(let rank) = column.stated ?? ColumnNames.meaning(of: column.name) {
        (rank: rank, index: index)
      } else {
        nil
      }
    }
    var steps = Array(repeating: -Double.infinity, count: part.count)
    guard let best = ranked.min(by: { $0.rank < $1.rank }) else { return steps }
    let column = part.columns[best.index]
    for (place, value) in column.values.enumerated() where !value.isNaN {
      steps[column.record(of: place)] = value
    }
    for record in steps.indices.dropFirst() where steps[record] == -.infinity {
      steps[record] = steps[record - 1]
    }
    return steps
  }

  /// Adds records of parts in the order of the places.
  ///
  /// Lines are dropped, for they are of several files.
  static func write(
    _ places: [Place], _ parts: [RecordTable], to records: inout RecordTable
  ) {
    let columns = parts.map { $0.columns.map { records.column($0.name, $0.stated) } }
    let values = parts.map { part in
      part.columns.map { RecordSteps.dense($0, count: part.count) }
    }
    for place in places {
      records.begin(line: 0)
      for (index, column) in columns[place.part].enumerated() {
        let value = values[place.part][index][place.record]
        if !RowTable.isMissing(value) { records.set(column, value) }
      }
    }
  }
}
