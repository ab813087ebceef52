/// The steps of records.
enum RecordSteps {
  /// The logged step of every record; `RowTable.missing` where it has none.
  static func raw(of records: RecordTable, column: Int?) -> [Double] {
    guard let column else { return (0..<records.count).map { Double($0) } }
    return dense(records.columns[column], count: records.count)
  }

  /// The steps on which a run is laid out: those of the context where every record has one and no other
  /// step was asked for, else the logged ones.
  static func layout(of records: RecordTable, plan: ColumnPlan, raw: [Double]) -> [Double] {
    guard let column = records.contextSteps, !plan.hasChosenStep else { return raw }
    let steps = dense(records.columns[column], count: records.count)
    return steps.allSatisfy(\.isFinite) ? steps : raw
  }

  /// One value a record, `RowTable.missing` where the column has none.
  static func dense(_ column: RecordTable.Column, count: Int) -> [Double] {
    if column.records == nil, column.values.count == count { return column.values }
    var values = Array(repeating: RowTable.missing, count: count)
    for (place, value) in column.values.enumerated() { values[column.record(of: place)] = value }
    return values
  }
}

/// The records of a run as rows with a value a column.
enum RecordRows {
  /// The kept columns of a group's records, those without a step aside.
  static func table(_ group: RunGroup, records: RecordTable, steps: [Double]) -> RowTable {
    if group.number == nil, steps.allSatisfy(\.isFinite) {
      return RowTable(
        steps: steps,
        columns: group.columns.map {
          RecordSteps.dense(records.columns[$0], count: records.count)
        }, lines: records.lines, records: nil)
    }
    var table = RowTable(columns: [], records: [])
    var rows = Array(repeating: -1, count: records.count)
    for record in 0..<records.count {
      let isOwn = group.number == nil || records.runs[record] == group.number
      guard isOwn, steps[record].isFinite else { continue }
      rows[record] = table.steps.count
      table.steps.append(steps[record])
      table.lines.append(records.lines[record])
      table.records?.append(record)
    }
    table.columns = group.columns.map { index in
      var values = Array(repeating: RowTable.missing, count: table.steps.count)
      let column = records.columns[index]
      for (place, value) in column.values.enumerated() {
        let row = rows[column.record(of: place)]
        if row >= 0 { values[row] = value }
      }
      return values
    }
    return table
  }
}

/// Where each value of a column stands on the step axis.
struct SeriesPositions {
  let records: RecordTable
  let steps: [Double]
  let hasSteps: Bool

  /// The counts of a column: those made while it was read, else of its values.
  ///
  /// Values of a column none of which has a step are counted from 0.
  func tally(of index: Int) -> ColumnTally {
    let column = records.columns[index]
    if let tally = column.tally { return tally }
    let hasPlaces = !hasSteps || column.values.indices.contains { isPlaced(column, $0) }
    var tally = ColumnTally()
    for (place, value) in column.values.enumerated() where !RowTable.isMissing(value) {
      let record = column.record(of: place)
      let step = hasPlaces ? steps[record] : Double(place)
      guard step.isFinite else { continue }
      // Only a value that is noted needs its line, which has to be searched for.
      let needsLine = !(value >= 0) || !value.isFinite
      tally.add(
        value, step: step, row: tally.count, line: needsLine ? records.lines[record] : 0)
    }
    guard !tally.isAscending else { return tally }
    for (place, value) in column.values.enumerated() where !RowTable.isMissing(value) {
      let step = hasPlaces ? steps[column.record(of: place)] : Double(place)
      if step.isFinite { tally.keep(step) }
    }
    return tally
  }

  private func isPlaced(_ column: RecordTable.Column, _ place: Int) -> Bool {
    steps[column.record(of: place)].isFinite
  }
}
