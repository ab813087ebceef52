/// Makes of the logged step one that counts since the start of the run.
enum StepRepair {
  /// Repairs the steps of a group's rows.
  ///
  /// - Returns: what the steps count afterwards.
  static func repair(
    _ table: inout RowTable, records: RecordTable, plan: ColumnPlan, columns: [Int],
    issues: inout IssueCollector
  ) -> StepUnit {
    if !plan.hasChosenStep, let steps = contextSteps(records, table) {
      table.steps = steps
      return .steps
    }
    guard plan.step != nil else { return .rows }
    if plan.stepUnit == .epochs {
      guard hasCollisions(table) else { return .epochs }
      issues.add(
        .roundedEpochs,
        "the only step is an epoch that several rows share; the rows are counted from 1 instead")
      table.steps = table.steps.indices.map { Double($0 + 1) }
      return .rows
    }
    unroll(&table, records: records, plan: plan, columns: columns, issues: &issues)
    return plan.stepUnit
  }

  /// Updates that the format found beside the logged x, where every row has them.
  private static func contextSteps(_ records: RecordTable, _ table: RowTable) -> [Double]? {
    guard let column = records.contextSteps else { return nil }
    let all = RecordSteps.dense(records.columns[column], count: records.count)
    let own = table.records.map { $0.map { all[$0] } } ?? all
    return own.count == table.steps.count && own.allSatisfy(\.isFinite) ? own : nil
  }

  /// Whether neighbouring rows with values in one column share a step.
  private static func hasCollisions(_ table: RowTable) -> Bool {
    table.columns.contains { values in
      var last = -Double.infinity
      for (step, value) in zip(table.steps, values) where !RowTable.isMissing(value) {
        if step == last { return true }
        last = step
      }
      return false
    }
  }

  private static func unroll(
    _ table: inout RowTable, records: RecordTable, plan: ColumnPlan, columns: [Int],
    issues: inout IssueCollector
  ) {
    guard zip(table.steps, table.steps.dropFirst()).contains(where: { $0 > $1 }) else { return }
    func values(_ role: SeriesRole) -> [Double]? {
      zip(columns, table.columns).first { plan.columns[$0.0].role == role }?.1
    }
    guard
      let found = EpochSteps.unrolled(
        table.steps, epochs: values(.epoch), losses: values(.trainLoss),
        stated: records.stepsPerEpoch)
    else { return }
    table.steps = found.steps
    issues.add(
      .epochSteps,
      "the step is counted anew in every epoch; with \(NumberText.short(found.perEpoch)) steps an "
        + "epoch it was made a step since the start")
  }
}
