extension NoiseFloorLaw {
  /// L0, A, C, D, B, alpha, kappa, delta, forgetting, beta, mu and reference.
  public var parameters: [LawParameter] {
    [
      .floor,
      LawParameter(
        name: "A", symbol: "A", meaning: "height of the power term at P = 1", unit: "nats",
        range: "≥ 0", typicalRange: "15–80", isLinear: true,
        identifiedBy: "any rows, with alpha"),
      LawParameter(
        name: "C", symbol: "C", meaning: "noise floor at the reference rate", unit: "nats",
        range: "≥ 0", typicalRange: "0.1–0.3", isLinear: true,
        identifiedBy: "a run whose rate falls, or runs of several peaks"),
      LawParameter(
        name: "D", symbol: "D", meaning: "what the start of training adds or spares",
        unit: "nats", range: "any", typicalRange: "of either sign", isLinear: true,
        identifiedBy: "rows of early training"),
      LawParameter(
        name: "B", symbol: "B", meaning: "what a model of a million parameters would add",
        unit: "nats", range: "≥ 0", typicalRange: "1–4", isLinear: true,
        identifiedBy: "runs of two or more model sizes"),
      LawParameter(
        name: "alpha", symbol: "α", meaning: "exponent of the power term", unit: "1",
        range: "0.02–3", typicalRange: "0.4–0.7", isLinear: false, coordinate: "log α",
        identifiedBy: "rows over a wide range of steps; prior 0.5, a factor of e either way"),
      LawParameter(
        name: "kappa", symbol: "κ", meaning: "how progress grows with the rate", unit: "1",
        range: "0.1–1.5", typicalRange: "0.6–0.8", isLinear: false,
        identifiedBy: "runs that spend their steps at different rates; prior 0.6 ± 0.25"),
      LawParameter(
        name: "delta", symbol: "δ", meaning: "how the noise floor grows with the rate", unit: "1",
        range: "0.1–2", typicalRange: "0.65–0.85", isLinear: false,
        identifiedBy: "decays that end at different rates; prior 0.75 ± 0.2"),
      LawParameter(
        name: "forgetting", symbol: "c",
        meaning: "what the floor forgets of past rates in a step at the reference rate",
        unit: "1/step", range: "1e-5–0.5", typicalRange: "0.004–0.02", isLinear: false,
        coordinate: "log c",
        identifiedBy: "rows during and after a fall of the rate; prior 0.005, a factor of e"),
      LawParameter(
        name: "beta", symbol: "β", meaning: "exponent of the model size", unit: "1",
        range: "0.02–2", typicalRange: "0.1–0.4", isLinear: false, coordinate: "log β",
        identifiedBy: "runs of three or more model sizes; prior 0.2, a factor of 1.6"),
      LawParameter(
        name: "mu", symbol: "μ", meaning: "how forgetting grows with the rate", unit: "1",
        range: "0–2", typicalRange: "0.5", isLinear: false,
        identifiedBy: "held at 0.5 unless --fix says otherwise"),
      LawParameter(
        name: "reference", symbol: "η*", meaning: "rate by which all rates are divided",
        unit: "learning rate", range: "> 0", typicalRange: "the largest rate of the runs fitted",
        isLinear: false, identifiedBy: "held at the largest rate of the runs fitted"),
    ]
  }
}
