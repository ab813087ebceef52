/// A law's parameter with its fitted value and uncertainty.
public struct FittedParameter: Sendable, Hashable, Codable {
  /// How a parameter enters its law or got its value.
  public enum Role: String, Sendable, Hashable, Codable {
    /// The loss is linear in it.
    case linear
    /// The loss is not linear in it.
    case nonlinear
    /// The user or the law holds it.
    case fixed
    /// The data say nothing about it.
    case unidentified
  }

  /// The parameter's symbol in ASCII, as in `alpha`.
  public var name: String
  /// The fitted value; nil when the data say nothing about it.
  public var value: Double?
  /// The standard error, autocorrelation included; nil when it cannot be had.
  public var standardError: Double?
  /// The lower end of the interval at the model's level.
  public var lower: Double?
  /// The upper end of the interval at the model's level.
  public var upper: Double?
  /// How it enters the law or got its value.
  public var role: Role
  /// Its variance over that of the law's prior, between 0 and 1: how much of what is known of it the
  /// data did not tell; nil without a prior.
  public var priorShare: Double?

  /// Creates a parameter.
  public init(
    name: String, value: Double?, standardError: Double? = nil, lower: Double? = nil,
    upper: Double? = nil, role: Role,
    priorShare: Double? = nil
  ) {
    self.name = name
    self.value = value
    self.standardError = standardError
    self.lower = lower
    self.upper = upper
    self.role = role
    self.priorShare = priorShare
  }
}

extension FittedParameter {
  /// Whether the data say little more of it than was known before: its standard error is at least 0.7
  /// of the prior's.
  public var isMostlyPrior: Bool { (priorShare ?? 0) >= 0.49 }
}
