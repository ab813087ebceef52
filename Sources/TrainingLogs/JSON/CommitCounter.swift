/// Chooses between wandb's `_step`, which counts the logger's calls, and a step that the user logged.
///
/// The user's step counts updates, but only when it stands beside the losses and hardly ever goes back.
enum CommitCounter {
  /// Prefers `_step` where no other step will do.
  static func judge(_ records: inout RecordTable) {
    guard let counter = records.columns.firstIndex(where: { $0.name == "_step" }) else { return }
    let meanings = records.columns.map { $0.stated ?? ColumnNames.meaning(of: $0.name) }
    var losses = Set<Int>()
    for (index, meaning) in meanings.enumerated() {
      guard case .series(let role, _, _) = meaning, role.isLoss else { continue }
      let column = records.columns[index]
      for place in column.values.indices { losses.insert(column.record(of: place)) }
    }
    for (index, meaning) in meanings.enumerated() where index != counter {
      guard case .step = meaning else { continue }
      if !isUsable(records.columns[index], losses) { records.state(index, .other) }
    }
  }

  private static func isUsable(_ column: RecordTable.Column, _ losses: Set<Int>) -> Bool {
    let placed = column.values.indices.count { losses.contains(column.record(of: $0)) }
    guard placed * 10 >= losses.count * 9 else { return false }
    let descents = zip(column.values, column.values.dropFirst()).count { $1 < $0 }
    return descents * 20 <= column.values.count
  }
}
