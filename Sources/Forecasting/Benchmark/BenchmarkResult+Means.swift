import RealModule

extension BenchmarkResult {
  /// Gathers the results of single cases.
  ///
  /// - Parameters:
  ///   - tasks: the tasks, in order.
  ///   - options: how the forecasts were made.
  public init(tasks: [Task], options: BenchmarkRunner.Options) {
    level = options.level
    wholeCurves = options.scoresWholeCurves
    self.tasks = tasks
    let laws = tasks.first?.laws.map(\.law) ?? []
    overall = laws.compactMap { law in
      Total(law: law, results: tasks.flatMap(\.laws).filter { $0.law == law })
    }
  }
}

extension BenchmarkResult.Task {
  /// Gathers the cases of a task.
  ///
  /// - Parameters:
  ///   - task: the task.
  ///   - laws: each law's name and its results on the cases that can be asked.
  ///   - faults: the other cases.
  public init(
    _ task: BenchmarkTask, laws: [(name: String, cases: [BenchmarkResult.Case])],
    faults: [BenchmarkResult.Fault]
  ) {
    name = task.name
    tests = task.tests
    binRows = task.binRows
    self.faults = faults
    self.laws = laws.map { BenchmarkResult.Law(law: $0.name, cases: $0.cases) }
    let complete = laws.first { !$0.cases.isEmpty && $0.cases.allSatisfy { !$0.runs.isEmpty } }
    noise = complete.flatMap { law in
      BenchmarkErrors.mean(law.cases) { $0.noise ?? .nan }
    }.flatMap { $0.isFinite ? $0 : nil }
  }
}

extension BenchmarkResult.Law {
  init(law: String, cases: [BenchmarkResult.Case]) {
    self.law = law
    self.cases = cases
    errors = BenchmarkErrors(cases)
    seconds = cases.reduce(0) { $0 + $1.seconds }
  }
}

extension BenchmarkResult.Total {
  /// Nil when no task has scores.
  init?(law: String, results: [BenchmarkResult.Law]) {
    let scored = results.filter { $0.errors != nil }
    let runs = scored.flatMap(\.cases).flatMap(\.runs)
    let logs = scored.compactMap(\.errors?.mean).map { Double.log($0) }
    guard !runs.isEmpty else { return nil }
    self.law = law
    tasks = scored.count
    self.runs = runs.count
    finalError = runs.reduce(0) { $0 + abs($1.finalError) } / Double(runs.count)
    meanError = .exp(logs.reduce(0, +) / Double(logs.count))
    seconds = scored.reduce(0) { $0 + $1.seconds }
  }
}

extension BenchmarkErrors {
  /// Means over cases; nil unless every one has scores.
  init?(_ cases: [BenchmarkResult.Case]) {
    guard let mean = BenchmarkErrors.mean(cases, \.meanError),
      let meanWorst = BenchmarkErrors.mean(cases, \.worstError),
      let final = BenchmarkErrors.mean(cases, { abs($0.finalError) }),
      let inside = BenchmarkErrors.mean(cases, \.inside),
      let width = BenchmarkErrors.mean(cases, \.width)
    else { return nil }
    self.mean = mean
    self.meanWorst = meanWorst
    self.final = final
    self.inside = inside
    self.width = width
    worst = cases.flatMap(\.runs).map(\.worstError).max() ?? 0
    let leftOut = cases.compactMap(\.leftOut?.meanError)
    self.leftOut =
      leftOut.count == cases.count ? leftOut.reduce(0, +) / Double(cases.count) : nil
  }

  /// The mean over cases of the mean over runs; nil when a case has none.
  static func mean(
    _ cases: [BenchmarkResult.Case], _ value: (RunScore) -> Double
  ) -> Double? {
    guard !cases.isEmpty, cases.allSatisfy({ !$0.runs.isEmpty }) else { return nil }
    let means = cases.map { $0.runs.map(value).reduce(0, +) / Double($0.runs.count) }
    return means.reduce(0, +) / Double(means.count)
  }
}
