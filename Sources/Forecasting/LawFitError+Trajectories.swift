public import ScalingLaws

extension LawFitError {
  /// What is wrong and what to do, with the run and step where the law only knows a row.
  public func description(for trajectories: [Trajectory]) -> String {
    guard case .notPositive(var row, let loss) = self else { return description }
    for trajectory in trajectories {
      if row < trajectory.losses.count {
        return
          "\(trajectory.name): the loss is \(loss) at step \(trajectory.positions[row]), which "
          + "has no logarithm; choose another column with --loss or fit with --objective "
          + "least-squares"
      }
      row -= trajectory.losses.count
    }
    return description
  }
}
