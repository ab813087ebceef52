import RealModule

/// Finds where a loss leaves the curve upwards and does not come back until the end of the log.
///
/// The end counts when all rows from there on are above the lowest level of the run: by a seventh
/// standard deviation where the log ends in losses that are not finite, else by a tenth of the
/// loss and a fifth of all that training had brought down, in logarithms, so that a loss that
/// rises with its learning rate, or with overfitting, is none. Five finite rows at least must stand
/// there: fewer may still come back.
struct DivergenceSearch {
  /// Standard deviations above the level for rows that have left it.
  private static let extent = 3.5
  /// Standard deviations that the end must be above the level.
  private static let trigger = 7.0
  /// The least rise of an end that is not finite, in log loss.
  private static let leastRise = 0.02
  /// The least rise of a finite end, in log loss.
  private static let leastFiniteRise = 0.1
  /// The least rise of a finite end, as a share of the descent so far.
  private static let leastShare = 0.2

  /// The least finite rows of an end that is finite.
  private static let fewestFiniteRows = 5

  let levels: LossLevels
  /// Whether losses that are not finite follow the rows.
  let endsInNonFinite: Bool
  /// The first row after a change of the data; 0: there is none.
  let firstRow: Int

  /// The first row that has left the curve and its rise in log loss at most; nil: none has.
  func divergence() -> LossSpike? {
    let first = levels.block(of: firstRow)
    guard
      let lowest = (first..<levels.medians.count).min(by: {
        levels.medians[$0] < levels.medians[$1]
      })
    else { return nil }
    let level = levels.medians[lowest]
    let floor = level + max(DivergenceSearch.extent * levels.usualScale, DivergenceSearch.leastRise)
    let threshold = Double.exp(floor)
    var start = levels.losses.count
    let earliest = levels.rows(of: lowest).lowerBound
    while start > earliest, levels.losses[start - 1] > threshold { start -= 1 }
    let fewest = endsInNonFinite ? 1 : DivergenceSearch.fewestFiniteRows
    guard levels.losses.count - start >= fewest else { return nil }
    let tail = levels.losses[start...].sorted()
    let rise = Double.log(tail[tail.count / 2]) - level
    var least = max(DivergenceSearch.trigger * levels.usualScale, DivergenceSearch.leastRise)
    if !endsInNonFinite {
      let descent = (levels.medians[first...lowest].max() ?? level) - level
      least = max(
        least, DivergenceSearch.leastFiniteRise, DivergenceSearch.leastShare * descent)
    }
    guard rise >= least else { return nil }
    return LossSpike(rows: start..<levels.losses.count, height: .log(tail.last ?? 1) - level)
  }
}
