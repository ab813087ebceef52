/// The shapes of decays and warm-ups.
extension ScheduleCatalogue {
  static let decayShapes: [ScheduleCatalogueEntry] = [
    shape(
      "linear", "a line", "1 - x", "HF linear; Megatron-LM linear; OLMo-core wsd",
      elsewhere: ["get_linear_schedule_with_warmup"]),
    shape(
      "cosine", "half a cosine", "((1 + cos(pi x^k))/2)^p",
      "SGDR, arXiv 1608.03983; optax (exponent: p); timm k-decay, arXiv 2004.05909 (k)",
      aliases: ["cos"], elsewhere: ["CosineAnnealingLR", "CosineDecay", "cosine_with_min_lr"],
      [.init("p", "1", "power of the whole"), .init("k", "1", "power of x")]),
    shape(
      "cosine-linear", "a cosine times a line", "(1 - x)(1 + cos(pi x))/2",
      "OLMo cosine_linear_envelope", elsewhere: ["cosine_linear_envelope"]),
    shape(
      "1-sqrt", "steep at first", "1 - sqrt(x)",
      "arXiv 2405.18392; HF, Megatron-LM (minus_sqrt), torchtitan (sqrt), nanotron, llm.c wsd",
      aliases: ["sqrt", "minus_sqrt"],
      remark: "Never (1 - x)^0.5, which is poly with p=0.5 and timm's usual poly."),
    shape("square", "steep at last", "1 - x^2", "epfml schedules-and-scaling"),
    shape(
      "mirror-cosine", "a cosine mirrored at the line", "2(1 - x) - (1 + cos(pi x))/2",
      "epfml schedules-and-scaling", aliases: ["miror_cosine"]),
    shape(
      "poly", "a power of what is left", "(1 - x)^p",
      "HF polynomial (p 1), timm poly (p 0.5), mmcv poly, the multi-power law's optima (p 1.65)",
      [.init("p", "1", "the power")]),
    shape(
      "exp", "geometric", "rate = at (to/at)^x; to= must be positive",
      "multi-power law's wsd curves; epfml exp; fairseq tri_stage",
      keys: ":to=0.1x",
      remark: "There are six curves called exponential: exp, mexp, half-life, and "
        + "the presets exponential, neox-exponential and dolomite-exponential."),
    shape(
      "mexp", "Megatron-LM's exponential", "(g^x - g)/(1 - g); with g = 1/2, 2 0.5^x - 1",
      "Megatron-LM --lr-wsd-decay-style exponential", [.init("g", "0.5", "between 0 and 1")]),
    shape(
      "half-life", "halves every h steps, without an end", "0.5^(j/h)",
      "MiniCPM, arXiv 2404.06395 (h 5000; the authors' notes say 8000)",
      [.init("h", "", "steps of one halving")], keys: ":h=300"),
    shape(
      "inv", "the reciprocal is linear", "1/rate = (1 - x)/at + x/to; to= must be positive",
      "arXiv 2410.05192; lingua wsd; Levanter inv", keys: ":to=0.1x"),
    shape(
      "invsqrt", "an inverse square root, without an end", "1/sqrt(1 + j/tau)",
      "HF inverse_sqrt (tau the warm-up), big_vision (tau 10000), T5X, Marian",
      elsewhere: ["rsqrt", "lr-decay-inv-sqrt"],
      [.init("tau", "the warm-up's steps, or 10000", "the timescale in steps")]),
    shape(
      "power", "a power of the run's step, without an end", "(t/s)^b, s the phase's first step",
      "OLMo-core power_lr; Power scheduler, arXiv 2408.13359", elsewhere: ["power_lr"],
      [.init("b", "-0.51", "the power, negative")]),
    shape(
      "rex", "flat at first", "(1 - x)/(1 - beta + beta (1 - x))",
      "REX, arXiv 2107.04197 (beta 0.5, as ports quote it); IvanVassi/REX_LR, axolotl (beta 0.9)",
      [.init("beta", "0.5", "below 1")]),
    shape(
      "tanh", "a hyperbolic tangent", "(1 - tanh(lb (1 - x) + ub x))/2",
      "arXiv 1806.01593; timm",
      [.init("lb", "-7", "argument at the start"), .init("ub", "3", "argument at the end")]),
    shape("const", "stays", "1", "a decay in name only"),
  ]

  static let warmupShapes: [ScheduleCatalogueEntry] = [
    warmup("linear", "a line", "x", "all frameworks"),
    warmup("cosine", "half a cosine", "(1 - cos(pi x))/2", "HF warmup_type=cosine"),
    warmup("1-sqrt", "slow at first, steep at last", "1 - sqrt(1 - x)", "HF warmup_type=1-sqrt"),
    warmup("quad", "a parabola", "x^2", "axolotl cosine_with_quadratic_warmup"),
    warmup("log", "a logarithm", "ln(j + 1)/ln(W)", "DeepSpeed's usual warmup_type"),
    warmup(
      "const", "the first rate, then a jump", "0",
      "nanotron lr_warmup_style=constant; PyTorch ConstantLR (a third of the peak, 5 steps)",
      keys: ":at=0.1x"),
  ]

  private static func shape(
    _ name: String, _ summary: String, _ formula: String, _ source: String,
    aliases: [String] = [], elsewhere: [String] = [],
    _ parameters: [SchedulePreset.Parameter] = [], keys: String = "", remark: String = ""
  ) -> ScheduleCatalogueEntry {
    ScheduleCatalogueEntry(
      .decayShape, name, aliases: aliases, elsewhere: elsewhere, summary, formula: formula,
      source: source, parameters,
      example: "peak=3e-4,warmup:100,stable:700,decay:200:\(name)\(keys)", remark: remark)
  }

  private static func warmup(
    _ name: String, _ summary: String, _ formula: String, _ source: String, keys: String = ""
  ) -> ScheduleCatalogueEntry {
    ScheduleCatalogueEntry(
      .warmupShape, name, summary, formula: formula, source: source,
      example: "peak=3e-4,warmup:100:\(name)\(keys),decay:900")
  }
}
