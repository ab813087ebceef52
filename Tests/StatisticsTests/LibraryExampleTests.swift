import Foundation
import LeastSquares
import Statistics
import TestSupport
import Testing

@Suite struct LibraryExampleTests {
  /// The calls that the README shows for curves of any kind.
  @Test func exampleOfTheReadme() throws {
    var random = SeededGenerator(seed: 12)
    let times = (0..<200).map { 0.1 * Double($0) }
    let values = times.map { 3 * exp(-0.4 * $0) + 0.01 * random.normal() }
    let decay = FunctionProblem(parameterCount: 2, residualCount: times.count) { p, row in
      p[0] * exp(-p[1] * times[row]) - values[row]
    }
    let report = LevenbergMarquardt().minimize(decay, from: [1, 0.1])
    let covariance = try ScoreSeries(decay, at: report.parameters).covariance(.recommended)
    let interval = try #require(
      covariance.interval(of: 1, estimate: report.parameters[1], level: 0.95))
    #expect(report.termination.isSuccess)
    #expect(interval.lower < 0.4 && 0.4 < interval.upper)
    #expect(interval.upper - interval.lower < 0.01)
  }
}
