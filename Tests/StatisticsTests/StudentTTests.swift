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

  /// With infinite degrees of freedom it is the normal distribution: scipy.stats.norm.ppf(0.975).
  @Test func normal() {
    let distribution = StudentT(degreesOfFreedom: .infinity)
    expectClose(distribution.twoSidedQuantile(level: 0.95), 1.959963984540054, tolerance: 1e-11)
    expectClose(distribution.cumulative(-1.5), 0.06680720126885807, tolerance: 1e-12)
  }
}
