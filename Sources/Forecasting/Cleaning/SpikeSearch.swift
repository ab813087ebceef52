import RealModule

/// Finds bursts of rows that stand far above the curve before and after them.
///
/// The level at a row is the larger of the one before it, the lower median of the two blocks
/// before, and the one after it, so that a curve that falls or rises has no spikes. Where the
/// learning rate has risen, or training has gone on with other data, there is no level before. A
/// burst begins at a row seven standard deviations and at least 1 % above the level, and twice as
/// far as rows of the same run dip below the curve: noise with tails or memory goes both ways. It
/// goes on as long as rows stay three standard deviations above the level.
struct SpikeSearch {
  /// Standard deviations above the level that make a spike.
  static let trigger = 7.0
  /// Standard deviations above the level that still belong to it.
  static let extent = 3.0
  /// The least height, in log loss: less does not matter to a robust fit.
  static let leastHeight = 0.01
  /// How many times as high as rows dip.
  static let overDips = 2.0
  /// Rows between bursts that are one.
  static let largestGap = 2
  /// When more than this share of rows were spikes, the loss is just rough.
  static let mostRows = 0.05
  /// A learning rate is the same within this factor.
  static let rateTolerance = 1.05

  let levels: LossLevels
  /// The highest learning rate of each block; nil where it is not known.
  let rates: [Double]?
  /// The first row after a change of the data; nil: there is none.
  let switchRow: Int?
  /// The rows that are looked at; those after them have diverged.
  let end: Int

  /// The bursts, in order.
  func spikes() -> [LossSpike] {
    var bursts: [LossSpike] = []
    var row = levels.blockRows
    let least = max(SpikeSearch.leastHeight, SpikeSearch.overDips * usualDip())
    while row < end {
      let block = levels.block(of: row)
      let stop = min(levels.rows(of: block).upperBound, end)
      guard let level = level(of: block) else {
        row = stop
        continue
      }
      let scale = scale(of: block)
      let threshold = Double.exp(level + max(SpikeSearch.trigger * scale, least))
      while row < stop, levels.losses[row] <= threshold { row += 1 }
      guard row < stop else { continue }
      let burst = burst(around: row, level: level, floor: .exp(level + SpikeSearch.extent * scale))
      // What does not come back is no spike.
      if burst.rows.upperBound < end { append(burst, to: &bursts) }
      row = burst.rows.upperBound
    }
    let count = bursts.reduce(0) { $0 + $1.rows.count }
    return Double(count) > SpikeSearch.mostRows * Double(end) ? [] : bursts
  }

  private func append(_ burst: LossSpike, to bursts: inout [LossSpike]) {
    if let last = bursts.last,
      burst.rows.lowerBound - last.rows.upperBound <= SpikeSearch.largestGap
    {
      bursts[bursts.count - 1] = LossSpike(
        rows: last.rows.lowerBound..<burst.rows.upperBound, height: max(last.height, burst.height))
    } else {
      bursts.append(burst)
    }
  }

  private func burst(around row: Int, level: Double, floor: Double) -> LossSpike {
    var (first, last) = (row, row)
    while first > 0, levels.losses[first - 1] > floor, row - first < levels.blockRows { first -= 1 }
    while last + 1 < end, levels.losses[last + 1] > floor, last - row < 2 * levels.blockRows {
      last += 1
    }
    let highest = levels.losses[first...last].max() ?? 1
    return LossSpike(rows: first..<(last + 1), height: .log(highest) - level)
  }

  /// The curve's level in log loss around a block; nil where it is not known on both sides.
  private func level(of block: Int) -> Double? {
    guard block > 0 else { return nil }
    var before = Double.infinity
    for other in max(block - 2, 0)..<block {
      guard isAlike(other, block) else { return nil }
      before = min(before, levels.medians[other])
    }
    let last = levels.medians.count - 1
    guard block < last else { return max(before, levels.medians[block]) }
    var after = Double.infinity
    for other in (block + 1)...min(block + 2, last) { after = min(after, levels.medians[other]) }
    return max(before, after)
  }

  /// How far rows dip below the curve before and after them: the second largest of all blocks, for
  /// one may be an accident.
  private func usualDip() -> Double {
    var (largest, second) = (0.0, 0.0)
    let medians = levels.medians
    for block in medians.indices.dropFirst().dropLast() {
      let before = max(medians[max(block - 2, 0)], medians[block - 1])
      let after = max(medians[block + 1], medians[min(block + 2, medians.count - 1)])
      let dip = min(before, after) - levels.minima[block]
      if dip > largest { (largest, second) = (dip, largest) } else { second = max(second, dip) }
    }
    return second
  }

  /// Whether the loss of an earlier block may be as low as that of a later one.
  private func isAlike(_ earlier: Int, _ later: Int) -> Bool {
    if let rates, rates[later] > SpikeSearch.rateTolerance * rates[earlier] { return false }
    guard let switchRow else { return true }
    return levels.rows(of: earlier).lowerBound >= switchRow
      || levels.rows(of: later).upperBound <= switchRow
  }

  private func scale(of block: Int) -> Double {
    let near = max(block - 1, 0)...min(block + 1, levels.scales.count - 1)
    // The least of three: a spike widens the scatter of its own block.
    return max(levels.scales[near].min() ?? 0, levels.usualScale)
  }
}
