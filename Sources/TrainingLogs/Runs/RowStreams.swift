/// Splits rows into streams that have no column in common.
///
/// Validation rows may stand between training rows with an earlier step; that is no restart of
/// the training, as no column that the training rows have is written again.
enum RowStreams {
  /// The rows of each stream in the file's order; every row has a value.
  static func split(_ rows: [Int], of table: RowTable) -> [[Int]] {
    let parents = joined(rows, table)
    let counted = table.columns.indices.filter { !table.companions.contains($0) }
    let roots = table.columns.indices.map { root(of: $0, parents) }
    guard Set(counted.map { roots[$0] }).count > 1 else { return [rows] }
    var streams: [[Int]] = table.columns.map { _ in [] }
    for row in rows {
      let first = counted.first { !RowTable.isMissing(table.columns[$0][row]) }
      if let first { streams[roots[first]].append(row) }
    }
    return streams.filter { !$0.isEmpty }
  }

  /// Joins columns that share a row: the parent of each column in a forest.
  private static func joined(_ rows: [Int], _ table: RowTable) -> [Int] {
    var parents = Array(table.columns.indices)
    let counted = parents.filter { !table.companions.contains($0) }
    var trees = counted.count
    for row in rows where trees > 1 {
      var first: Int?
      for column in counted where !RowTable.isMissing(table.columns[column][row]) {
        guard let other = first else {
          first = column
          continue
        }
        let (one, two) = (root(of: other, parents), root(of: column, parents))
        guard one != two else { continue }
        parents[max(one, two)] = min(one, two)
        trees -= 1
      }
    }
    return parents
  }

  private static func root(of column: Int, _ parents: [Int]) -> Int {
    var column = column
    while parents[column] != column { column = parents[column] }
    return column
  }
}

/// Groups the restarts that several streams of one log saw at one restart of the run.
enum RestartGroups {
  /// A restart and the stream that saw it.
  struct Member {
    var stream: Int
    var restart: RestartResolver.Restart
  }

  /// The groups in the file's order.
  ///
  /// A stream joins the group before it unless the stream is in it already: every stream goes
  /// back once at a restart.
  static func grouped(_ members: [Member]) -> [[RestartResolver.Restart]] {
    var groups: [(streams: Set<Int>, restarts: [RestartResolver.Restart])] = []
    for member in members.sorted(by: { $0.restart.row < $1.restart.row }) {
      if let last = groups.indices.last, !groups[last].streams.contains(member.stream),
        overlaps(member.restart, groups[last].restarts)
      {
        groups[last].streams.insert(member.stream)
        groups[last].restarts.append(member.restart)
      } else {
        groups.append(([member.stream], [member.restart]))
      }
    }
    return groups.map(\.restarts)
  }

  private static func overlaps(
    _ restart: RestartResolver.Restart, _ others: [RestartResolver.Restart]
  ) -> Bool {
    others.contains { $0.to <= restart.end && restart.to <= $0.end }
  }
}
