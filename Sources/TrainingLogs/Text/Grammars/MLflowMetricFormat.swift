/// A metric's file of MLflow's file store: a line `<milliseconds since 1970> <value> <step>` a value;
/// old versions wrote no step (mlflow/store/tracking/file_store.py).
///
/// The metric's name is that of the file.
enum MLflowMetricFormat: LogFormat {
  static let name = "mlflow"
  static let title = "a metric's file of MLflow's file store"

  static let step = "step"
  static let time = "timestamp"

  static func evidence(in sample: LogSample) -> FormatEvidence? {
    var (hits, others) = (0, 0)
    sample.forEachLine { line in
      guard line.count > 0 else { return }
      if Point(line) == nil { others += 1 } else { hits += 1 }
    }
    guard hits > 0, others * 10 <= hits else { return nil }
    return FormatEvidence(
      strength: .certain, hits: hits,
      reason: "\(NumberText.count(hits, "line")) 'milliseconds value step'")
  }

  /// What a line says.
  struct Point {
    var time: Double
    var value: Double
    /// nil in files of old versions.
    var step: Double?

    /// Milliseconds since 1970 have so many digits from 2001 on.
    private static let timeDigits = 12...14

    /// Reads a line; nil when it has another form.
    init?(_ line: TextLine) {
      var end = 0
      while line[end] &- Ascii.zero < 10 { end += 1 }
      guard Self.timeDigits.contains(end), line[end] == Ascii.space,
        let time = line.plainNumber(at: 0), time.end == end,
        let value = line.plainNumber(at: end + 1)
      else { return nil }
      self.time = time.value
      self.value = value.value
      guard value.end < line.count else { return }
      guard line[value.end] == Ascii.space, let step = line.plainNumber(at: value.end + 1),
        step.end == line.count
      else { return nil }
      self.step = step.value
    }
  }

  static func read(
    _ input: consuming LogInput, into records: inout RecordTable, issues: inout IssueCollector
  ) throws(LogError) -> LogInput.End {
    let metric = metricName(input.file)
    return try read(input, metric: metric, into: &records, issues: &issues)
  }

  /// What a path says of the metric: all behind `metrics/`, else the last part.
  static func metricName(_ file: String) -> String {
    let parts = file.split(separator: "/metrics/")
    if parts.count > 1, let name = parts.last { return String(name) }
    return LogName.runName(of: file)
  }

  /// Reads a metric's values.
  static func read(
    _ input: consuming LogInput, metric: String, into records: inout RecordTable,
    issues: inout IssueCollector
  ) throws(LogError) -> LogInput.End {
    var lines = LineReader(input.stream, file: input.file)
    var points: [(line: Int, point: Point)] = []
    var hasStep: Bool?
    while let line = try lines.next() {
      guard line.count > 0 else { continue }
      let point = Point(line)
      // A line without its end may lack digits of the step.
      guard line.hasEnd else {
        issues.add(
          .truncatedLine, line: line.number,
          "the last line has no end: it may be half written and is left out")
        break
      }
      guard let point, hasStep == nil || hasStep == (point.step != nil) else {
        issues.addRepeating(
          .malformedLine, line: line.number, column: 0, subject: "lines are no values of a metric",
          "the line is not 'milliseconds value step'; it is left out")
        continue
      }
      hasStep = point.step != nil
      points.append((line.number, point))
    }
    add(points, metric, to: &records, issues: &issues)
    return try lines.end()
  }

  private static func add(
    _ points: [(line: Int, point: Point)], _ metric: String, to records: inout RecordTable,
    issues: inout IssueCollector
  ) {
    let time = records.column(Self.time, .series(.time))
    let step = records.column(Self.step, .step(rank: 0))
    let name = metric == Self.step || metric == Self.time ? "\(metric) (metric)" : metric
    let value = records.column(name)
    // Without a step given, MLflow writes 0 in every line.
    let isCounted =
      points.count > 1 && points.allSatisfy { $0.point.step == points[0].point.step }
    if isCounted {
      issues.add(
        .noStepColumn, "the metric '\(metric)' was logged without steps; lines are counted")
    }
    for (index, (line, point)) in points.enumerated() {
      records.begin(line: line)
      records.set(time, point.time)
      records.set(step, isCounted ? Double(index) : point.step ?? 0)
      records.set(value, point.value)
    }
  }
}
