/// Puts records together that tell of one run.
enum RecordMerge {
  private struct Place {
    var step: Double
    var part: Int
    var record: Int
  }

  /// Adds the records of all parts: by step where no part goes back, else one part after the other.
  static func append(_ parts: [JSONPart], to records: inout RecordTable) {
    var places: [Place] = []
    var isAscending = true
    for (index, part) in parts.enumerated() {
      var last = -Double.infinity
      for (record, step) in steps(of: part.table).enumerated() {
        isAscending = isAscending && step >= last
        last = step
        places.append(Place(step: step, part: index, record: record))
      }
    }
    if isAscending, parts.count > 1 {
      places.sort { ($0.step, $0.part, $0.record) < ($1.step, $1.part, $1.record) }
    }
    write(places, parts, isSorted: isAscending, to: &records)
  }

  /// The likeliest step among a table's columns.
  private static func stepColumn(of table: RecordTable) -> Int? {
    let ranked = table.columns.enumerated().compactMap { index, column in
      if case .step(let rank) = JSONPart.meaning(column) { (rank: rank, index: index) } else { nil }
    }
    return ranked.min { ($0.rank, $0.index) < ($1.rank, $1.index) }?.index
  }

  /// The step of every record; one without a step stands with the record before.
  private static func steps(of table: RecordTable) -> [Double] {
    var steps = Array(repeating: -Double.infinity, count: table.count)
    guard let best = stepColumn(of: table) else { return steps }
    let column = table.columns[best]
    for (place, value) in column.values.enumerated() where !value.isNaN {
      steps[column.record(of: place)] = value
    }
    for record in steps.indices.dropFirst() where steps[record] == -.infinity {
      steps[record] = steps[record - 1]
    }
    return steps
  }

  /// The columns of the parts among the records; the step of each is the step of the first.
  private static func columns(
    _ parts: [JSONPart], in records: inout RecordTable
  ) -> [[Int]] {
    let main = (parts.first(where: \.hasLoss) ?? parts.first)?.table
    let mainStep = main.flatMap { table in stepColumn(of: table).map { table.columns[$0].name } }
    return parts.map { part in
      let step = stepColumn(of: part.table)
      return part.table.columns.enumerated().map { index, column in
        let isStep = index == step && mainStep != nil
        return records.column(
          isStep ? mainStep ?? column.name : part.name(of: column), column.stated)
      }
    }
  }

  private static func write(
    _ places: [Place], _ parts: [JSONPart], isSorted: Bool, to records: inout RecordTable
  ) {
    let columns = columns(parts, in: &records)
    let steps = parts.map { stepColumn(of: $0.table) }
    // Parts with columns of their own may share records.
    let others = zip(columns, steps).flatMap { own, step in
      own.enumerated().filter { $0.offset != step }.map(\.element)
    }
    let isShared = Set(others).count < others.count
    // Every part's records come in their order, so that each column is read once from its beginning.
    var cursors = parts.map { Array(repeating: 0, count: $0.table.columns.count) }
    var last: Place?
    for place in places {
      let table = parts[place.part].table
      let joins = last.map { $0.step == place.step && $0.part < place.part } ?? false
      if !(isSorted && !isShared && joins && place.step.isFinite) {
        records.begin(line: table.lines[place.record])
      }
      last = place
      for index in table.columns.indices {
        let cursor = cursors[place.part][index]
        let column = table.columns[index]
        guard cursor < column.values.count, column.record(of: cursor) == place.record else {
          continue
        }
        cursors[place.part][index] = cursor + 1
        let value = column.values[cursor]
        if !RowTable.isMissing(value) { records.set(columns[place.part][index], value) }
      }
    }
  }
}
