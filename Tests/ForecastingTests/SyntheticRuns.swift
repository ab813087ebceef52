import Forecasting
import Foundation
import Schedules
import TestSupport
import Testing
import TrainingLogs

/// Runs whose losses follow the annealing law, with noise.
enum SyntheticRuns {
  static let truth = ["L0": 2.5, "A": 0.9, "C": 0.6, "alpha": 0.5, "lambda": 0.998]

  /// Three schedules of 6,000 steps with peak 1e-3: constant, a linear decay, a drop.
  static let schedules = [
    "peak=1e-3,warmup:100,stable:5900", "peak=1e-3,warmup:100,stable:3900,decay:2000",
    "peak=1e-3,warmup:100,stable:3000,stable:2900:at=0.3x",
  ]

  /// A run with a row every `spacing` steps.
  ///
  /// The log loss gets AR(1) noise of that standard deviation and correlation, the loss
  /// `transient` · exp(-step/150).
  static func run(
    _ text: String, name: String = "run", spacing: Int = 60, noise: Double = 0,
    correlation: Double = 0, transient: Double = 0, using random: inout SeededGenerator
  ) throws -> Run {
    let schedule = try Schedule(parsing: text)
    let last = try #require(schedule.totalSteps)
    let positions = Array(stride(from: spacing, through: last, by: spacing))
    let areas = LearningRateAreas(
      path: schedule.path(through: last), positions: positions, warmup: .actual)
    let annealing = areas.annealing(decay: 0.998)
    var drift = random.normal()
    let losses = positions.indices.map { index -> Double in
      drift =
        correlation * drift + (1 - correlation * correlation).squareRoot() * random.normal()
      let early = transient * exp(-Double(positions[index]) / 150)
      let loss = 2.5 + 0.9 / areas.forward[index].squareRoot() - 0.6 * annealing[index] + early
      return loss * exp(noise * drift)
    }
    return Run(
      name: name, file: "\(name).csv", steps: positions.map(Double.init),
      series: [
        Series(name: "loss", role: .trainLoss, values: losses),
        Series(
          name: "lr", role: .learningRate, values: positions.map { schedule.learningRate(at: $0) }),
      ], lossName: "loss")
  }

  /// The three runs, each located on its exact schedule.
  static func trajectories(
    noise: Double = 0, correlation: Double = 0, transient: Double = 0,
    using random: inout SeededGenerator
  ) throws -> [Trajectory] {
    try schedules.enumerated().map { index, text in
      try Trajectory(
        run: run(
          text, name: "run\(index)", noise: noise, correlation: correlation, transient: transient,
          using: &random),
        schedule: Schedule(parsing: text))
    }
  }
}
