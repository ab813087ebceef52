/// Steps that are counted anew in every epoch, made into steps since the start.
///
/// With a column `epoch`, the step must go back exactly where the epoch goes on. Without one, every
/// epoch must end at the same step, and the loss must go on where it was.
enum EpochSteps {
  /// What was found.
  struct Finding {
    /// The steps since the start, of every row.
    var steps: [Double]
    /// Updates in an epoch.
    var perEpoch: Double
  }

  /// The steps since the start.
  ///
  /// - Parameters:
  ///   - steps: the step of each row.
  ///   - epochs: the epoch of each row, NaN where it is not logged; nil: there is no such column.
  ///   - losses: the loss of each row.
  ///   - stated: updates in an epoch, where the log says it.
  /// - Returns: nil when the step is not counted by epochs.
  static func unrolled(
    _ steps: [Double], epochs: [Double]?, losses: [Double]?, stated: Int?
  ) -> Finding? {
    guard let highest = steps.max(), let lowest = steps.min(), highest.isFinite, highest > lowest
    else { return nil }
    // Updates counted from 0 end one below their number.
    let perEpoch = stated.map { Double($0) } ?? (lowest == 0 ? highest + 1 : highest)
    guard perEpoch >= highest else { return nil }
    if let epochs {
      guard let numbers = wholeEpochs(epochs, steps) else { return nil }
      return Finding(
        steps: zip(numbers, steps).map { $0 * perEpoch + $1 }, perEpoch: perEpoch)
    }
    return byEnds(steps, losses: losses, perEpoch: perEpoch)
  }

  /// The number of each row's epoch, from 0; nil when epochs and steps do not go together.
  private static func wholeEpochs(_ epochs: [Double], _ steps: [Double]) -> [Double]? {
    var descents = 0
    guard let first = epochs.first, first.isFinite else { return nil }
    for row in 1..<max(epochs.count, 1) {
      guard epochs[row] == epochs[row].rounded(), epochs[row].isFinite else { return nil }
      let isLater = epochs[row] > epochs[row - 1]
      let isBack = steps[row] < steps[row - 1]
      guard isLater || !isBack, epochs[row] >= epochs[row - 1] else { return nil }
      // A step that goes on over epochs is counted from the start.
      guard isBack || !isLater else { return nil }
      descents += isBack ? 1 : 0
    }
    return descents > 0 ? epochs.map { $0 - first } : nil
  }

  private static func byEnds(
    _ steps: [Double], losses: [Double]?, perEpoch: Double
  ) -> Finding? {
    guard let losses else { return nil }
    var result = steps
    var epoch = 0.0
    var ends: [(row: Int, first: Double, last: Double)] = []
    var first = steps[0]
    for row in 1..<steps.count {
      if steps[row] < steps[row - 1] {
        ends.append((row, first, steps[row - 1]))
        first = steps[row]
        epoch += 1
      }
      result[row] += epoch * perEpoch
    }
    guard ends.count >= 2,
      ends.allSatisfy({ $0.first == ends[0].first && $0.last == ends[0].last }),
      ends.allSatisfy({ goesOn(losses, at: $0.row) })
    else { return nil }
    return Finding(steps: result, perEpoch: perEpoch)
  }

  /// Whether the loss at a row is nearer to that before it than to the first of all.
  private static func goesOn(_ losses: [Double], at row: Int) -> Bool {
    guard let first = losses.first(where: \.isFinite),
      let before = losses[..<row].last(where: \.isFinite),
      let after = losses[row...].first(where: \.isFinite)
    else { return false }
    return abs(after - before) < 0.5 * abs(first - before)
  }
}
