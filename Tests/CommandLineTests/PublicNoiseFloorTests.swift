import Foundation
import TestSupport
import Testing

/// The noise-floor law on the collection of public curves, with default options.
@Suite(
  .enabled(
    if: Fixtures.shared("curves/tasks.json") != nil,
    "needs the optional collection of public curves, ../shared/curves"))
struct PublicNoiseFloorTests {
  /// The mean of a measure over the runs of each case, by the case's name or its task's.
  private func means(
    _ report: [String: Any], _ measure: (([String: Any]) -> Double?)
  ) throws -> [String: Double] {
    var means: [String: Double] = [:]
    for task in try #require(report["tasks"] as? [[String: Any]]) {
      let law = try #require((task["laws"] as? [[String: Any]])?.first)
      let cases = try #require(law["cases"] as? [[String: Any]])
      for question in cases {
        let runs = try #require(question["runs"] as? [[String: Any]])
        let values = try runs.map { try #require(measure($0)) }
        let name = cases.count > 1 ? question["name"] : task["name"]
        means[try #require(name as? String)] = values.reduce(0, +) / Double(values.count)
      }
    }
    return means
  }

  private func report(_ options: [String] = []) throws -> [String: Any] {
    let folder = try #require(Fixtures.shared("curves"))
    let outcome = try CommandLineTool()(
      ["benchmark", "\(folder)/tasks.json", "--laws", "noise-floor", "--json"] + options)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try outcome.json()
  }

  @Test func forecasts() throws {
    let report = try report()
    let means = try means(report) { $0["meanError"] as? Double }
    let most = [
      "25M": 0.0015, "100M": 0.0012, "pub_124M_shapes": 0.0013, "pub_124M_horizon": 0.0019,
      "pub_small_sizes": 0.0045,
    ]
    #expect(Set(means.keys) == Set(most.keys))
    for (name, mean) in means { #expect(mean <= most[name] ?? 0, "\(name)") }
    let overall = try #require((report["overall"] as? [[String: Any]])?.first)
    #expect(try #require(overall["finalError"] as? Double) <= 0.0025)
    #expect(overall["runs"] as? Int == 27)
  }

  /// PredE and WorstE of the multi-power-law paper.
  @Test func wholeCurves() throws {
    let report = try report(["--whole-curves"])
    let means = try means(report) { $0["meanError"] as? Double }
    let worst = try self.means(report) { $0["worstError"] as? Double }
    for (name, mean, largest) in [("25M", 0.0011, 0.004), ("100M", 0.0012, 0.005)] {
      #expect(try #require(means[name]) <= mean)
      #expect(try #require(worst[name]) <= largest)
    }
  }

  /// Without powers of the rate the forecasts are worse over all tasks.
  @Test(arguments: [["kappa=1"], ["delta=1"], ["kappa=1", "delta=1", "mu=0", "D=0"]])
  func partsAreNeeded(fixed: [String]) throws {
    func mean(_ options: [String]) throws -> Double {
      let overall = try #require((try report(options)["overall"] as? [[String: Any]])?.first)
      return try #require(overall["meanError"] as? Double)
    }
    #expect(try mean(fixed.flatMap { ["--fix", $0] }) > 1.1 * mean([]))
  }
}
