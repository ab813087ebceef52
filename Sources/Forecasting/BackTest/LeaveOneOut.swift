extension BackTest {
  /// Leaves out each run in turn, fits the law to the others and scores the run left out.
  ///
  /// Rows that the run shares with another are no test and are not scored: those up to its
  /// `branch`, and those of the same step and loss as a row of a run that is fitted.
  ///
  /// - Parameter trajectories: the runs.
  /// - Returns: one score a run, in their order; empty with fewer than two runs.
  public func leavingRunsOut(_ trajectories: [Trajectory]) -> [BackTestScore] {
    guard trajectories.count >= 2 else { return [] }
    return trajectories.indices.map { index in
      let others = trajectories.indices.filter { $0 != index }.map { trajectories[$0] }
      let target = trajectories[index].starting(at: from).ownRows(besides: others)
      return BackTestScore(run: target.name, score(target, fittedTo: others))
    }
  }
}

extension Trajectory {
  /// The same trajectory without the rows before its branch and those that others have as well.
  func ownRows(besides others: [Trajectory]) -> Trajectory {
    let known = others.reduce(into: Set<Row>()) { rows, other in
      rows.formUnion(zip(other.positions, other.losses).map { Row(position: $0, loss: $1) })
    }
    let kept = positions.indices.filter { index in
      positions[index] > branch ?? 0
        && !known.contains(Row(position: positions[index], loss: losses[index]))
    }
    var result = self
    result.positions = kept.map { positions[$0] }
    result.losses = kept.map { losses[$0] }
    return result
  }

  private struct Row: Hashable {
    var position: Int
    var loss: Double
  }
}
