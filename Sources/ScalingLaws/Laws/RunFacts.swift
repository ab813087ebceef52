/// What is known of a run besides its learning rate.
public struct RunFacts: Sendable, Hashable, Codable {
  /// N, the model's parameters; laws of model size count them without embeddings.
  public var modelSize: Double?
  /// The tokens of one update, so that D = steps × tokensPerStep.
  public var tokensPerStep: Double?
  /// U, the distinct tokens of the training data; beyond them data are repeated.
  public var uniqueTokens: Double?
  /// The last update on the first data set, where training continues on another.
  public var switchStep: Int?

  /// Creates facts; what is not known is nil.
  public init(
    modelSize: Double? = nil, tokensPerStep: Double? = nil, uniqueTokens: Double? = nil,
    switchStep: Int? = nil
  ) {
    self.modelSize = modelSize
    self.tokensPerStep = tokensPerStep
    self.uniqueTokens = uniqueTokens
    self.switchStep = switchStep
  }
}

extension RunFacts {
  /// These facts, and for what is nil those of another.
  public func completed(by other: RunFacts) -> RunFacts {
    RunFacts(
      modelSize: modelSize ?? other.modelSize,
      tokensPerStep: tokensPerStep ?? other.tokensPerStep,
      uniqueTokens: uniqueTokens ?? other.uniqueTokens,
      switchStep: switchStep ?? other.switchStep)
  }
}

/// What a law needs to know of every run.
public enum LawInput: String, Sendable, Hashable, CaseIterable {
  /// The learning rate of every step.
  case learningRate
  /// N, the model's parameters.
  case modelSize
  /// D, the tokens seen at every step.
  case tokens
  /// U, the distinct tokens of the training data.
  case uniqueTokens
  /// The step at which training went on with other data.
  case switchStep
}

extension LawInput {
  /// The input in words, as in "the law needs the learning rate of every run".
  public var words: String {
    switch self {
    case .learningRate: "the learning rate"
    case .modelSize: "the model's parameters"
    case .tokens: "the tokens of a step"
    case .uniqueTokens: "the distinct tokens of the training data"
    case .switchStep: "the step at which the data changed"
    }
  }

  /// How a user gives the input.
  public var remedy: String {
    switch self {
    case .learningRate:
      "give it with --schedule, name its column with --lr, or choose --law power-steps"
    case .modelSize: "give them with --parameters, or in a manifest's column 'parameters'"
    case .tokens: "give them with --tokens-per-step, or in a manifest's column 'tokensPerStep'"
    case .uniqueTokens: "give them with --unique-tokens, or in a manifest's column 'uniqueTokens'"
    case .switchStep: "give it with --switch-step, or in a manifest's column 'switchStep'"
    }
  }
}
