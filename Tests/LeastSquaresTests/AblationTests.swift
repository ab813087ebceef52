import Dispatch
import Foundation
import LeastSquares
import Synchronization
import Testing

/// What single options of the solver are worth on the NIST problems, as a table for the article on how
/// the fitter works: `LOSSCAST_ABLATION=1 swift test -c release --filter AblationTests`.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["LOSSCAST_ABLATION"] != nil))
struct AblationTests {
  private struct Variant {
    var name: String
    var change: @Sendable (inout LevenbergMarquardtOptions) -> Void
  }

  private let variants = [
    Variant(name: "default") { _ in },
    Variant(name: "without polish") { $0.polishThreshold = 0 },
    Variant(name: "tolerances 1e-8, without polish") {
      $0.polishThreshold = 0
      $0.relativeCostTolerance = 1e-8
      $0.relativeStepTolerance = 1e-8
    },
    Variant(name: "first radius 0.1 times") { $0.initialRadiusFactor = 0.1 },
    Variant(name: "first radius 100 times") { $0.initialRadiusFactor = 100 },
    Variant(name: "at most 200 iterations") { $0.maximumIterations = 200 },
  ]

  @Test func options() throws {
    let problems = try NISTProblem.all()
    let symmetries = try NISTSymmetries.read()
    let perturbed = try PerturbedNISTTests.readStarts()
    print("| variant | ≥ 4 digits | ≥ 8 | least | median | passes | perturbed starts solved |")
    print("|---|---|---|---|---|---|---|")
    for variant in variants {
      var solver = LevenbergMarquardt()
      variant.change(&solver.options)
      let reports = problems.flatMap { problem in
        problem.starts.map { (problem, solver.minimize(problem.problem, from: $0)) }
      }
      let digits = reports.map { correctDigits($1.parameters, $0.optimum) }.sorted()
      let passes = reports.reduce(0) { $0 + $1.1.evaluations } / reports.count
      let solved = Atomic<Int>(0)
      let fixed = solver
      DispatchQueue.concurrentPerform(iterations: perturbed.count) { index in
        guard let problem = problems.first(where: { $0.name == perturbed[index].name }) else {
          return
        }
        let report = fixed.minimize(problem.problem, from: perturbed[index].parameters)
        if symmetries.correctDigits(report.parameters, of: problem) >= 6 {
          solved.add(1, ordering: .relaxed)
        }
      }
      let share = 100 * Double(solved.load(ordering: .relaxed)) / Double(perturbed.count)
      print(
        "| \(variant.name) | \(digits.count { $0 >= 4 }) | \(digits.count { $0 >= 8 }) |",
        String(format: "%.1f | %.1f |", digits[0], 0.5 * (digits[26] + digits[27])),
        "\(passes) |", String(format: "%.1f %% |", share))
    }
    #expect(problems.count == 27)
  }
}
