/// Makes a run of the columns that were read, and chooses the loss to fit.
struct RunBuilder {
  private let file: String
  private let plan: ColumnPlan
  private let tallies: [ColumnTally]

  /// A validation loss needs so many finite values to be the one that is fitted.
  static let fewestValidationValues = 8

  /// Judges the columns that were read.
  init(file: String, plan: ColumnPlan, tallies: [ColumnTally]) {
    self.file = file
    self.plan = plan
    self.tallies = tallies
  }

  /// Refuses what has no loss that can be used.
  ///
  /// - Throws: `notNumeric` for a column that was asked for or the only loss that is text,
  ///   `noUsableRows` without any finite loss.
  func check(rows: Int) throws(LogError) {
    for index in plan.kept where plan.columns[index].isChosen {
      try checkNumeric(index)
    }
    let useful = plan.kept.filter { plan.isUseful(plan.columns[$0].role) }
    let losses = plan.chosenLosses.isEmpty ? useful : plan.chosenLosses
    guard !losses.contains(where: { tallies[$0].finiteCount > 0 }) else { return }
    for index in losses { try checkNumeric(index) }
    throw noUsableRows(losses, rows: rows)
  }

  private func checkNumeric(_ index: Int) throws(LogError) {
    guard let place = tallies[index].firstText, !tallies[index].isNumeric else { return }
    throw LogError(
      code: .notNumeric, file: file, line: place.line, column: index + 1,
      message: "column '\(plan.columns[index].name)' is not numeric: '\(place.text)'; "
        + "name another column")
  }

  private func noUsableRows(_ losses: [Int], rows: Int) -> LogError {
    let names = ColumnPlan.list(losses.map { plan.columns[$0].name })
    let nonFinite = losses.reduce(0) { $0 + tallies[$1].nonFinite }
    let message =
      rows == 0
      ? "there is a header and no row of data; has the run started?"
      : "no row has a finite loss (\(names)) and a step: of \(NumberText.count(rows, "row")), "
        + "\(nonFinite) have a loss that is NaN or infinite"
    return LogError(
      code: .noUsableRows, file: file,
      line: losses.compactMap { tallies[$0].firstNonFinite?.line }.min() ?? 0, message: message)
  }

  /// Notes losses that are NaN or infinite.
  func noteNonFinite(hasFields: Bool, _ issues: inout IssueCollector) {
    for index in plan.kept where plan.columns[index].role.isLoss {
      guard let place = tallies[index].firstNonFinite else { continue }
      issues.add(
        .nonFiniteLoss, line: place.line, column: hasFields ? index + 1 : 0,
        "'\(plan.columns[index].name)' is NaN or infinite in "
          + "\(NumberText.count(tallies[index].nonFinite, "row")), first at step "
          + "\(NumberText.short(place.step))")
    }
  }

  /// A run of some of the columns; `values` has these, aligned with the steps.
  ///
  /// Losses become nats where their unit is certain and the user did not ask to leave them.
  func run(
    named name: String, steps: [Double], unit: StepUnit, columns: [Int], values: [[Double]],
    convertsUnits: Bool
  ) -> Run {
    let series = zip(columns, values).map { index, values in
      let column = plan.columns[index]
      let isConverted = convertsUnits && column.role.isLoss && column.unit.isConverted
      return Series(
        name: column.metric, role: column.role,
        values: isConverted ? values.map(column.unit.nats) : values, loggedUnit: column.unit)
    }
    let loss = lossIndex(columns, values).map { plan.columns[$0].metric }
    return Run(
      name: name, file: file, steps: steps, stepUnit: unit, series: series, lossName: loss ?? "")
  }

  /// The column of the loss to fit.
  ///
  /// It is the one asked for; else a validation loss with enough values; else a training loss;
  /// else any. Of several the one with the lowest rank is taken, then the first.
  func lossIndex(_ columns: [Int], _ values: [[Double]]) -> Int? {
    if let chosen = columns.first(where: plan.chosenLosses.contains) { return chosen }
    let ranked = zip(columns, values).sorted {
      (plan.columns[$0.0].rank, $0.0) < (plan.columns[$1.0].rank, $1.0)
    }
    func first(_ role: SeriesRole, atLeast fewest: Int) -> Int? {
      ranked.first { index, values in
        plan.columns[index].role == role && values.count(where: \.isFinite) >= fewest
      }?.0
    }
    return first(.validationLoss, atLeast: Self.fewestValidationValues)
      ?? first(.trainLoss, atLeast: 1) ?? first(.validationLoss, atLeast: 1)
  }

  /// What the file says of columns, those of text aside.
  func summaries(steps: [Double], columns: [Int]) -> [SeriesSummary] {
    columns.filter { tallies[$0].isNumeric }.map {
      tallies[$0].summary(name: plan.columns[$0].name, role: plan.columns[$0].role, steps: steps)
    }
  }
}
