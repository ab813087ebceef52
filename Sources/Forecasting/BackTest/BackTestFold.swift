/// Rows to fit and rows to score.
public struct BackTestFold: Sendable {
  /// The run whose rows are scored.
  public var run: String
  /// The share of the run that is fitted; nil when all of it is left out.
  public var share: Double?
  /// The rows fitted.
  var fitted: [Trajectory]
  /// The rows scored.
  var target: Trajectory

  /// Leaves out each run in turn.
  ///
  /// Rows that the run shares with another are no test and are not scored: those up to its
  /// `branch`, and those of the same step and loss as a row of a run that is fitted.
  ///
  /// - Parameters:
  ///   - trajectories: the runs.
  ///   - from: the first step that is scored.
  /// - Returns: one fold a run, in their order; empty with fewer than two runs.
  public static func leavingRunsOut(_ trajectories: [Trajectory], from: Int = 0) -> [BackTestFold] {
    guard trajectories.count >= 2 else { return [] }
    return trajectories.indices.map { index in
      let others = trajectories.indices.filter { $0 != index }.map { trajectories[$0] }
      let target = trajectories[index].starting(at: from).ownRows(besides: others)
      return BackTestFold(run: target.name, fitted: others, target: target)
    }
  }

  /// Fits the first part of a run and scores the rest, for growing parts.
  ///
  /// A part ends at its share of the last step. Laws are given the learning rate of the whole run.
  ///
  /// - Parameters:
  ///   - trajectory: the run.
  ///   - shares: between 0 and 1.
  ///   - from: the first step that is scored.
  ///   - others: runs that are fitted as a whole, whose rows are not scored.
  /// - Returns: one fold a share, in their order.
  public static func growingPrefixes(
    _ trajectory: Trajectory, shares: [Double] = [0.4, 0.55, 0.7], from: Int = 0,
    besides others: [Trajectory] = []
  ) -> [BackTestFold] {
    shares.map { share in
      let last = share * Double(trajectory.positions.last ?? 0)
      let count = trajectory.positions.prefix { Double($0) <= last }.count
      var (first, rest) = (trajectory, trajectory)
      first.positions.removeSubrange(count...)
      first.losses.removeSubrange(count...)
      rest.positions.removeSubrange(..<count)
      rest.losses.removeSubrange(..<count)
      if !others.isEmpty { rest = rest.ownRows(besides: others) }
      return BackTestFold(
        run: trajectory.name, share: share, fitted: others + (count == 0 ? [] : [first]),
        target: rest.starting(at: from))
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
