import Forecasting
import ScalingLaws
import TrainingLogs

/// A fit of a law to a table of finished runs, with its error on each of them.
struct TableFit {
  let table: RunTable
  let model: FittedLaw
  /// The errors over all runs.
  let metrics: FitMetrics
  /// The error on each run, in the table's order.
  let scores: [Score]

  init(_ table: RunTable, analysis: BatchAnalysis, facts: RunFacts) throws {
    let trajectories = table.rows.map {
      Trajectory(finished: $0, file: table.file, facts: facts)
    }
    let law = analysis.law ?? TableFit.usualLaw(trajectories)
    try TableFit.check(table, trajectories: trajectories, law: law)
    let joint = JointFit(
      law: law, objective: analysis.objective, fixed: analysis.fixed,
      usesPriors: analysis.usesPriors, level: analysis.level)
    do {
      model = try joint.fit(
        trajectories, hashes: trajectories.map { _ in table.sha256 }, leavingOutTransient: false)
      let forecaster = try Forecaster(model: model)
      var whole = PredictedCurve(steps: [], predicted: [], lower: [], upper: [])
      scores = try trajectories.map { run in
        let curve = try forecaster.forecast(
          at: run.positions, path: nil, facts: run.facts, level: analysis.level)
        whole.steps += curve.steps
        whole.predicted += curve.predicted
        whole.lower += curve.lower
        whole.upper += curve.upper
        return Score(run: run.name, curve: curve, losses: run.losses, level: analysis.level)
      }
      metrics = FitMetrics(curve: whole, losses: table.rows.map(\.loss), level: analysis.level)
    } catch let error as LawFitError {
      throw CommandFailure(
        error.isUsage ? .usage : .unusableData, TableFit.text(of: error, in: table))
    } catch let error as ForecastError {
      throw CommandFailure(.unusableData, error.description)
    }
    self.table = table
  }

  /// Chinchilla's law, or a power of what is known.
  private static func usualLaw(_ runs: [Trajectory]) -> any LossLaw {
    let hasTokens = runs.allSatisfy { $0.facts.tokensPerStep != nil }
    let hasSizes = runs.allSatisfy { $0.facts.modelSize != nil }
    return hasTokens && hasSizes
      ? ChinchillaLaw() : PowerLaw(clock: hasTokens ? .tokens : .steps)
  }

  /// Checks that every run has what the law needs.
  private static func check(
    _ table: RunTable, trajectories: [Trajectory], law: any LossLaw
  ) throws {
    func fail(_ row: Int, _ need: String) -> CommandFailure {
      CommandFailure(
        .unusableData, "\(table.file):\(table.rows[row].line): the law '\(law.name)' needs \(need)")
    }
    guard law.inputs.isDisjoint(with: [.learningRate, .switchStep]) else {
      throw CommandFailure(
        .usage,
        "the law '\(law.name)' is about the course of runs, not about finished ones; fit it to logs"
      )
    }
    let columns: [(LawInput, KeyPath<RunFacts, Double?>, String)] = [
      (.modelSize, \.modelSize, "the model's parameters: a column 'parameters', or --parameters"),
      (
        .tokens, \.tokensPerStep,
        "the tokens seen: a column 'tokens', or 'steps' and 'tokensPerStep', or 'FLOP'"
      ),
      (
        .uniqueTokens, \.uniqueTokens,
        "the distinct tokens: a column 'uniqueTokens', or --unique-tokens"
      ),
    ]
    for (input, fact, need) in columns where law.inputs.contains(input) {
      let row = trajectories.firstIndex { $0.facts[keyPath: fact] == nil }
      if let row { throw fail(row, need) }
    }
    guard !law.inputs.contains(.tokens) else { return }
    if let row = table.rows.firstIndex(where: { $0.steps == nil }) {
      throw fail(row, "the updates done: a column 'steps'")
    }
  }

  /// What is wrong and what to do, in terms of the table.
  private static func text(of error: LawFitError, in table: RunTable) -> String {
    switch error {
    case .notPositive(let row, let loss):
      "\(table.file):\(table.rows[row].line):\(table.lossColumn): the loss is \(loss), which has no "
        + "logarithm; fit with --objective least-squares, or choose another column with --loss"
    case .tooFewRows(let count, let needed):
      "\(table.file): the table has \(count) run\(count == 1 ? "" : "s"), the law needs at least "
        + "\(needed); add runs, or choose a law with fewer parameters"
    case .noFiniteStart:
      "\(table.file): no parameters give a finite error; look for runs that do not belong"
    default: "\(table.file): \(error.description)"
    }
  }
}
