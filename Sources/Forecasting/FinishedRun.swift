public import ScalingLaws
public import TrainingLogs

extension Trajectory {
  /// A finished run of a table: one row without a learning rate.
  ///
  /// The position is the run's number of steps, or 1 when that is not known; the tokens of a step are
  /// such that D is what the table says.
  ///
  /// - Parameters:
  ///   - row: the run.
  ///   - file: the table's file.
  ///   - facts: what is known of all runs; the table goes before it.
  public init(finished row: RunTable.Row, file: String, facts: RunFacts = RunFacts()) {
    let position = row.steps ?? 1
    name = row.run
    self.file = file
    positions = [position]
    losses = [row.loss]
    path = nil
    self.facts = RunFacts(
      modelSize: row.modelSize, tokensPerStep: row.tokens.map { $0 / Double(position) },
      uniqueTokens: row.uniqueTokens
    ).completed(by: facts)
    cleaning = []
    warnings = []
  }
}
