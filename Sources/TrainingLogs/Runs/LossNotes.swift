/// What is to be said of the losses of a log besides their values.
enum LossNotes {
  /// Notes units and losses that no law describes.
  static func note(
    _ plan: ColumnPlan, _ tallies: [ColumnTally], convertsUnits: Bool,
    _ issues: inout IssueCollector
  ) {
    for index in plan.kept where plan.columns[index].role.isLoss {
      let column = plan.columns[index]
      if column.unit == .unknown {
        issues.add(
          .unitUnknown,
          "it is not known in what '\(column.name)' is counted; its values are used as they are")
      } else if column.unit.isConverted, convertsUnits {
        issues.add(
          .unitConverted,
          "'\(column.name)' is \(column.unit.phrase); it was made nats"
            + (column.unit == .bitsPerByte ? " per byte" : ""))
      }
      if let place = tallies[index].firstNegative {
        issues.add(
          .lossNotForFitting, line: place.line,
          "'\(column.name)' is negative, first at step \(NumberText.short(place.step)): no "
            + "cross-entropy; the laws of loss curves do not describe it")
      }
    }
  }
}

/// What is to be said of several starts in one log.
enum SplitNotes {
  /// Notes a start that was given up.
  static func note(
    _ start: RunSplit.FalseStart, lines: LineTable, _ issues: inout IssueCollector
  ) {
    let (from, to) = (start.steps.lowerBound, start.steps.upperBound)
    issues.add(
      .falseStart, line: lines[start.row],
      "a start that was given up: \(NumberText.count(start.rows, "row")) of steps "
        + "\(NumberText.short(from)) to \(NumberText.short(to)) left out")
  }

  /// Notes that there are several runs.
  static func note(_ split: RunSplit, lines: LineTable, _ issues: inout IssueCollector) {
    guard split.runs.count > 1 else { return }
    let begins = split.runs.dropFirst().compactMap(\.first).map { "\(lines[$0])" }
    issues.add(
      .severalRuns, line: split.runs.dropFirst().first?.first.map { lines[$0] } ?? 0,
      "\(split.runs.count) runs one after the other: training begins anew on "
        + "\(begins.count == 1 ? "line" : "lines") \(begins.prefix(5).joined(separator: ", "))"
        + (begins.count > 5 ? " and more" : ""))
  }
}
