public import ScalingLaws
public import Schedules

/// A law fitted to runs: what a model file holds.
public struct FittedLaw: Sendable, Hashable, Codable {
  /// The version of the file format.
  public var losscast = 1
  /// The law's name.
  public var law: String
  /// The parameters, in the law's order.
  public var parameters: [FittedParameter]
  /// The covariance of the parameters, in their order; zeros for fixed and unidentified ones.
  ///
  /// Nil when it cannot be had; then there are no standard errors.
  public var covariance: [[Double]]?
  /// What was minimised and how that went.
  public var objective: Objective
  /// What the fit left over.
  public var residuals: Residuals
  /// What the data cannot tell.
  public var identifiability: Identifiability
  /// The runs that were fitted.
  public var data: [DataSource]
  /// How warm-ups entered the areas.
  public var warmup: Warmup
  /// The first step fitted, when earlier rows after the warm-up were found to be outside the law
  /// and left out.
  public var transientEnd: Int?
  /// Remarks, each with its remedy.
  public var warnings: [String]
  /// How the law was chosen; nil when it was given.
  public var selection: LawRanking?
  /// The fits of laws that the back-test does not tell from this one; they have no alternatives.
  public var alternatives: [FittedLaw]?

  /// What was minimised and how that went.
  public struct Objective: Sendable, Hashable, Codable {
    /// `huber-log`, `soft-l1`, `least-squares` or `log1p`.
    public var name: String
    /// The width δ of a robust loss; nil for least squares.
    public var width: Double?
    /// The minimum of the objective, summed over rows.
    public var cost: Double
    /// Why the fit ended.
    public var termination: String
    /// Iterations of the fit that won.
    public var iterations: Int
  }

  /// What the fit left over.
  public struct Residuals: Sendable, Hashable, Codable {
    /// Rows fitted.
    public var count: Int
    /// Root mean squared error, nats.
    public var rmse: Double
    /// Robust standard deviation of log P - log L; of P - L for least squares and of
    /// log(1 + P) - log(1 + L) for log1p.
    public var relativeScale: Double
    /// The steps after which the residuals' autocorrelation falls to 1/e; 0 when there is none.
    public var autocorrelationSteps: Double
    /// How many independent rows the rows are worth.
    public var effectiveCount: Double
    /// The degrees of freedom of t intervals; nil where there are no standard errors.
    public var degreesOfFreedom: Double?
  }

  /// What the data cannot tell.
  public struct Identifiability: Sendable, Hashable, Codable {
    /// Condition number of the Jacobian with columns of unit length; nil when it is singular.
    public var conditionNumber: Double?
    /// The parameters that the data hardly determine.
    public var weak: [String]
    /// The unidentified parameters of terms that the fit does without; nil where there are none.
    public var unused: [String]?
  }

  /// A run that was fitted.
  public struct DataSource: Sendable, Hashable, Codable {
    /// The run's name.
    public var run: String
    /// SHA-256 of the file's bytes.
    public var sha256: String
    /// Rows fitted.
    public var rows: Int
    /// First and last step fitted.
    public var steps: [Int]
    /// The largest learning rate; nil when it is not known.
    public var peak: Double?
    /// The least learning rate of the rows fitted; nil when it is not known.
    public var lowest: Double?
    /// The last step of the first warm-up; nil when it is not known.
    public var warmupSteps: Int?
    /// What else is known of the run.
    public var facts: RunFacts?
    /// What was found in the log before the fit; nil when nothing was.
    public var cleaning: [CleaningFinding]?
  }

  /// How warm-ups entered the areas.
  public struct Warmup: Sendable, Hashable, Codable {
    /// The convention.
    public var area: WarmupArea
    /// The length of a warm-up that the logs did not show; nil: none was given.
    public var steps: Int?

    /// Creates a convention.
    public init(area: WarmupArea, steps: Int?) {
      self.area = area
      self.steps = steps
    }
  }
}

extension FittedLaw {
  /// What is known of all runs alike.
  var commonFacts: RunFacts {
    func common<Value: Equatable>(_ fact: KeyPath<RunFacts, Value?>) -> Value? {
      let values = data.map { $0.facts?[keyPath: fact] }
      return values.allSatisfy { $0 == values.first } ? values.first ?? nil : nil
    }
    return RunFacts(
      modelSize: common(\.modelSize), tokensPerStep: common(\.tokensPerStep),
      uniqueTokens: common(\.uniqueTokens), switchStep: common(\.switchStep))
  }

  /// The warnings, doubts about the choice of the law, and that early rows were left out where they
  /// were.
  public var remarks: [String] {
    warnings + (selection?.warnings ?? []) + [transientRemark].compactMap { $0 }
  }

  /// Says that early rows were left out, and how to keep them; nil when none were.
  public var transientRemark: String? {
    transientEnd.map {
      "rows before step \($0) are left out: the start of training does not follow the law; keep "
        + "them with --keep early, or choose the first step with --from"
    }
  }
}
