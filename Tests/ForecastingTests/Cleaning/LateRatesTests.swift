import Foundation
import Schedules
import Testing
import TrainingLogs

@testable import Forecasting

@Suite struct LateRatesTests {
  /// What `LambdaLR` of PyTorch gives at the k-th call of a linear warm-up over 100 calls.
  private func warmup(_ call: Int) -> Double { 1e-3 * min(1, Double(call) / 100) }

  /// Rounded to nine decimals, as logs print rates.
  private func printed(_ rate: Double) -> Double {
    (rate * 1e9).rounded() / 1e9
  }

  private func lag(steps: [Int], _ rate: (Int) -> Double) -> Int? {
    LateRates.lag(steps: steps, rates: steps.map { printed(rate($0)) })
  }

  @Test func rowsLoggedBeforeTheScheduleSteps() {
    // Update s, counted from 1, has call s - 1.
    #expect(lag(steps: Array(1...300)) { warmup($0 - 1) } == 1)
    #expect(lag(steps: Array(stride(from: 10, through: 300, by: 10))) { warmup($0 - 1) } == 1)
    // Each row has the rate of the row before.
    #expect(
      lag(steps: Array(stride(from: 10, through: 300, by: 10))) { warmup($0 - 10) } == 10)
  }

  @Test func ratesInTimeAreLeftAlone() {
    // transformers: the rate after `scheduler.step()`, of the next update.
    #expect(lag(steps: Array(1...300), warmup) == nil)
    #expect(lag(steps: Array(stride(from: 10, through: 300, by: 10)), warmup) == nil)
    // nanoGPT: peak * (it + 1) / (warmup_iters + 1), iterations from 0.
    #expect(lag(steps: Array(0...300)) { 1e-3 * min(1, Double($0 + 1) / 101) } == nil)
    // A warm-up from a rate above 0, a cosine one, none, and one of two rows.
    #expect(lag(steps: Array(1...300)) { 1e-4 + 0.9 * warmup($0) } == nil)
    #expect(
      lag(steps: Array(1...300)) { 1e-3 * (1 - cos(Double.pi * warmup($0 - 1) / 1e-3)) } == nil)
    #expect(lag(steps: Array(1...300)) { 1e-3 - 1e-6 * Double($0) } == nil)
    #expect(lag(steps: [50, 100, 150]) { warmup($0 - 1) } == nil)
    #expect(LateRates.lag(steps: [], rates: []) == nil)
  }

  @Test func latePathsAreTakenBack() throws {
    let steps = (1...300).map(Double.init)
    let run = Run(
      name: "r", file: "r.csv", steps: steps,
      series: [
        Series(name: "loss", role: .trainLoss, values: steps.map { 2 + 1 / $0 }),
        Series(name: "lr", role: .learningRate, values: steps.map { warmup(Int($0) - 1) }),
      ], lossName: "loss")
    let trajectory = try Trajectory(run: run)
    #expect(trajectory.path?.warmupEnd == 100)
    #expect(trajectory.path?.learningRate(at: 50) == warmup(50))
    #expect(trajectory.cleaning.map(\.kind) == [.lateRates])
    #expect(trajectory.warnings.first?.contains("logged 1 step late") == true)
    let kept = try Trajectory(run: run, selection: RowSelection(kept: [.lateRates]))
    #expect(kept.path?.warmupEnd == 101)
    #expect(kept.path?.learningRate(at: 50) == warmup(49))
    #expect(kept.cleaning.map(\.isTreated) == [false])
  }
}
