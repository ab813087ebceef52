import LeastSquares
import RealModule
import Schedules

/// The term -u·S2 with u = 1-λ at prepared rows, and its derivative by log u.
///
/// u·S2 tends to the drop of the learning rate itself, so that its coefficient C' = C/(1-λ) hardly
/// depends on λ.
struct AnnealingTerm: Sendable {
  private let areas: [LearningRateAreas]
  /// -u·S2 at the prepared u, one a row.
  private(set) var values: [Double]
  /// Its derivative by log u, -u·(S2 - u ∂S2/∂λ), where wanted; else empty.
  private(set) var slopes: [Double] = []
  private var preparedLogLoss = Double.nan

  /// Prepares the term at the rows of some runs.
  init(areas: [LearningRateAreas]) {
    self.areas = areas
    values = [Double](repeating: 0, count: areas.reduce(0) { $0 + $1.forward.count })
  }

  /// Computes the term for log u.
  mutating func prepare(logMemoryLoss: Double, wantsDerivatives: Bool) {
    guard logMemoryLoss != preparedLogLoss || (wantsDerivatives && slopes.isEmpty) else { return }
    preparedLogLoss = logMemoryLoss
    if !wantsDerivatives {
      slopes = []
    } else if slopes.isEmpty {
      slopes = [Double](repeating: 0, count: values.count)
    }
    let u = Double.exp(logMemoryLoss)
    var start = 0
    for run in areas {
      let rows = start..<(start + run.forward.count)
      run.annealing(
        memoryLoss: u, areas: &values, derivatives: &slopes, at: start,
        wantsDerivatives: wantsDerivatives)
      for row in rows {
        let area = values[row]
        values[row] = -u * area
        if wantsDerivatives { slopes[row] = -u * (area - u * slopes[row]) }
      }
      start = rows.upperBound
    }
  }

  /// Writes the term as one of a block's functions and, where wanted, its derivative by log u.
  func write(to block: BasisBlock, function: Int, derivative: Int) {
    block.copy(values, to: block.function(function))
    guard block.wantsDerivatives else { return }
    block.copy(slopes, to: block.derivative(derivative))
  }

  /// log(1-λ) as a coordinate: allowed and scanned values.
  static let logMemoryLoss: NonlinearCoordinate = {
    let lowest = Double.log(1e-5)
    let highest = Double.log(0.5)
    return NonlinearCoordinate(
      bounds: ParameterBounds(lower: lowest, upper: highest),
      scan: (0..<14).map { lowest + (highest - lowest) * (Double($0) + 0.5) / 14 })
  }()
}

extension BasisBlock {
  /// Copies the block's rows of a column of all rows.
  func copy(_ values: [Double], to target: UnsafeMutableBufferPointer<Double>) {
    values.withUnsafeBufferPointer { values in
      _ = target.update(fromContentsOf: UnsafeBufferPointer(rebasing: values[rows]))
    }
  }
}
