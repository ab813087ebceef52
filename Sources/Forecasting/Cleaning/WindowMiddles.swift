import Statistics
import TrainingLogs

/// Where losses that are means over a window belong on the step axis.
///
/// A row at step s that averages the losses of the w updates since the row before averages the
/// curve over the states s-w to s-1, whose middle is s - (w + 1)/2: there the law is taken. The error
/// is L''·w²/24, of second order; where the learning rate jumps inside of a window that row is off in
/// first order.
struct WindowMiddles {
  /// The usual distance of rows, in steps; a longer one has rows missing.
  private let usual: Double

  /// Looks at the rows of a training loss that its format states to be such means; nil where the
  /// losses are no such means, or of single updates.
  init?(_ run: Run, losses: [Double]) {
    let role = run.series.first { $0.name == run.lossName }?.role
    guard run.lossIsWindowMean == true, role == .trainLoss else { return nil }
    var last = 0.0
    var gaps: [Double] = []
    for (step, loss) in zip(run.steps, losses) where !Run.isMissing(loss) {
      if step > last { gaps.append(step - last) }
      last = step
    }
    guard gaps.count > 1 else { return nil }
    usual = RobustScale.quantile(gaps.sorted(), 0.5)
    guard usual > 1 else { return nil }
  }

  /// The steps by which a row is moved back.
  ///
  /// - Parameters:
  ///   - step: of the row.
  ///   - previous: of the row with a loss before it; 0 for the first.
  /// - Returns: (w + 1)/2, with w the distance to the row before, at most the usual one.
  func shift(step: Double, previous: Double) -> Double {
    (min(max(step - previous, 1), usual) + 1) / 2
  }
}
