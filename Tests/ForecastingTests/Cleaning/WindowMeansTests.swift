import Foundation
import ScalingLaws
import Schedules
import Testing
import TrainingLogs

@testable import Forecasting

@Suite struct WindowMeansTests {
  private func loss(_ state: Double) -> Double { 2 + 5 * pow(state + 1, -0.5) }

  /// Rows every `window` steps with the mean of the states before each of its updates.
  private func run(window: Int, isStated: Bool? = true) -> Run {
    let steps = stride(from: window, through: 4000, by: window).map { $0 }
    let means = steps.map { step in
      ((step - window)..<step).map { loss(Double($0)) }.reduce(0, +) / Double(window)
    }
    return Run(
      name: "r", file: "r.json", steps: steps.map(Double.init),
      series: [Series(name: "loss", role: .trainLoss, values: means)], lossName: "loss",
      lossIsWindowMean: isStated)
  }

  /// The law at the place of a row differs from its mean over the window by L''·w²/24, the shift of
  /// half a step that whole positions leave, and terms of higher order.
  @Test(arguments: [9, 25, 101]) func rowsStandAtTheMiddleOfTheirWindow(window: Int) throws {
    let trajectory = try Trajectory(run: run(window: window))
    #expect(trajectory.positions.count == 4000 / window)
    for (position, mean) in zip(trajectory.positions, trajectory.losses).dropFirst(3) {
      let state = Double(position)
      let curvature = 5 * 0.75 * pow(state + 1, -2.5)
      let expected = curvature * Double(window * window - 1) / 24
      #expect(abs(mean - loss(state) - expected) < 0.2 * expected + 1e-12)
    }
    #expect(trajectory.cleaning.map(\.kind) == [.windows])
    #expect(trajectory.cleaning[0].shift == Double(window + 1) / 2)
  }

  /// A fit of such rows gives the law back, which rows at the ends of windows do not.
  @Test func theLawIsFittedAtTheMiddles() throws {
    func exponent(_ selection: RowSelection) throws -> Double {
      var trajectory = try Trajectory(run: run(window: 100), selection: selection)
      trajectory = trajectory.starting(at: 200)
      let fit = JointFit(law: PowerLaw(clock: .steps))
      let model = try fit.fit([trajectory], hashes: [""], leavingOutTransient: false)
      return try #require(model.parameters.first { $0.name == "alpha" }?.value)
    }
    let middle = abs(try exponent(RowSelection()) - 0.5)
    let end = abs(try exponent(RowSelection(kept: [.windows])) - 0.5)
    print("errors of the exponent: \(middle) at middles, \(end) at ends")
    #expect(middle < 0.01 && end > 5 * middle)
  }

  /// Other losses, validation losses and rows of every step stay where they are.
  @Test func otherRowsStay() throws {
    #expect(try Trajectory(run: run(window: 10, isStated: nil)).positions.first == 10)
    #expect(try Trajectory(run: run(window: 10, isStated: false)).cleaning.isEmpty)
    #expect(try Trajectory(run: run(window: 1)).cleaning.isEmpty)
    var validation = run(window: 10)
    validation.series[0].role = .validationLoss
    #expect(try Trajectory(run: validation).positions.first == 10)
    let kept = try Trajectory(run: run(window: 10), selection: RowSelection(kept: [.windows]))
    #expect(kept.positions.first == 10 && kept.cleaning.map(\.isTreated) == [false])
  }

  /// A row behind missing ones averages its own window only.
  @Test func missingRowsWidenNoWindow() throws {
    var gap = run(window: 10)
    gap.steps.removeSubrange(100..<150)
    gap.series[0].values.removeSubrange(100..<150)
    let positions = try Trajectory(run: gap).positions
    #expect(gap.steps[100] == 1510)
    #expect(positions[100] == Int((1510 - 5.5).rounded()))
  }
}
