import Schedules

/// The steps at which a learning rate changes, and the learning-rate area before each: what laws
/// with a memory of every single drop sum over.
///
/// A drop at position k is η(k-1) - η(k), positive where the rate falls. The area F(s) is Σ η(p) over
/// the positions up to s, with rates as they are in the warm-up too. Drops in the first warm-up count
/// only by `WarmupArea.full`.
///
/// Over lines and curves a few drops stand for many (``RepresentativeSteps``): sums over them are off
/// by about 1e-9.
struct RateDrops: Sendable {
  /// k, ascending; between two steps where a drop stands for many.
  private(set) var steps: [Double] = []
  /// η(k-1) - η(k), never zero.
  private(set) var sizes: [Double] = []
  /// η(k); zero where it is below a millionth of a millionth of the peak, as decays to zero end by
  /// rounding.
  private(set) var rates: [Double] = []
  /// F(k-1).
  private(set) var areasBefore: [Double] = []
  /// For each row, how many drops are at or before it.
  private(set) var counts: [Int] = []
  /// F at each row.
  let areas: [Double]

  /// Finds the drops of a path up to the last of ascending positions.
  ///
  /// - Complexity: O(pieces + positions · log(steps)); O(steps) inside sampled pieces.
  init(path: LearningRatePath, positions: [Int], warmup: WarmupArea) {
    let all = RepresentativeSteps(
      path: path, positions: positions,
      from: warmup == .full ? path.firstPosition : path.warmupEnd + 1, includesFlat: false,
      width: 2)
    areas = all.areas
    let peak = path.peak
    var row = 0
    for (index, step) in all.steps.enumerated() {
      while row < all.counts.count, all.counts[row] <= index {
        counts.append(sizes.count)
        row += 1
      }
      guard abs(step.drop) > (step.isSingle ? 1e-14 * peak : 0) else { continue }
      steps.append(step.position)
      sizes.append(step.weight * step.drop)
      rates.append(step.rate > 1e-12 * peak ? step.rate : 0)
      areasBefore.append(step.areaBefore)
    }
    while counts.count < all.counts.count { counts.append(sizes.count) }
  }
}
