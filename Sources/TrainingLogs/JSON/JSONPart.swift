/// Records that stand together in a JSON document: lists of one object, or objects of one list.
struct JSONPart {
  /// The names from the outermost value to the records.
  var path: [String]
  /// What the object calls itself, as in `"name": "run 1"`.
  var label: String?
  var table: RecordTable

  private static let splits: Set<String> = [
    "train", "training", "val", "valid", "validation", "eval", "evaluation", "test", "dev",
  ]
  /// Names that hold records without saying of what.
  private static let holders: Set<String> = [
    "history", "histories", "data", "metrics", "log", "logs", "log_history", "values", "results",
    "scalars", "records", "rows", "curve", "curves", "losses", "series", "points", "runs",
  ]

  /// `train` or `val` where the records stand under such a name.
  var split: String? { path.last { Self.splits.contains($0.lowercased()) } }

  /// The run's name, when several runs stand in the document.
  var run: String {
    if let label { return label }
    return path.filter {
      !Self.splits.contains($0.lowercased()) && !Self.holders.contains($0.lowercased())
    }.joined(separator: "/")
  }

  /// Whether there is a series among the columns.
  var hasSeries: Bool {
    table.columns.contains { column in
      guard case .series(let role, _, _) = Self.meaning(column) else { return false }
      return role.isLoss || role == .learningRate
    }
  }

  /// Whether a loss is among the columns.
  var hasLoss: Bool { table.columns.contains { Self.isLoss($0) } }

  /// The names of the losses as they will be.
  var lossNames: [String] { table.columns.filter { Self.isLoss($0) }.map(name) }

  /// A column's name, with `train/` or `val/` before a loss that is not told apart otherwise.
  func name(of column: RecordTable.Column) -> String {
    guard let split, case .series(.trainLoss, _, _) = Self.meaning(column),
      Self.splits.isDisjoint(with: ColumnPath(column.name).words)
    else { return column.name }
    return "\(split)/\(column.name)"
  }

  /// What a column is.
  static func meaning(_ column: RecordTable.Column) -> StatedMeaning {
    column.stated ?? ColumnNames.meaning(of: column.name)
  }

  private static func isLoss(_ column: RecordTable.Column) -> Bool {
    guard case .series(let role, _, _) = meaning(column) else { return false }
    return role.isLoss
  }
}

extension [JSONPart] {
  /// Adds the records of all parts; several runs are told apart.
  func append(to records: inout RecordTable) {
    let runs = Dictionary(grouping: self, by: \.run)
    var owners: [String: String] = [:]
    var isShared = false
    for part in self {
      for name in part.lossNames
      where owners.updateValue(part.run, forKey: name) ?? part.run != part.run {
        isShared = true
      }
    }
    guard runs.count > 1, isShared else {
      if runs.count == 1, let label = first?.label { records.enter(run: label) }
      return RecordMerge.append(self, to: &records)
    }
    var done: Set<String> = []
    for part in self where done.insert(part.run).inserted {
      records.enter(run: part.run)
      RecordMerge.append(runs[part.run] ?? [], to: &records)
    }
  }
}
