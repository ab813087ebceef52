import RealModule

/// Step Law: the best peak learning rate and batch for a model size and a number of tokens.
///
/// η = 1.797·N^(-0.7129)·D^(0.3075) and B = 0.5807·D^(0.5709) tokens, for N parameters without
/// embeddings, D tokens, and schedules that end at a rate of 1e-5.
///
/// Source: Step Law, arXiv 2503.04715; the digits are those published with its data, the paper rounds
/// them.
public enum StepLaw {
  /// The best peak learning rate.
  ///
  /// - Parameters:
  ///   - modelSize: N, parameters without embeddings.
  ///   - tokens: D.
  /// - Returns: η.
  public static func learningRate(modelSize: Double, tokens: Double) -> Double {
    1.797 * .exp(-0.7129 * .log(modelSize) + 0.3075 * .log(tokens))
  }

  /// The best batch for D tokens, in tokens.
  public static func batchTokens(tokens: Double) -> Double {
    0.5807 * .exp(0.5709 * .log(tokens))
  }
}
