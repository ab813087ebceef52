import LinearAlgebra
import Statistics
import TestSupport
import Testing

@Suite struct StudentTTests {
  /// Quantiles from scipy.stats.t.ppf((1 + level) / 2, dof), SciPy 1.17.
  @Test(arguments: [
    (1.0, 0.5, 1.0000000000000002),
    (1.0, 0.9, 6.313751514675037),
    (1.0, 0.99, 63.656741162871526),
    (2.5, 0.5, 0.7850136829922992),
    (2.5, 0.9, 2.5582186141359355),
    (2.5, 0.99, 7.163728138948783),
    (7.0, 0.5, 0.7111417780817866),
    (7.0, 0.9, 1.8945786050900062),
    (7.0, 0.99, 3.4994832973504924),
    (33.3, 0.5, 0.6819286969345992),
    (33.3, 0.9, 1.6919201816779494),
    (33.3, 0.99, 2.7317794841750676),
    (10000.0, 0.5, 0.6745142844835927),
    (10000.0, 0.9, 1.645006018069243),
    (10000.0, 0.99, 2.5763210466685282),
  ])
  func quantiles(degrees: Double, level: Double, expected: Double) {
    let distribution = StudentT(degreesOfFreedom: degrees)
    expectClose(distribution.twoSidedQuantile(level: level), expected, tolerance: 1e-10)
    expectClose(distribution.cumulative(expected), 0.5 + 0.5 * level, tolerance: 1e-12)
    expectClose(distribution.cumulative(-expected), 0.5 - 0.5 * level, tolerance: 1e-10)
  }
}

@Suite struct RobustScaleTests {
  @Test func quantiles() {
    #expect(RobustScale.quantile([1, 2, 3, 4], 0.5) == 2.5)
    #expect(RobustScale.quantile([1, 2, 3, 4], 1) == 4)
    #expect(RobustScale.quantile([5], 0.3) == 5)
  }

  /// Normal values give their standard deviation; a few outliers do not carry it away.
  @Test func normalValues() {
    var random = SeededGenerator(seed: 3)
    var values = (0..<20_000).map { _ in random.normal() }
    expectClose(RobustScale.standardDeviation(values), 1, tolerance: 0.03)
    for index in 0..<100 { values[index] = 1e6 }
    expectClose(RobustScale.standardDeviation(values), 1, tolerance: 0.05)
  }
}

@Suite struct ParameterCovarianceTests {
  /// Least squares without autocorrelation is the textbook s²(JᵀJ)⁻¹: line through y = 1, 3, 2, 5
  /// at x = 0…3, by hand: slope 1.1, intercept 1.1, RSS 2.7, s² 1.35, (JᵀJ)⁻¹ = [0.7 -0.3; -0.3 0.2].
  @Test func textbookLine() throws {
    let jacobian = Matrix(rows: 4, columns: 2, columnMajor: [1, 1, 1, 1, 0, 1, 2, 3])
    let residuals = [0.1, -0.8, 1.3, -0.6]
    let covariance = try #require(
      ParameterCovariance(
        jacobian: jacobian, residuals: residuals, scores: residuals,
        curvatures: [1, 1, 1, 1], inflation: 1))
    #expect(covariance.rank == 2)
    expectClose(covariance.matrix[0, 0], 1.35 * 0.7, tolerance: 1e-12)
    expectClose(covariance.matrix[0, 1], 1.35 * -0.3, tolerance: 1e-12)
    expectClose(covariance.matrix[1, 1], 1.35 * 0.2, tolerance: 1e-12)
    expectClose(covariance.standardErrors[1], (1.35 * 0.2).squareRoot(), tolerance: 1e-12)
  }

  @Test func dependentColumnsHaveNone() {
    let jacobian = Matrix(rows: 4, columns: 2, columnMajor: [1, 2, 3, 4, 2, 4, 6, 8])
    let residuals = [0.1, -0.1, 0.1, -0.1]
    #expect(
      ParameterCovariance(
        jacobian: jacobian, residuals: residuals, scores: residuals, curvatures: [1, 1, 1, 1],
        inflation: 1) == nil)
  }

  /// Coverage of nominal 90 % intervals for the mean of AR(1) noise, least squares and a Huber
  /// width well below the noise, 400 simulations of 300 values.
  @Test(arguments: [(0.0, 10.0), (0.5, 10.0), (0.9, 10.0), (0.0, 0.3), (0.5, 0.3)])
  func coverage(correlation: Double, width: Double) throws {
    var random = SeededGenerator(seed: 5)
    var inside = 0
    for _ in 0..<400 {
      var noise = [random.normal() / (1 - correlation * correlation).squareRoot()]
      for _ in 1..<300 { noise.append(correlation * noise[noise.count - 1] + random.normal()) }
      let location = huberLocation(noise, width: width)
      let residuals = noise.map { $0 - location }
      let autocorrelation = Autocorrelation(residuals, runs: [0..<300])
      let covariance = try #require(
        ParameterCovariance(
          jacobian: Matrix(rows: 300, columns: 1, repeating: 1), residuals: residuals,
          scores: residuals.map { min(max($0, -width), width) },
          curvatures: residuals.map { abs($0) <= width ? 1 : 0 },
          inflation: autocorrelation.varianceInflation))
      let degrees = max(covariance.effectiveCount - 1, 1)
      let quantile = StudentT(degreesOfFreedom: degrees).twoSidedQuantile(level: 0.9)
      if abs(location) <= quantile * covariance.standardErrors[0] { inside += 1 }
    }
    let share = Double(inside) / 400
    #expect(share > 0.85 && share < 0.96, "coverage \(share) at ρ \(correlation), width \(width)")
  }
}

/// The minimum of Σ Huber(x - m), by bisection on the score.
private func huberLocation(_ values: [Double], width: Double) -> Double {
  var (lower, upper) = (values.min() ?? 0, values.max() ?? 0)
  for _ in 0..<80 {
    let middle = 0.5 * (lower + upper)
    let score = values.reduce(0) { $0 + min(max($1 - middle, -width), width) }
    if score > 0 { lower = middle } else { upper = middle }
  }
  return 0.5 * (lower + upper)
}
