/// The law of model size and data of Chinchilla: L(N, D) = E + A·N^(-α) + B·D^(-β).
///
/// Source: Hoffmann et al., "Training Compute-Optimal Large Language Models", arXiv 2203.15556,
/// approach 3; fitted anew by Besiroglu et al., arXiv 2404.10102.
public struct ChinchillaLaw: SizeAndDataLaw {
  /// Creates the law.
  public init() {}

  /// `chinchilla`.
  public var name: String { "chinchilla" }

  /// What the law says.
  public var summary: String {
    "What is lost for want of parameters and for want of tokens adds up; each falls as a power."
  }

  /// The equation.
  public var equation: String { "L(N, D) = E + A * N^(-alpha) + B * D^(-beta)" }

  /// The source.
  public var source: String {
    "Hoffmann et al., arXiv 2203.15556, approach 3; fitted anew by Besiroglu et al., arXiv 2404.10102"
  }

  /// E, A, B, alpha and beta.
  public var parameters: [LawParameter] {
    [
      LawParameter(
        name: "E", symbol: "E", meaning: "loss of an infinite model on infinite data", unit: "nats",
        range: "≥ 0", typicalRange: "1.69–1.82", isLinear: true,
        identifiedBy: "large models on many tokens, where both terms are small"),
      LawParameter(
        name: "A", symbol: "A", meaning: "height of the model-size term at N = 1", unit: "nats",
        range: "≥ 0", typicalRange: "400–500", isLinear: true, coordinate: "A*(1e9)^(-alpha)",
        identifiedBy: "runs of several model sizes"),
      LawParameter(
        name: "B", symbol: "B", meaning: "height of the data term at D = 1", unit: "nats",
        range: "≥ 0", typicalRange: "400–2100", isLinear: true, coordinate: "B*(1e10)^(-beta)",
        identifiedBy: "runs of several lengths"),
      .sizeExponent(typicalRange: "0.34–0.35"), .dataExponent(typicalRange: "0.28–0.37"),
    ]
  }

  /// The fit of the paper, and the one that its points give.
  public var publishedFits: [PublishedFit] {
    [
      PublishedFit(
        setting: "Chinchilla's runs, as printed", parameters: [1.69, 406.4, 410.7, 0.34, 0.28],
        source: "Hoffmann et al., arXiv 2203.15556, approach 3"),
      PublishedFit(
        setting: "240 of Chinchilla's runs, digitised",
        parameters: [1.8172, 482.01, 2085.43, 0.3478, 0.3658],
        source: "Besiroglu et al., arXiv 2404.10102"),
    ]
  }
}

extension LawParameter {
  /// α of laws of size and data.
  static func sizeExponent(typicalRange: String) -> LawParameter {
    LawParameter(
      name: "alpha", symbol: "α", meaning: "exponent of the model-size term", unit: "1",
      range: "0.001–10", typicalRange: typicalRange, isLinear: false,
      identifiedBy: "runs of at least three model sizes")
  }

  /// β of laws of size and data.
  static func dataExponent(typicalRange: String) -> LawParameter {
    LawParameter(
      name: "beta", symbol: "β", meaning: "exponent of the data term", unit: "1",
      range: "0.001–10", typicalRange: typicalRange, isLinear: false,
      identifiedBy: "runs of at least three lengths")
  }
}
