import LeastSquares
import LinearAlgebra
import Statistics
import TestSupport
import Testing

@Suite struct BlockBootstrapTests {
  private func series(_ values: [Double], runs: [Range<Int>]? = nil) throws -> ScoreSeries {
    let problem = LinearProblem(
      columns: [[Double](repeating: 1, count: values.count)], targets: values)
    return try ScoreSeries(
      problem, at: [values.reduce(0, +) / Double(values.count)], runs: runs)
  }

  private func noise(_ count: Int) -> [Double] {
    var random = SeededGenerator(seed: 21)
    var last = 0.0
    return (0..<count).map { _ in
      last = 0.6 * last + random.normal()
      return last
    }
  }

  /// The variance of a mean under resampling of circular blocks of length b, n a multiple of b:
  /// (n/b) · mean over starts of (Σ of block)², over n², times n/(n-1).
  @Test(arguments: [1, 5, 20])
  func varianceOfAMean(length: Int) throws {
    let values = noise(200)
    let mean = values.reduce(0, +) / 200
    var squares = 0.0
    for start in 0..<200 {
      let sum = (0..<length).reduce(0) { $0 + values[(start + $1) % 200] - mean }
      squares += sum * sum / 200
    }
    let expected = Double(200 / length) * squares / (200 * 200) * 200 / 199
    let bootstrap = BlockBootstrap(blockLength: length, replicates: 20_000, seed: 5)
    let covariance = try series(values).covariance(.blockBootstrap(bootstrap))
    // The variance of 20,000 replicates has a standard error of a hundredth.
    expectClose(covariance.matrix[0, 0], expected, tolerance: 0.04)
    let deviations = bootstrap.deviations(of: try series(values))
    #expect(deviations.rows == 20_000)
    let variance = deviations.storage.reduce(0) { $0 + $1 * $1 } / 20_000
    expectClose(variance, covariance.matrix[0, 0], tolerance: 1e-12)
  }

  @Test func seeds() throws {
    let series = try series(noise(100))
    func variance(_ seed: UInt64) throws -> Double {
      try series.covariance(.blockBootstrap(BlockBootstrap(seed: seed))).matrix[0, 0]
    }
    #expect(try variance(1) == variance(1))
    #expect(try variance(1) != variance(2))
  }

  /// Blocks stay inside runs: with runs of one constant value each, a block holds that value only,
  /// and lengths beyond a run's are cut to it.
  @Test func blocksStayInsideRuns() throws {
    let values = (0..<40).map { $0 < 20 ? 1.0 : -1.0 }
    let inRuns = try series(values, runs: [0..<20, 20..<40])
    let bootstrap = BlockBootstrap(blockLength: 30, replicates: 2000)
    let deviations = bootstrap.deviations(of: inRuns)
    // Two blocks of 20 rows: the mean moves by -1, 0 or 1, times √(40/39).
    let allowed = [-1.0, 0, 1].map { $0 * (40.0 / 39).squareRoot() }
    for value in deviations.storage {
      #expect(allowed.contains { abs($0 - value) < 1e-12 }, "\(value)")
    }
    expectClose(deviations.storage.reduce(0) { $0 + $1 * $1 } / 2000, 0.5, tolerance: 0.1)
  }
}
