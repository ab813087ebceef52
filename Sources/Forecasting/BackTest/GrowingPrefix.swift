extension BackTest {
  /// Fits the first part of a run and scores the rest, for growing parts.
  ///
  /// A part ends at its share of the last step. The law is given the learning rate of the whole run.
  ///
  /// - Parameters:
  ///   - trajectory: the run.
  ///   - shares: between 0 and 1.
  /// - Returns: one score a share, in their order.
  public func growingPrefixes(
    _ trajectory: Trajectory, shares: [Double] = [0.4, 0.55, 0.7]
  ) -> [BackTestScore] {
    shares.map { share in
      let last = share * Double(trajectory.positions.last ?? 0)
      let count = trajectory.positions.prefix { Double($0) <= last }.count
      var (first, rest) = (trajectory, trajectory)
      first.positions.removeSubrange(count...)
      first.losses.removeSubrange(count...)
      rest.positions.removeSubrange(..<count)
      rest.losses.removeSubrange(..<count)
      let result =
        count == 0
        ? .failure(Reason("no row is left to fit"))
        : score(rest.starting(at: from), fittedTo: [first])
      return BackTestScore(run: trajectory.name, share: share, result)
    }
  }
}
