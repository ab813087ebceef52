/// The law of model size and data as MiniCPM's authors write and use it:
/// L(N, D) = C_N·N^(-α) + C_D·D^(-β) + L0.
///
/// The form is that of ``ChinchillaLaw``. They fit it to points of the decays of warm-up-stable-decay
/// runs, so that one long run and short decays from it stand for runs of many lengths, and to losses
/// per byte. They print, as averages over their data sets, α = 0.29 and β = 0.23 and an optimal
/// N/D = K²·(C/6)^η with K² = 0.01 and η = -0.10; ``ComputeOptimum`` gives K and η of a fit.
///
/// Source: Hu et al., "MiniCPM", arXiv 2404.06395.
public struct MiniCPMLaw: SizeAndDataLaw {
  /// Creates the law.
  public init() {}

  /// `minicpm`.
  public var name: String { "minicpm" }

  /// What the law says.
  public var summary: String {
    "Chinchilla's form as used on the decays of warm-up-stable-decay runs, losses per byte."
  }

  /// The equation.
  public var equation: String { "L(N, D) = C_N * N^(-alpha) + C_D * D^(-beta) + L0" }

  /// The source.
  public var source: String { "Hu et al.: MiniCPM, arXiv 2404.06395" }

  /// L0, C_N, C_D, alpha and beta.
  public var parameters: [LawParameter] {
    [
      LawParameter(
        name: "L0", symbol: "L0", meaning: "loss of an infinite model on infinite data",
        unit: "nats", range: "≥ 0", typicalRange: "depends on the loss's unit", isLinear: true,
        identifiedBy: "large models on many tokens, where both terms are small"),
      LawParameter(
        name: "C_N", symbol: "C_N", meaning: "height of the model-size term at N = 1",
        unit: "nats", range: "≥ 0", typicalRange: "depends on the loss's unit", isLinear: true,
        coordinate: "C_N*(1e9)^(-alpha)", identifiedBy: "runs of several model sizes"),
      LawParameter(
        name: "C_D", symbol: "C_D", meaning: "height of the data term at D = 1", unit: "nats",
        range: "≥ 0", typicalRange: "depends on the loss's unit", isLinear: true,
        coordinate: "C_D*(1e10)^(-beta)", identifiedBy: "decays from several lengths"),
      .sizeExponent(typicalRange: "0.29 on average"),
      .dataExponent(typicalRange: "0.23 on average"),
    ]
  }
}
