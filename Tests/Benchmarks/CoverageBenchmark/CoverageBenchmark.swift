import CoverageSimulation
import LeastSquares
import Statistics

/// Prints the tables of `docs/accuracy.md` on how often intervals hold the truth.
///
/// The first argument is the number of simulations for each column, 500 by default; the second those
/// of profile intervals, 200 by default.
@main
enum CoverageBenchmark {
  static let estimators: [(String, CovarianceEstimator)] = [
    ("naive", .naive),
    ("heteroscedastic (HC1)", .heteroscedastic),
    ("Newey–West, textbook lag", .neweyWest(.textbook)),
    ("Newey–West, Andrews' bandwidth", .neweyWest(.andrews)),
    ("prewhitened Newey–West", .prewhitenedNeweyWest),
    ("block bootstrap", .blockBootstrap(BlockBootstrap(replicates: 399))),
    ("first-order autoregression", .autoregressive(.fixed(1))),
    ("autoregression, order found (recommended)", .recommended),
  ]

  static let columns: [(Int, SimulatedNoise)] = [
    (2000, .autoregressive(0)), (2000, .autoregressive(0.5)), (2000, .autoregressive(0.9)),
    (2000, .autoregressive(0.98)), (2000, .mixed(0.95)), (500, .autoregressive(0)),
    (500, .autoregressive(0.9)), (500, .autoregressive(0.98)), (500, .mixed(0.95)),
  ]

  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
    let simulations = arguments.first ?? 500
    for (title, loss) in [
      ("Least squares", RobustLoss.leastSquares), ("Huber, width 0.001", .huber(width: 1e-3)),
    ] {
      let shares = try columns.map { rows, noise in
        try CoverageSimulation(rows: rows, noise: noise, simulations: simulations, loss: loss)
          .coverage(estimators.map(\.1))
      }
      table(title, rows: estimators.map(\.0), columns: columns.map { "\($0.0): \($0.1.name)" }) {
        percent(shares[$1][$0])
      }
    }
    let count = arguments.dropFirst().first ?? 200
    let noises: [SimulatedNoise] = [.autoregressive(0), .autoregressive(0.9)]
    let kinds: [(String, CovarianceEstimator)] = [
      ("naive rise", .naive), ("rise inflated by the recommended estimator", .recommended),
    ]
    let profiles = try noises.map { noise in
      try kinds.map {
        try CoverageSimulation(rows: 2000, noise: noise, simulations: count).profileCoverage($0.1)
      }
    }
    table("Profile", rows: kinds.map(\.0), columns: noises.map { "2000: \($0.name)" }) {
      let result = profiles[$1][$0]
      return "\(percent(result.coverage)) (\((10 * result.evaluations).rounded() / 10) passes)"
    }
  }

  static func table(
    _ title: String, rows: [String], columns: [String], cell: (Int, Int) -> String
  ) {
    print("| \(title) | " + columns.joined(separator: " | ") + " |")
    print("|---" + String(repeating: "|---", count: columns.count) + "|")
    for (row, name) in rows.enumerated() {
      print("| \(name) | " + columns.indices.map { cell(row, $0) }.joined(separator: " | ") + " |")
    }
    print()
  }

  static func percent(_ share: Double) -> String {
    let tenths = Int((1000 * share).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
