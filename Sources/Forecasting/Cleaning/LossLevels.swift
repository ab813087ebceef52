import RealModule
import Statistics

/// The level and the scatter of a loss curve from place to place: medians of short blocks of rows.
///
/// A median does not see a spike that fills less than half of a block. The cost is O(rows).
struct LossLevels {
  /// The losses, one a row, positive.
  let losses: [Double]
  /// The rows of a block; the last block has up to twice as many less one.
  let blockRows: Int
  /// The median log loss of each block.
  let medians: [Double]
  /// The lowest log loss of each block.
  let minima: [Double]
  /// The robust standard deviation of log losses in each block, 1.4826 times the median deviation,
  /// with the ``drift`` of blocks.
  let scales: [Double]
  /// The median of the scales.
  let usualScale: Double
  /// The robust standard deviation of medians around the middle of their neighbours: noise with
  /// memory moves whole blocks.
  let drift: Double

  /// The standard deviation of a normal distribution over its median deviation.
  private static let deviationsInMedian = 1 / 0.674_489_750_196_081_7

  /// Fewer blocks than this tell nothing.
  static let fewestBlocks = 5
  /// Rows of a block: a sixtieth of all, within these limits.
  static let blockLimits = 5...64

  /// Measures a curve; nil with too few rows, or where a loss is not positive.
  ///
  /// - Parameter losses: finite, in the order of steps.
  init?(losses: [Double]) {
    let limits = LossLevels.blockLimits
    let rows = min(max(losses.count / 60, limits.lowerBound), limits.upperBound)
    let count = losses.count / rows
    guard count >= LossLevels.fewestBlocks, losses.allSatisfy({ $0 > 0 }) else { return nil }
    self.losses = losses
    blockRows = rows
    var medians: [Double] = []
    var minima: [Double] = []
    var scales: [Double] = []
    medians.reserveCapacity(count)
    minima.reserveCapacity(count)
    scales.reserveCapacity(count)
    losses.withUnsafeBufferPointer { losses in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * rows) { space in
        for block in 0..<count {
          let first = block * rows
          let size = block + 1 == count ? losses.count - first : rows
          let block = UnsafeMutableBufferPointer(rebasing: space[..<size])
          var lowest = Double.infinity
          for index in 0..<size {
            block[index] = losses[first + index]
            lowest = min(lowest, block[index])
          }
          let median = BlockMedian.of(block)
          for index in 0..<size { block[index] = abs(block[index] - median) }
          // The deviation of logarithms, to first order.
          let scale = BlockMedian.of(block) * LossLevels.deviationsInMedian / median
          medians.append(.log(median))
          minima.append(.log(lowest))
          scales.append(scale)
        }
      }
    }
    let bends = medians.indices.dropFirst().dropLast().map { block in
      abs(medians[block] - (medians[block - 1] + medians[block + 1]) / 2)
    }
    let drift = RobustScale.quantile(bends.sorted(), 0.5) * LossLevels.deviationsInMedian
    scales = scales.map { ($0 * $0 + drift * drift).squareRoot() }
    self.medians = medians
    self.minima = minima
    self.drift = drift
    self.scales = scales
    usualScale = RobustScale.quantile(scales.sorted(), 0.5)
  }

  /// The block of a row.
  func block(of row: Int) -> Int { min(row / blockRows, medians.count - 1) }

  /// The rows of a block.
  func rows(of block: Int) -> Range<Int> {
    (block * blockRows)..<(block + 1 == medians.count ? losses.count : (block + 1) * blockRows)
  }
}
