import Forecasting
import Foundation
import LeastSquares
import LinearAlgebra
import ScalingLaws
import Schedules
import TestSupport
import Testing
import TrainingLogs

/// Runs whose losses follow the noise-floor law, located on their schedules.
private func trajectories(
  _ schedules: [String], sizes: [Double?] = [nil], noise: Double = 1e-3, seed: UInt64 = 1
) throws -> [Trajectory] {
  var random = SeededGenerator(seed: seed)
  let law = NoiseFloorLaw()
  return try sizes.flatMap { size in
    try schedules.enumerated().map { index, text in
      let schedule = try Schedule(parsing: text)
      let last = try #require(schedule.totalSteps)
      let positions = Array(stride(from: 50, through: last, by: 50))
      let rows = LawRows(
        segments: [
          .init(
            positions: positions, path: schedule.path(through: last),
            facts: RunFacts(modelSize: size))
        ], warmup: .actual)
      let theta = [log(0.5), 0.6, 0.75, log(0.005), log(0.2), 0.5, 2e-3]
      let basis = law.basis(for: rows).basis(at: theta).functions
      let losses = positions.indices.map { row -> Double in
        let clean =
          2 + 20 * basis[row, 1] + 0.2 * basis[row, 2] + 3000 * basis[row, 3]
          + 2 * basis[row, 4]
        return clean * exp(noise * random.normal())
      }
      let run = Run(
        name: "run\(index)", file: "run\(index).csv", steps: positions.map(Double.init),
        series: [Series(name: "loss", role: .trainLoss, values: losses)], lossName: "loss")
      var trajectory = try Trajectory(run: run, schedule: schedule)
      trajectory.facts.modelSize = size
      return trajectory
    }
  }
}

private func fit(
  _ runs: [Trajectory], usesPriors: Bool = true, fixed: [String: Double] = [:]
) throws -> FittedLaw {
  try JointFit(law: NoiseFloorLaw(), fixed: fixed, usesPriors: usesPriors).fit(
    runs, hashes: runs.map { _ in "" }, leavingOutTransient: false)
}

private let constant = "peak=1e-3,warmup:100,stable:5900"
private let decays = [
  constant, "peak=1e-3,warmup:100,stable:3900,decay:2000",
  "peak=2e-3,warmup:100,stable:2900,decay:1500", "peak=2e-3,warmup:100,stable:5900",
]

@Suite struct NoiseFloorFitTests {
  private func parameter(_ name: String, of model: FittedLaw) throws -> FittedParameter {
    try #require(model.parameters.first { $0.name == name })
  }

  /// From a constant rate a constant rate can be forecast, with a finite interval; nothing else.
  @Test func constantRateForecastsItself() throws {
    let model = try fit(try trajectories([constant]))
    #expect(
      model.parameters.filter { $0.role == .unidentified }.map(\.name)
        == ["C", "B", "delta", "forgetting", "beta"])
    #expect(model.identifiability.unused == ["B", "beta"])
    #expect(model.warnings.contains { $0.contains("say nothing about C, delta, forgetting") })
    #expect(!model.warnings.contains { $0.contains("beta") })
    let forecaster = try Forecaster(model: model)
    func path(_ text: String) throws -> LearningRatePath {
      try Schedule(parsing: text).path(through: 9000)
    }
    let curve = try forecaster.forecast(at: [6000, 9000], path: try path("peak=1e-3,stable:9000"))
    for row in 0..<2 {
      #expect(curve.lower[row] < curve.predicted[row] && curve.predicted[row] < curve.upper[row])
      #expect(curve.upper[row] - curve.lower[row] < 0.2 * curve.predicted[row])
    }
    // Another constant rate has no need of the floor's memory, a decay has.
    #expect(throws: ForecastError.unidentified(parameters: ["C", "delta"])) {
      try forecaster.forecast(at: [9000], path: try path("peak=2e-3,stable:9000"))
    }
    #expect(throws: ForecastError.unidentified(parameters: ["C", "delta", "forgetting"])) {
      try forecaster.forecast(at: [9000], path: try path("peak=1e-3,stable:8000,decay:1000"))
    }
    #expect(throws: ForecastError.unidentified(parameters: ["B", "beta"])) {
      let sized = try trajectories([decays[0], decays[1]], sizes: [5e7])
      _ = try Forecaster(model: try fit(sized)).forecast(
        at: [9000], path: try path("peak=1e-3,stable:9000"), facts: RunFacts(modelSize: 2e8))
    }
  }

  /// Runs of several peaks tell what another peak does.
  @Test func otherPeaksAreForecastFromSeveral() throws {
    let forecaster = try Forecaster(model: try fit(try trajectories([decays[0], decays[3]])))
    let path = try Schedule(parsing: "peak=1.5e-3,stable:6000").path(through: 6000)
    let curve = try forecaster.forecast(at: [6000], path: path)
    #expect(curve.predicted[0].isFinite && curve.lower[0] < curve.upper[0])
    #expect(forecaster.warnings(lastPosition: 6000, path: path).isEmpty)
  }

  /// A model of several sizes does not forecast a run of unknown size.
  @Test func sizeIsNeededWhereItWasFitted() throws {
    let model = try fit(try trajectories([decays[0], decays[1]], sizes: [5e7, 4e8]))
    #expect(model.parameters.allSatisfy { $0.role != .unidentified })
    let forecaster = try Forecaster(model: model)
    let path = try Schedule(parsing: constant).path(through: 6000)
    #expect(throws: ForecastError.missingInput(.modelSize)) {
      try forecaster.forecast(at: [6000], path: path)
    }
    let small = try forecaster.forecast(at: [6000], path: path, facts: RunFacts(modelSize: 5e7))
    let large = try forecaster.forecast(at: [6000], path: path, facts: RunFacts(modelSize: 4e8))
    #expect(small.predicted[0] > large.predicted[0] + 0.2)
  }

  /// A standard error never exceeds its prior's, and is the prior's where the rows say nothing.
  @Test func priorShares() throws {
    for runs in [[constant], [decays[0], decays[1]], decays] {
      let model = try fit(try trajectories(runs))
      for (name, prior) in [("kappa", 0.25), ("delta", 0.2)] {
        let found = try parameter(name, of: model)
        guard let error = found.standardError else { continue }
        #expect(error <= 1.01 * prior, "\(runs.count) runs, \(name)")
        expectClose(
          try #require(found.priorShare), min(error * error / (prior * prior), 1),
          tolerance: 1e-6)
      }
      #expect(try parameter("A", of: model).priorShare == nil)
    }
    // Without a warm-up one constant rate says nothing of κ.
    let one = try fit(try trajectories(["peak=1e-3,stable:6000"]))
    #expect(try parameter("kappa", of: one).isMostlyPrior)
    expectClose(try #require(try parameter("kappa", of: one).standardError), 0.25, tolerance: 0.05)
    let many = try fit(try trajectories(decays, noise: 1e-4))
    #expect(!(try parameter("kappa", of: many).isMostlyPrior))
    let free = try fit(try trajectories(decays), usesPriors: false)
    #expect(free.parameters.allSatisfy { $0.priorShare == nil })
  }

  /// What the law holds is said to be fixed.
  @Test func heldParametersAreFixed() throws {
    let model = try fit(try trajectories(decays), fixed: ["kappa": 1, "D": 0])
    let fixed = model.parameters.filter { $0.role == .fixed }
    #expect(fixed.map(\.name) == ["D", "kappa", "mu", "reference"])
    #expect(fixed.compactMap(\.value) == [0, 1, 0.5, 2e-3])
    #expect(fixed.allSatisfy { $0.standardError == nil && $0.priorShare == nil })
  }
}
