import Forecasting
import Foundation
import ScalingLaws
import Schedules
import TestSupport
import Testing
import TrainingLogs

private let hashes = ["a", "b", "c"]

@Suite struct JointFitTests {
  @Test func noiselessRunsGiveTheLawBack() throws {
    var random = SeededGenerator(seed: 1)
    let trajectories = try SyntheticRuns.trajectories(using: &random)
    let model = try JointFit(law: AnnealingLaw()).fit(
      trajectories, hashes: hashes, leavingOutTransient: true)
    #expect(model.transientEnd == nil)
    for parameter in model.parameters {
      let truth = try #require(SyntheticRuns.truth[parameter.name])
      expectClose(try #require(parameter.value), truth, tolerance: 1e-7, "\(parameter.name)")
    }
    #expect(model.data.map(\.rows) == [99, 99, 99])
    #expect(model.data[0].steps == [120, 6000])
    #expect(model.warnings.isEmpty)
  }

  /// A fit to one size forecasts that size, and refuses another, for which it knows no size term.
  @Test func otherSizesNeedSizesFitted() throws {
    var random = SeededGenerator(seed: 3)
    var trajectories = try SyntheticRuns.trajectories(using: &random)
    for index in trajectories.indices { trajectories[index].facts.modelSize = 1e8 }
    let model = try JointFit(law: SizedAnnealingLaw()).fit(
      trajectories, hashes: hashes, leavingOutTransient: false)
    let forecaster = try Forecaster(model: model)
    let run = trajectories[1]
    let curve = try forecaster.forecast(at: [6000], path: run.path)
    expectClose(curve.predicted[0], try #require(run.losses.last), tolerance: 1e-7)
    #expect(throws: ForecastError.unidentified(parameters: ["B", "gamma"])) {
      try forecaster.forecast(at: [6000], path: run.path, facts: RunFacts(modelSize: 2e8))
    }
    trajectories[0].facts.modelSize = 2e8
    trajectories[1].facts.modelSize = 2e8
    let twoSizes = try Forecaster(
      model: JointFit(law: SizedAnnealingLaw()).fit(
        trajectories, hashes: hashes, leavingOutTransient: false))
    #expect(throws: ForecastError.unidentified(parameters: ["beta"])) {
      try twoSizes.forecast(at: [6000], path: run.path, facts: RunFacts(modelSize: 3e8))
    }
    #expect(throws: Never.self) {
      try twoSizes.forecast(at: [6000], path: run.path, facts: RunFacts(modelSize: 2e8))
    }
  }

  /// Nominal 90 % intervals of the parameters cover the truth under AR(1) noise.
  ///
  /// Over 300 seeds the shares are 0.89 and 0.93; thirty seeds, whose parameters go together, scatter by some 0.06.
  @Test(arguments: [0.0, 0.6])
  func intervalsCover(correlation: Double) throws {
    var inside = 0
    var total = 0
    for seed in 0..<30 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let trajectories = try SyntheticRuns.trajectories(
        noise: 2e-3, correlation: correlation, using: &random)
      let model = try JointFit(law: AnnealingLaw()).fit(
        trajectories, hashes: hashes, leavingOutTransient: false)
      for parameter in model.parameters {
        let truth = try #require(SyntheticRuns.truth[parameter.name])
        let lower = try #require(parameter.lower)
        let upper = try #require(parameter.upper)
        if parameter.name == "lambda" { #expect(lower > 0 && upper < 1) }
        inside += lower <= truth && truth <= upper ? 1 : 0
        total += 1
      }
    }
    let share = Double(inside) / Double(total)
    #expect(share > 0.78 && share < 0.99, "coverage \(share)")
  }

  @Test func earlyTransientIsFoundAndLeftOut() throws {
    var random = SeededGenerator(seed: 2)
    let trajectories = try SyntheticRuns.trajectories(
      noise: 1e-3, transient: 1.5, using: &random)
    let joint = JointFit(law: AnnealingLaw())
    let model = try joint.fit(trajectories, hashes: hashes, leavingOutTransient: true)
    let end = try #require(model.transientEnd)
    #expect(end >= 300 && end <= 1200)
    #expect(model.transientRemark?.contains("\(end)") == true)
    expectClose(try #require(model.parameters[0].value), 2.5, tolerance: 0.02)
    let whole = try joint.fit(trajectories, hashes: hashes, leavingOutTransient: false)
    #expect(whole.transientEnd == nil)
    #expect(whole.residuals.relativeScale > 1.1 * model.residuals.relativeScale)
  }

  @Test func constantRateLeavesAnnealingUnidentified() throws {
    var random = SeededGenerator(seed: 3)
    let trajectory = try SyntheticRuns.trajectories(noise: 1e-3, using: &random)[0]
    let model = try JointFit(law: AnnealingLaw()).fit(
      [trajectory], hashes: ["a"], leavingOutTransient: false)
    let unidentified = model.parameters.filter { $0.role == .unidentified }
    #expect(unidentified.map(\.name) == ["C", "lambda"])
    #expect(unidentified.allSatisfy { $0.value == nil && $0.standardError == nil })
    #expect(model.warnings.contains { $0.contains("say nothing about C, lambda") })
    let forecaster = try Forecaster(model: model)
    let constant = try Schedule(parsing: "peak=1e-3,warmup:100,stable:9900").path(through: 10_000)
    let forecast = try forecaster.forecast(at: [10_000], path: constant)
    expectClose(forecast.predicted[0], 2.5 + 0.9 / 9.9505.squareRoot(), tolerance: 3e-3)
    let decay = try Schedule(parsing: "peak=1e-3,warmup:100,stable:900,decay:100").path(
      through: 1100)
    #expect(throws: ForecastError.unidentified(parameters: ["C", "lambda"])) {
      try forecaster.forecast(at: [1100], path: decay)
    }
  }

  @Test func mixedPeaksAreWarnedOf() throws {
    var random = SeededGenerator(seed: 4)
    let schedules = [
      "peak=1e-3,warmup:100,stable:2900,decay:1000", "peak=2e-3,warmup:100,stable:3900",
    ]
    let trajectories = try schedules.map { text in
      try Trajectory(
        run: SyntheticRuns.run(text, noise: 1e-3, using: &random),
        schedule: Schedule(parsing: text))
    }
    let model = try JointFit(law: AnnealingLaw()).fit(
      trajectories, hashes: ["a", "b"], leavingOutTransient: false)
    #expect(model.warnings.contains { $0.contains("different peak learning rates") })
  }

  @Test func fixedParametersHaveNoError() throws {
    var random = SeededGenerator(seed: 5)
    let trajectories = try SyntheticRuns.trajectories(noise: 1e-3, using: &random)
    let model = try JointFit(law: AnnealingLaw(), fixed: ["lambda": 0.998]).fit(
      trajectories, hashes: hashes, leavingOutTransient: false)
    let lambda = model.parameters[4]
    #expect(lambda.role == .fixed && lambda.value == 0.998 && lambda.standardError == nil)
    #expect(model.parameters[0].standardError != nil)
  }
}

@Suite struct ForecasterTests {
  private func model(objective: FitObjective = .standard) throws -> FittedLaw {
    var random = SeededGenerator(seed: 6)
    let trajectories = try SyntheticRuns.trajectories(
      noise: 2e-3, correlation: 0.5, using: &random)
    return try JointFit(law: AnnealingLaw(), objective: objective).fit(
      trajectories, hashes: hashes, leavingOutTransient: false)
  }

  @Test(arguments: [FitObjective.standard, .leastSquares])
  func forecastOfAnUnseenSchedule(objective: FitObjective) throws {
    let forecaster = try Forecaster(model: try model(objective: objective))
    let schedule = try Schedule(parsing: "peak=1e-3,warmup:100,stable:6400,decay:2500:1-sqrt")
    let path = schedule.path(through: 9000)
    let areas = LearningRateAreas(path: path, positions: [9000], warmup: .actual)
    let truth =
      2.5 + 0.9 / areas.forward[0].squareRoot() - 0.6 * areas.annealing(decay: 0.998)[0]
    let narrow = try forecaster.forecast(at: [9000], path: path, level: 0.5)
    let wide = try forecaster.forecast(at: [9000], path: path, level: 0.99)
    #expect(wide.lower[0] < truth && truth < wide.upper[0])
    #expect(wide.lower[0] < narrow.lower[0] && narrow.upper[0] < wide.upper[0])
    expectClose(narrow.predicted[0], truth, tolerance: 3e-3)
  }

  /// A model read back from its file forecasts the same.
  @Test func modelSurvivesItsFile() throws {
    let model = try model()
    let data = try JSONEncoder().encode(model)
    let back = try JSONDecoder().decode(FittedLaw.self, from: data)
    #expect(back == model)
    let path = try Schedule(parsing: "peak=1e-3,warmup:100,stable:900,decay:500").path(
      through: 1500)
    let first = try Forecaster(model: model).forecast(at: [500, 1500], path: path)
    #expect(try Forecaster(model: back).forecast(at: [500, 1500], path: path) == first)
  }

  @Test func damagedModelsAreRefused() throws {
    var unknown = try model()
    unknown.law = "gravity"
    #expect(throws: ForecastError.self) { try Forecaster(model: unknown) }
    var short = try model()
    short.parameters.removeLast()
    #expect(throws: ForecastError.self) { try Forecaster(model: short) }
    var empty = try model()
    empty.parameters[0].value = nil
    #expect(throws: ForecastError.damagedModel(detail: "parameter L0 has no value")) {
      try Forecaster(model: empty)
    }
    var skewed = try model()
    skewed.covariance = [[1]]
    #expect(throws: ForecastError.damagedModel(detail: "covariance is not 5 × 5")) {
      try Forecaster(model: skewed)
    }
    var outside = try model()
    outside.parameters[4].value = 1.5
    #expect(throws: ForecastError.damagedModel(detail: "a parameter is outside its range")) {
      try Forecaster(model: outside)
    }
  }

  /// The calls that the README shows to users of the libraries, on a real run.
  @Test func libraryExampleOfTheReadme() throws {
    let reading = try LogReader.read(Fixtures.path("runs/s_wsd20-linear_6000_lr0.001_s0.csv.gz"))
    let trajectories = try reading.entries.map { try Trajectory(run: $0.run) }
    let model = try JointFit(law: AnnealingLaw()).fit(
      trajectories, hashes: [reading.sha256], leavingOutTransient: true)
    let schedule = try Schedule(parsing: "peak=1e-3,warmup:150,stable:9450,decay:2400")
    let forecast = try Forecaster(model: model).forecast(
      at: [12_000], path: schedule.path(through: 12_000))
    // Twice the steps end below the run's own final loss of 1.8484.
    #expect(forecast.predicted[0] > 1.5 && forecast.predicted[0] < 1.8484)
    #expect(forecast.lower[0] < forecast.predicted[0] && forecast.predicted[0] < forecast.upper[0])
  }

  /// One multistep run does not tell a fast memory of a small gain from a slow one of a large: both C
  /// and λ are named, though λ itself differs by less than a hundredth.
  @Test func rivalOptimumIsRemarkedOn() throws {
    let reading = try LogReader.read(Fixtures.path("runs/m_811_6000_lr0.001_s0.csv.gz"))
    let trajectories = try reading.entries.map { try Trajectory(run: $0.run) }
    let model = try JointFit(law: AnnealingLaw()).fit(
      trajectories, hashes: [reading.sha256], leavingOutTransient: true)
    let warning = try #require(model.warnings.first { $0.contains("other parameters fit") })
    #expect(warning.contains("C = ") && warning.contains("lambda = "), "\(warning)")
  }

  @Test func missingCovarianceIsRemarkedOn() throws {
    var model = try model()
    model.covariance = nil
    let path = try Schedule(parsing: "peak=1e-3,stable:9000").path(through: 9000)
    let warnings = try Forecaster(model: model).warnings(lastPosition: 9000, path: path)
    #expect(warnings.count == 1 && warnings[0].contains("too narrow"))
  }

  @Test func farAndForeignForecastsAreRemarkedOn() throws {
    let forecaster = try Forecaster(model: try model())
    let near = try Schedule(parsing: "peak=1e-3,stable:9000").path(through: 9000)
    #expect(forecaster.warnings(lastPosition: 9000, path: near).isEmpty)
    let far = forecaster.warnings(lastPosition: 60_000, path: near)
    #expect(far.count == 1 && far[0].contains("10 times"))
    let other = try Schedule(parsing: "peak=3e-3,stable:9000").path(through: 9000)
    let foreign = forecaster.warnings(lastPosition: 9000, path: other)
    #expect(foreign.count == 1 && foreign[0].contains("peak"))
  }
}
