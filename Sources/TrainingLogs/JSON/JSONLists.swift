/// The lists of numbers that one object holds, made into records.
struct JSONLists {
  private var lists: [(name: String, values: [Double])] = []

  /// Whether there are none.
  var isEmpty: Bool { lists.isEmpty }

  /// Whether they are the places and values of one curve.
  var isCurve: Bool {
    ["x", "y"].allSatisfy { name in lists.contains { $0.name == name } }
  }

  /// Adds a list.
  mutating func add(_ name: String, _ values: [Double]) { lists.append((name, values)) }

  /// The records: lists as long as one of steps go with it, those without steps with each other.
  ///
  /// - Returns: the tables, and the names of losses that have no steps although there are some.
  func tables(in path: [String]) -> (tables: [RecordTable], unplaced: [String]) {
    if let curve = curve(in: path) { return ([curve], []) }
    let isStep = lists.map { list in
      if case .step = ColumnNames.meaning(of: list.name) { true } else { false }
    }
    var lengths: [Int] = []
    for (index, list) in lists.enumerated()
    where isStep[index] && !lengths.contains(list.values.count) {
      lengths.append(list.values.count)
    }
    var tables = lengths.map { length in
      Self.table(lists.filter { $0.values.count == length }.map { ($0.name, $0.values, nil) })
    }
    let rest = lists.indices.filter { !isStep[$0] && !lengths.contains(lists[$0].values.count) }
    if !rest.isEmpty {
      tables.append(Self.table(rest.map { (lists[$0].name, lists[$0].values, nil) }))
    }
    return (tables, lengths.isEmpty ? [] : rest.map { lists[$0].name })
  }

  /// `x` and `y` of a curve that is named by the objects around it (ClearML, Plotly).
  private func curve(in path: [String]) -> RecordTable? {
    guard !path.isEmpty, let x = lists.first(where: { $0.name == "x" }),
      let y = lists.first(where: { $0.name == "y" }), x.values.count == y.values.count
    else { return nil }
    let name = path.joined(separator: "/")
    // `learning rate/lr` has its meaning in one of its parts.
    let meanings = [name, path.last ?? name, path.first ?? name].map { ColumnNames.meaning(of: $0) }
    let meaning = meanings.first { if case .series = $0 { true } else { false } }
    return Self.table([("x", x.values, .step(rank: 0)), (name, y.values, meaning)])
  }

  /// A table of columns, the longest of which gives the number of records.
  static func table(
    _ columns: [(name: String, values: [Double], stated: StatedMeaning?)]
  ) -> RecordTable {
    var table = RecordTable()
    let ids = columns.map { table.column($0.name, $0.stated) }
    for row in 0..<(columns.map(\.values.count).max() ?? 0) {
      table.begin(line: 0)
      for (id, column) in zip(ids, columns) where row < column.values.count {
        if !RowTable.isMissing(column.values[row]) { table.set(id, column.values[row]) }
      }
    }
    return table
  }
}
