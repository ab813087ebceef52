public import Forecasting

/// The tables of a benchmark, one section a task and one over all.
public enum BenchmarkTables {
  /// A titled group of tables.
  public struct Section: Sendable, Hashable {
    /// The title.
    public var title: String
    /// Lines below the title.
    public var remarks: [String]
    /// The tables.
    public var tables: [Table]
    /// Lines below the tables.
    public var notes: [String]
  }

  /// A table of texts.
  public struct Table: Sendable, Hashable {
    /// The columns.
    public var columns: [Column]
    /// The cells, one row after the other.
    public var rows: [[String]]
  }

  /// A column's head.
  public struct Column: Sendable, Hashable {
    /// The title.
    public var title: String
    /// Whether numbers stand in it, which go to the right.
    public var isNumber: Bool

    static func text(_ title: String) -> Column { Column(title: title, isNumber: false) }
    static func number(_ title: String) -> Column { Column(title: title, isNumber: true) }
  }

  /// The sections of a result.
  ///
  /// - Parameters:
  ///   - result: the result.
  ///   - perRun: whether every run forecast is listed.
  /// - Returns: the tasks in order, the best law first in each, and all tasks together.
  public static func sections(_ result: BenchmarkResult, perRun: Bool) -> [Section] {
    result.tasks.map { section($0, level: result.level, perRun: perRun) } + [overall(result)]
  }

  /// The sections as Markdown.
  public static func markdown(_ result: BenchmarkResult, perRun: Bool) -> String {
    sections(result, perRun: perRun).map { section in
      let tables = section.tables.map { table in
        let head = MarkdownReport.row(table.columns.map { MarkdownReport.escape($0.title) })
        let rule = MarkdownReport.row(table.columns.map { $0.isNumber ? "---:" : "---" })
        let rows = table.rows.map { MarkdownReport.row($0.map(MarkdownReport.escape)) }
        return ([head, rule] + rows).joined(separator: "\n")
      }
      let remarks = section.remarks.map(MarkdownReport.escape).joined(separator: "\n\n")
      let notes = section.notes.map { "- \(MarkdownReport.escape($0))" }.joined(separator: "\n")
      return (["## \(MarkdownReport.escape(section.title))", remarks] + tables + [notes])
        .filter { !$0.isEmpty }.joined(separator: "\n\n")
    }.joined(separator: "\n\n") + "\n"
  }

  private static func section(
    _ task: BenchmarkResult.Task, level: Double, perRun: Bool
  ) -> Section {
    let inside = "IN \(NumberText.significant(100 * level, digits: 3)) %"
    let scored = task.laws.filter { $0.errors != nil }
    let isTested = scored.contains { $0.cases.contains { $0.leftOut != nil } }
    let ranked = scored.sorted {
      ($0.errors?.mean ?? .infinity) < ($1.errors?.mean ?? .infinity)
    }
    var errors = Table(
      columns: [.text("LAW")]
        + ["MEAN %", "MEAN WORST %", "WORST %", "FINAL %", inside, "WIDTH %"].map(Column.number)
        + (isTested ? [.number("LEFT-OUT %")] : []) + [.number("SECONDS")], rows: [])
    for law in ranked {
      guard let found = law.errors else { continue }
      errors.rows.append(
        [
          law.law, percent(found.mean), percent(found.meanWorst), percent(found.worst),
          percent(found.final), NumberText.fixed(100 * found.inside, decimals: 0),
          percent(found.width),
        ] + (isTested ? [found.leftOut.map(percent) ?? NumberText.missing] : [])
          + [NumberText.fixed(law.seconds, decimals: 2)])
    }
    let tables = [errors] + (perRun ? [runs(task, laws: ranked, inside: inside)] : [])
    return Section(
      title: task.name, remarks: remarks(on: task), tables: tables.filter { !$0.rows.isEmpty },
      notes: notes(on: task))
  }

  private static func runs(
    _ task: BenchmarkResult.Task, laws: [BenchmarkResult.Law], inside: String
  ) -> Table {
    var table = Table(
      columns: [.text("CASE"), .text("RUN"), .text("LAW"), .number("ROWS")]
        + ["NOISE %", "MEAN %", "WORST %", "FINAL %", inside, "WIDTH %"].map(Column.number),
      rows: [])
    guard let first = laws.first else { return table }
    for (place, question) in first.cases.enumerated() {
      for (index, run) in question.runs.enumerated() {
        for law in laws {
          let score = law.cases[place].runs[index]
          table.rows.append([
            question.name, run.run, law.law, "\(score.rows)",
            score.noise.map(percent) ?? NumberText.missing, percent(score.meanError),
            percent(score.worstError),
            (score.finalError > 0 ? "+" : "") + percent(score.finalError),
            NumberText.fixed(100 * score.inside, decimals: 0), percent(score.width),
          ])
        }
      }
    }
    return table
  }

  private static func remarks(on task: BenchmarkResult.Task) -> [String] {
    let cases = task.laws.first?.cases.count ?? 0
    let complete = task.laws.first { $0.errors != nil }
    let runs = complete?.cases.reduce(0) { $0 + $1.runs.count }
    var facts = "\(cases) \(cases == 1 ? "case" : "cases")"
    if let runs { facts += ", \(runs) \(runs == 1 ? "run" : "runs") forecast" }
    if task.binRows > 1 { facts += ", \(task.binRows) rows a bin" }
    if let noise = task.noise {
      facts += "; noise from row to row alone gives a mean error of \(percent(noise)) %"
    }
    return (task.tests.isEmpty ? [] : [task.tests]) + [facts]
  }

  /// Cases and laws without scores.
  private static func notes(on task: BenchmarkResult.Task) -> [String] {
    task.faults.map { "case \($0.name) cannot be scored: \($0.reason)" }
      + task.laws.flatMap { law in
        law.cases.compactMap { question in
          question.reason.map { "\(law.law) has no score on \(question.name): \($0)" }
        }
      }
      + task.laws.flatMap { law in
        law.cases.compactMap { question in
          question.selection.map { "\(law.law) on \(question.name): \(choice($0))" }
        }
      }
      + task.laws.flatMap { law in
        law.cases.flatMap { question in
          (question.leftOut ?? []).compactMap { test in
            test.reason.map { "\(law.law) without \(test.run) on \(question.name): \($0)" }
          }
        }
      }
  }

  /// The law chosen and those as good.
  private static func choice(_ ranking: LawRanking) -> String {
    let folds = "\(ranking.comparedFolds) \(ranking.comparedFolds == 1 ? "fold" : "folds")"
    let others = ranking.asGood.joined(separator: ", ")
    return "\(ranking.chosen) chosen by \(ranking.method.rawValue), \(folds) compared"
      + (others.isEmpty ? "" : "; as good: \(others)")
  }

  private static func overall(_ result: BenchmarkResult) -> Section {
    let ranked = result.overall.sorted { ($1.tasks, $0.meanError) < ($0.tasks, $1.meanError) }
    return Section(
      title: "overall",
      remarks: [
        "MEAN % is the geometric mean of the tasks' mean errors, FINAL % the mean over all runs forecast"
      ],
      tables: [
        Table(
          columns: [.text("LAW")]
            + ["TASKS", "RUNS", "MEAN %", "FINAL %", "SECONDS"].map(Column.number),
          rows: ranked.map { law in
            [
              law.law, "\(law.tasks) of \(result.tasks.count)", "\(law.runs)",
              percent(law.meanError), percent(law.finalError),
              NumberText.fixed(law.seconds, decimals: 2),
            ]
          })
      ], notes: [])
  }

  private static func percent(_ share: Double) -> String {
    NumberText.fixed(100 * share, decimals: 3)
  }
}
