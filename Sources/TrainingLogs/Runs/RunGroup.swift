/// The columns and records of one run, as far as the log tells runs apart by itself.
///
/// A long table has a run for each row, a dashboard's export columns for each run.
struct RunGroup {
  /// The run's name.
  var name: String
  /// Indices of the columns that are kept.
  var columns: [Int]
  /// Indices of the columns whose raw contents are told.
  var summarized: [Int]
  /// The run's number among those of the records; nil: all records.
  var number: UInt32?
  /// Whether the log has one run only.
  var isWhole: Bool

  /// The groups, in the log's order.
  static func groups(of records: RecordTable, plan: ColumnPlan, file: String) -> [RunGroup] {
    let all = plan.columns.indices.filter { $0 != plan.step }
    let names = distinct(plan.columns.compactMap(\.run))
    if !names.isEmpty {
      return names.compactMap { name in
        let own: (Int) -> Bool = { plan.columns[$0].run == nil || plan.columns[$0].run == name }
        let columns = plan.kept.filter(own)
        guard columns.contains(where: { plan.columns[$0].role.isLoss }) else { return nil }
        return RunGroup(
          name: name, columns: columns, summarized: all.filter(own), number: nil, isWhole: false)
      }
    }
    guard records.runNames.count > 1 else {
      let name = records.runNames.first { !$0.isEmpty } ?? LogName.runName(of: file)
      return [
        RunGroup(name: name, columns: plan.kept, summarized: all, number: nil, isWhole: true)
      ]
    }
    return records.runNames.enumerated().map { index, name in
      RunGroup(
        name: name.isEmpty ? LogName.runName(of: file) : name, columns: plan.kept,
        summarized: all, number: UInt32(index), isWhole: false)
    }
  }

  private static func distinct(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}
