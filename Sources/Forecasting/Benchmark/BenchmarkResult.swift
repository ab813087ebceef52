/// How laws did on the tasks of a benchmark.
public struct BenchmarkResult: Sendable, Codable {
  /// The level of the intervals.
  public var level: Double
  /// Whether all rows from the first fitted one on were scored.
  public var wholeCurves: Bool
  /// The tasks, in order.
  public var tasks: [Task]
  /// Each law over all tasks, in the order of the laws.
  public var overall: [Total]

  /// A task.
  public struct Task: Sendable, Codable {
    /// The task's name.
    public var name: String
    /// What it tests, in words.
    public var tests: String
    /// Rows that were averaged before they were compared.
    public var binRows: Int
    /// The mean error that the rows' noise alone gives, as the errors averaged over runs and cases.
    public var noise: Double?
    /// The laws, in order.
    public var laws: [Law]
    /// Cases that no law can be asked, and why.
    public var faults: [Fault]
  }

  /// A case that no law can be asked.
  public struct Fault: Sendable, Hashable, Codable {
    /// The case.
    public var name: String
    /// What is wrong with it.
    public var reason: String

    /// Creates a fault.
    public init(name: String, reason: String) {
      self.name = name
      self.reason = reason
    }
  }

  /// A law on a task.
  public struct Law: Sendable, Codable {
    /// The law's name.
    public var law: String
    /// The task's errors; nil unless every case has scores.
    public var errors: BenchmarkErrors?
    /// The cases that can be asked, in order.
    public var cases: [Case]
    /// CPU seconds of fits and forecasts, without those of runs left out.
    public var seconds: Double
  }

  /// A law on a case.
  public struct Case: Sendable, Codable {
    /// The case.
    public var name: String
    /// The scores of the runs forecast, in order; empty when there are none.
    public var runs: [RunScore] = []
    /// The fitted parameters.
    public var parameters: [FittedParameter] = []
    /// How the law was chosen; nil when it was given.
    public var selection: LawRanking?
    /// The scores of fit runs that were left out in turn; nil unless asked for, and where the law is
    /// chosen.
    public var leftOut: [BackTestScore]?
    /// Why there are no scores.
    public var reason: String?
    /// CPU seconds of the fit and the forecasts.
    public var seconds = 0.0

    /// Creates a case without scores.
    public init(name: String) {
      self.name = name
    }
  }

  /// A law over all tasks on which it has scores.
  public struct Total: Sendable, Codable {
    /// The law's name.
    public var law: String
    /// Tasks with scores.
    public var tasks: Int
    /// Runs forecast in these tasks.
    public var runs: Int
    /// Mean size of the last rows' errors over these runs.
    public var finalError: Double
    /// Geometric mean of these tasks' mean errors.
    public var meanError: Double
    /// CPU seconds of these tasks.
    public var seconds: Double
  }
}

/// A law's errors on a task: means over the runs of each case, then over the cases.
public struct BenchmarkErrors: Sendable, Hashable, Codable {
  /// Mean error.
  public var mean: Double
  /// Mean over the runs of each one's worst error.
  public var meanWorst: Double
  /// The worst error of any run.
  public var worst: Double
  /// Mean size of the last row's error.
  public var final: Double
  /// The share of rows inside their intervals.
  public var inside: Double
  /// Mean relative width of the intervals.
  public var width: Double
  /// Mean error of fit runs that were left out in turn; nil unless every one has a score.
  public var leftOut: Double?
}
