import LeastSquares
import RealModule
import Schedules
import VectorMath

/// The basis functions of ``NoiseFloorLaw``: 1, P^(-α), F, Q^(-2) and N^(-β).
///
/// Nonlinear parameters: log α, κ, δ, log c, log β, μ and η*, the last two without derivatives.
struct NoiseFloorBasis: SeparableModel {
  let linearCount = 5
  let nonlinearCount = 7
  let derivativeColumns = [
    DerivativeColumn(function: 1, parameter: 0), DerivativeColumn(function: 1, parameter: 1),
    DerivativeColumn(function: 2, parameter: 2), DerivativeColumn(function: 2, parameter: 3),
    DerivativeColumn(function: 3, parameter: 1), DerivativeColumn(function: 4, parameter: 4),
  ]
  let rowCount: Int
  private let segments: [LawRows.Segment]
  private let warmup: WarmupArea
  /// log(N/10⁶) of each row; empty without sizes.
  private let sizeLogs: [Double]
  private var sums: [NoiseFloorSums] = []
  private var reference = Double.nan
  private var progressKey = Double.nan
  private var noiseKey: [Double] = []
  /// log P and ∂log P/∂κ.
  private var progressLogs: [Double]
  private var progressSlopes: [Double]
  /// log Q and ∂log Q/∂κ.
  private var ownProgressLogs: [Double]
  private var ownProgressSlopes: [Double]
  /// F, ∂F/∂δ and ∂F/∂log c.
  private var noise: [Double]
  private var exponentSlopes: [Double]
  private var forgettingSlopes: [Double]
  private let kernels = VectorKernels.best

  init(rows: LawRows) {
    segments = rows.segments
    warmup = rows.warmup
    rowCount = rows.count
    let sizes = rows.segments.compactMap(\.facts.modelSize)
    sizeLogs =
      sizes.count == rows.segments.count
      ? zip(rows.segments, sizes).flatMap { segment, size in
        [Double](repeating: .log(size / 1e6), count: segment.positions.count)
      } : []
    let zeros = [Double](repeating: 0, count: rowCount)
    progressLogs = zeros
    progressSlopes = zeros
    ownProgressLogs = zeros
    ownProgressSlopes = zeros
    noise = zeros
    exponentSlopes = zeros
    forgettingSlopes = zeros
  }

  mutating func prepare(_ nonlinear: [Double], wantsDerivatives: Bool) {
    if nonlinear[6] != reference { cutPaths(reference: nonlinear[6]) }
    if nonlinear[1] != progressKey { prepareProgress(exponent: nonlinear[1]) }
    let key = [nonlinear[2], nonlinear[3], nonlinear[5]]
    guard key != noiseKey else { return }
    noiseKey = key
    var start = 0
    for index in sums.indices {
      sums[index].noise(
        exponent: nonlinear[2], forgetting: .exp(nonlinear[3]), speed: nonlinear[5], into: &noise,
        exponentDerivatives: &exponentSlopes, forgettingDerivatives: &forgettingSlopes, at: start)
      start += sums[index].rowCount
    }
  }

  private mutating func cutPaths(reference: Double) {
    self.reference = reference
    progressKey = .nan
    noiseKey = []
    sums = segments.compactMap { segment in
      segment.path.map {
        NoiseFloorSums(
          path: $0, positions: segment.positions, reference: reference, warmup: warmup)
      }
    }
  }

  private mutating func prepareProgress(exponent: Double) {
    progressKey = exponent
    var start = 0
    for index in sums.indices {
      sums[index].progress(
        exponent: exponent, into: &progressLogs, derivatives: &progressSlopes, at: start)
      let rows = start..<(start + sums[index].rowCount)
      for row in rows {
        progressSlopes[row] /= progressLogs[row]
        ownProgressSlopes[row] = progressSlopes[row] - sums[index].warmupLog
      }
      start = rows.upperBound
    }
    let kernels = kernels
    let progress = progressLogs
    progressLogs.withUnsafeMutableBufferPointer { target in
      progress.withUnsafeBufferPointer { kernels.log($0, into: target) }
    }
    start = 0
    for run in sums {
      for row in start..<(start + run.rowCount) {
        ownProgressLogs[row] = progressLogs[row] - exponent * run.warmupLog
      }
      start += run.rowCount
    }
  }

  func evaluate(_ nonlinear: [Double], into block: BasisBlock) {
    kernels.fill(block.function(0), with: 1)
    copy(noise, to: block.function(2), block.rows)
    writePowers(alpha: .exp(nonlinear[0]), to: block)
    writeSizes(beta: .exp(nonlinear[4]), to: block)
    guard block.wantsDerivatives else { return }
    copy(exponentSlopes, to: block.derivative(2), block.rows)
    copy(forgettingSlopes, to: block.derivative(3), block.rows)
  }

  /// P^(-α) and Q^(-2) with their derivatives by log α and κ.
  private func writePowers(alpha: Double, to block: BasisBlock) {
    withRows(ownProgressLogs, block.rows) { kernels.exp($0, scale: -2, into: block.function(3)) }
    withRows(progressLogs, block.rows) { logs in
      guard block.wantsDerivatives else {
        kernels.exp(logs, scale: -alpha, into: block.function(1))
        return
      }
      kernels.exp(
        logs, scale: -alpha, into: block.function(1), timesArgument: block.derivative(0),
        factor: -alpha)
      withRows(progressSlopes, block.rows) { slopes in
        kernels.multiply(
          UnsafeBufferPointer(block.function(1)), slopes, scale: -alpha, into: block.derivative(1))
      }
      withRows(ownProgressSlopes, block.rows) { slopes in
        kernels.multiply(
          UnsafeBufferPointer(block.function(3)), slopes, scale: -2, into: block.derivative(4))
      }
    }
  }

  /// (N/10⁶)^(-β) with its derivative by log β; 0 without sizes.
  private func writeSizes(beta: Double, to block: BasisBlock) {
    guard !sizeLogs.isEmpty else {
      kernels.fill(block.function(4), with: 0)
      if block.wantsDerivatives { kernels.fill(block.derivative(5), with: 0) }
      return
    }
    withRows(sizeLogs, block.rows) { logs in
      guard block.wantsDerivatives else {
        kernels.exp(logs, scale: -beta, into: block.function(4))
        return
      }
      kernels.exp(
        logs, scale: -beta, into: block.function(4), timesArgument: block.derivative(5),
        factor: -beta)
    }
  }

  private func withRows(
    _ values: [Double], _ rows: Range<Int>, _ body: (UnsafeBufferPointer<Double>) -> Void
  ) {
    values.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[rows])) }
  }

  private func copy(
    _ values: [Double], to target: UnsafeMutableBufferPointer<Double>, _ rows: Range<Int>
  ) {
    withRows(values, rows) { _ = target.update(fromContentsOf: $0) }
  }
}
