import Schedules
import TrainingLogs

/// The learning rate of a run as its log has it.
struct LoggedPath {
  /// The path; nil when the log has no rates.
  var path: LearningRatePath?
  /// That rates stand late; nil when they do not.
  var finding: CleaningFinding?

  /// Reads the logged rates, linear between rows.
  ///
  /// - Throws: ``TrajectoryError`` when they make no path.
  init(_ run: Run, selection: RowSelection) throws(TrajectoryError) {
    guard let rates = run.learningRate else { return }
    var steps: [Int] = []
    var kept: [Double] = []
    steps.reserveCapacity(rates.count)
    kept.reserveCapacity(rates.count)
    for (step, rate) in zip(run.steps, rates) {
      guard rate.isFinite, let position = Position.of(step), position > steps.last ?? -1 else {
        continue
      }
      steps.append(position)
      kept.append(rate)
    }
    if let lag = LateRates.lag(steps: steps, rates: kept) {
      let isTreated = !selection.kept.contains(.lateRates)
      finding = CleaningFinding(
        kind: .lateRates, steps: [Double(steps[0]), Double(steps[steps.count - 1])],
        rows: steps.count, shift: Double(lag), isTreated: isTreated)
      if isTreated {
        // Before position 0 there is nothing.
        let early = steps.prefix { $0 < lag }.count
        steps = steps.dropFirst(early).map { $0 - lag }
        kept.removeFirst(early)
      }
    }
    do {
      path = try LearningRatePath(
        loggedSteps: steps, rates: kept, warmupSteps: selection.warmupSteps)
    } catch .noRates {
      return
    } catch {
      throw TrajectoryError(run: run.name, reason: .learningRate(error))
    }
  }
}
