import Foundation
import LeastSquares
import ScalingLaws
import Schedules

/// Times fits for `fit.py`, which lets SciPy do the same.
///
/// `FitBenchmark DIRECTORY CASE [JOBS]` writes the case's rows to the directory, fits them, and prints
/// one JSON line. Times are CPU seconds, medians, unless named otherwise.
@main
enum FitBenchmark {
  static let start = [2.0, 1.0, 0.05, 0.4]

  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 3 else {
      print(
        "usage: FitBenchmark DIRECTORY one-N|batch|default|chinchilla|multi-power|pass-N [JOBS]")
      return
    }
    let (directory, name) = (arguments[1], arguments[2])
    let jobs = arguments.count > 3 ? Int(arguments[3]) ?? 1 : 1
    let result: [String: Any]
    switch name {
    case "batch": result = try await batch(directory, jobs: jobs)
    case "default": result = try defaultJob(directory)
    case "multi-power": result = try MultiPower.run(directory)
    case "chinchilla": result = try Chinchilla.run(directory)
    default:
      let rows = Int(name.split(separator: "-").last ?? "") ?? 10_000
      result = try one(directory, rows: rows)
    }
    let line = try JSONSerialization.data(withJSONObject: result, options: [.sortedKeys])
    print(String(decoding: line, as: UTF8.self))
  }

  /// One fit of λ given, from logarithms to covariance-ready report, and the cost of a pass.
  static func one(_ directory: String, rows: Int) throws -> [String: Any] {
    let data = AnnealingRows(rows: rows, seed: 1)
    try data.write(to: "\(directory)/one-\(rows).f64")
    let repeats = max(5, min(50_001, 20_000_000 / rows))
    var report = fit(data)
    let seconds = median(repeats) { report = fit(data) }
    return [
      "rows": rows, "seconds": seconds, "passes": report.evaluations,
      "nanosecondsPerRowAndPass": 1e9 * seconds / Double(rows * report.evaluations),
      "cost": report.cost, "parameters": report.parameters,
    ]
  }

  static func fit(_ rows: AnnealingRows) -> LeastSquaresReport {
    let model = FixedDecayModel(forward: rows.forward, annealing: rows.annealing)
    return LevenbergMarquardt().minimize(
      SeparableProblem(model: model, targets: rows.losses), from: start)
  }

  /// 1,000 runs of 2,000 rows.
  static func batch(_ directory: String, jobs: Int) async throws -> [String: Any] {
    let runs = (0..<1000).map { AnnealingRows(rows: 2000, seed: UInt64($0)) }
    for index in 0..<50 { try runs[index].write(to: "\(directory)/batch-\(index).f64") }
    let begin = ContinuousClock.now
    let cpu = clock()
    let reports = await FitBatch(jobs: jobs).map(runs) { fit($0) }
    let wall = begin.duration(to: .now)
    let costs = try reports.prefix(50).map { try $0.get().cost }
    return [
      "jobs": jobs, "seconds": Double(clock() - cpu) / Double(CLOCKS_PER_SEC),
      "wallSeconds": Double(wall.components.attoseconds) * 1e-18
        + Double(wall.components.seconds),
      "costs": costs,
    ]
  }

  /// λ and α free, Huber on log losses, scan included: three runs of 150 rows each.
  static func defaultJob(_ directory: String) throws -> [String: Any] {
    let data = try ThreeRuns()
    try data.write(to: "\(directory)/default.f64")
    var fit = try LawFitter(law: AnnealingLaw()).fit(data.losses, at: data.rows)
    var failure: (any Error)?
    let seconds = median(301) {
      do { fit = try LawFitter(law: AnnealingLaw()).fit(data.losses, at: data.rows) } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return [
      "seconds": seconds, "cost": fit.report.cost,
      "parameters": AnnealingLaw().parameters(fromCoordinates: fit.coordinates),
      "rows": data.losses.count,
    ]
  }

  static func median(_ repeats: Int, _ body: () -> Void) -> Double {
    let seconds = (0..<repeats).map { _ in
      let begin = clock()
      body()
      return Double(clock() - begin) / Double(CLOCKS_PER_SEC)
    }
    return seconds.sorted()[repeats / 2]
  }
}
