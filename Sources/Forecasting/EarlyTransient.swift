import LeastSquares
import ScalingLaws
import Statistics

/// The first part of training, which no law describes: found from the data.
///
/// The law is fitted from the end of the warm-up on, and from 2, 5, 10, 15 and 20 % of the shortest
/// run on. Where leaving out early rows shrinks the residuals' robust scale by a factor of 1.4, they
/// were not lawful: the earliest start is taken whose scale is within a quarter of the smallest. With
/// fewer than fifty rows, or fewer than three early ones a run, no row is left out: such a scale says
/// too little.
struct EarlyTransient {
  /// The shares of the shortest run that are tried.
  private static let shares = [0.02, 0.05, 0.1, 0.15, 0.2]
  /// How many times the smallest scale makes the whole run unlawful.
  private static let trigger = 1.4
  /// How many times the smallest scale is as good as the smallest.
  private static let tolerance = 1.25

  /// How many rows it takes to judge.
  private static let fewestRows = 50
  /// How many rows of each run it takes to see a transient.
  private static let fewestEarlyRows = 3

  /// How many rows of a run are enough to judge by.
  private static let mostRows = 2000

  let fit: JointFit

  /// The last step at which rows left out may end, whatever the law.
  static func latestEnd(in trajectories: [Trajectory]) -> Int {
    let shortest = trajectories.compactMap(\.positions.last).min() ?? 0
    return Int((shares.last ?? 0) * Double(shortest))
  }

  /// The first step to use; nil when no row needs to be left out.
  func end(in trajectories: [Trajectory]) -> Int? {
    let trajectories = trajectories.map { $0.thinned(to: EarlyTransient.mostRows) }
    guard trajectories.reduce(0, { $0 + $1.positions.count }) >= EarlyTransient.fewestRows,
      let shortest = trajectories.compactMap(\.positions.last).min(),
      let first = trajectories.compactMap(\.positions.first).min()
    else { return nil }
    let later = EarlyTransient.shares.map { Int($0 * Double(shortest)) }.filter { start in
      trajectories.allSatisfy { trajectory in
        trajectory.positions.prefix { $0 < start }.count >= EarlyTransient.fewestEarlyRows
      }
    }
    var scales: [(start: Int, scale: Double)] = []
    for start in [first] + later {
      guard let scale = scale(trajectories.map { $0.starting(at: start) }) else { break }
      scales.append((start, scale))
    }
    guard let smallest = scales.map(\.scale).min(), let whole = scales.first?.scale,
      whole > EarlyTransient.trigger * smallest
    else { return nil }
    return scales.first { $0.scale <= EarlyTransient.tolerance * smallest }?.start
  }

  /// The residuals' scale of a fit; nil when too few rows are left to judge by it.
  private func scale(_ trajectories: [Trajectory]) -> Double? {
    let count = trajectories.reduce(0) { $0 + $1.positions.count }
    guard count >= 4 * fit.law.coordinateCount,
      trajectories.allSatisfy({ !$0.positions.isEmpty })
    else { return nil }
    let outcome = try? fit.fitter.fit(
      trajectories.flatMap(\.losses), at: fit.rows(of: trajectories))
    // Below a millionth, scales are rounding and say nothing of each other.
    return outcome.map { max(RobustScale.standardDeviation($0.residuals), 1e-6) }
  }
}

extension Trajectory {
  /// The same trajectory with at most about so many rows, evenly spread, the last included.
  fileprivate func thinned(to limit: Int) -> Trajectory {
    let stride = (positions.count + limit - 1) / limit
    guard stride > 1 else { return self }
    let kept = positions.indices.filter { (positions.count - 1 - $0) % stride == 0 }
    var result = self
    result.positions = kept.map { positions[$0] }
    result.losses = kept.map { losses[$0] }
    return result
  }

  /// Reports the early rows that were left out of a trajectory.
  mutating func noteEarlyRows(before step: Int, of whole: Trajectory) {
    guard let first = whole.positions.first, first < step else { return }
    let rows = whole.positions.count - positions.count
    cleaning.append(
      CleaningFinding(
        kind: .early, steps: [Double(first), Double(whole.positions[rows - 1])], rows: rows))
  }

  /// The same trajectory without the rows before a step.
  public func starting(at step: Int) -> Trajectory {
    var result = self
    let skipped = positions.firstIndex { $0 >= step } ?? positions.count
    result.positions.removeFirst(skipped)
    result.losses.removeFirst(skipped)
    return result
  }
}
