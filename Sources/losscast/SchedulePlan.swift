import Forecasting
import ScalingLaws
import Schedules

/// A proposed schedule with its forecast.
struct SchedulePlan {
  let schedule: ResolvedSchedule
  /// The step that the forecast ends at.
  let last: Int
  let curve: PredictedCurve
  let learningRate: ObservedCurve
  let warnings: [String]
  /// The final losses of laws that are as good as the model's.
  let alternatives: [Alternative]

  /// Forecasts a schedule to its end, or to `steps`.
  ///
  /// `facts` go before what the model's runs have in common.
  init(
    _ schedule: ResolvedSchedule, steps: Int?, facts: RunFacts, level: Double,
    forecaster: Forecaster
  ) throws {
    guard let last = steps ?? schedule.totalSteps, last > 0 else {
      throw CommandFailure(
        .usage,
        "the schedule '\(schedule)' has no end; give the step to forecast with --steps")
    }
    let path = schedule.path(through: last)
    let first = forecaster.firstPosition(on: path)
    let positions = CurveThinning.spread(min(first, last)...last, limit: 400)
    do {
      curve = try forecaster.forecast(at: positions, path: path, facts: facts, level: level)
    } catch {
      throw CommandFailure(.unusableData, error.description)
    }
    let drawn = CurveThinning.spread(0...last, limit: 400)
    learningRate = ObservedCurve(
      steps: drawn.map(Double.init), values: drawn.map { path.learningRate(at: $0) })
    warnings = forecaster.warnings(lastPosition: last, path: path, facts: facts)
    alternatives = forecaster.alternatives(at: [last], path: path, facts: facts).compactMap {
      guard let loss = (try? $0.losses.get())?.last else { return nil }
      return Alternative(law: $0.law, predicted: loss)
    }
    self.schedule = schedule
    self.last = last
  }

  /// The last point of the forecast.
  var final: Final {
    let index = curve.steps.count - 1
    return Final(
      step: curve.steps[index], predicted: curve.predicted[index], lower: curve.lower[index],
      upper: curve.upper[index])
  }

  /// The curve as a table.
  var curveText: String {
    var table = TextTable([">STEP", ">LOSS", ">LOWER", ">UPPER"])
    for index in curve.steps.indices {
      table.add([
        NumberFormat.step(curve.steps[index]), NumberFormat.loss(curve.predicted[index]),
        NumberFormat.loss(curve.lower[index]), NumberFormat.loss(curve.upper[index]),
      ])
    }
    return table.text
  }

  /// What `predict --json` prints of it.
  func document(withCurve: Bool) -> Document {
    Document(
      schedule: schedule.description, final: final, warnings: warnings,
      alternatives: alternatives, curve: withCurve ? curve : nil)
  }

  struct Final: Encodable {
    var step: Double
    var predicted: Double
    var lower: Double
    var upper: Double
  }

  struct Alternative: Encodable {
    var law: String
    var predicted: Double
  }

  struct Document: Encodable {
    var schedule: String
    var final: Final
    var warnings: [String]
    var alternatives: [Alternative]
    var curve: PredictedCurve?
  }
}
