/// All that a schedule's text can name, and what frameworks have that it cannot.
public enum ScheduleCatalogue {
  /// All entries, by group.
  public static let entries: [ScheduleCatalogueEntry] =
    phases + decayShapes + warmupShapes + SchedulePreset.all.map { ScheduleCatalogueEntry($0) }
    + conventions + notFunctionsOfTheStep

  /// The entries that a word names: by name or alias, else by a name of a framework, letters' case
  /// ignored.
  ///
  /// `cosine` names a decay's shape and a warm-up's.
  public static func entries(named word: String) -> [ScheduleCatalogueEntry] {
    let own = entries.filter { $0.name == word || $0.aliases.contains(word) }
    guard own.isEmpty else { return own }
    let lower = word.lowercased()
    return entries.filter { entry in
      ([entry.name] + entry.aliases + entry.namesElsewhere).contains { $0.lowercased() == lower }
    }
  }

  /// All words that name an entry.
  public static var words: [String] {
    entries.flatMap { [$0.name] + $0.aliases + $0.namesElsewhere }
  }

  static let phases: [ScheduleCatalogueEntry] = [
    ScheduleCatalogueEntry(
      .phase, "warmup", aliases: ["rewarm"], elsewhere: ["LinearLR", "constant_with_warmup"],
      "goes up to a rate",
      formula: "at + (to - at) g(x), g linear or another shape of a warm-up",
      source: "all frameworks; the step's fraction is the convention's",
      [
        .init("at", "0, or the rate before it", "first rate"),
        .init("to", "the peak", "last rate"),
        .init("of", "the phase's steps and those of skip=", "steps of the whole shape"),
        .init("skip", "0", "steps of the shape that have gone before the phase"),
      ],
      example: "peak=3e-4,warmup:300,stable:9700",
      remark: "PyTorch's LinearLR has at= a third of the peak and 5 steps."),
    ScheduleCatalogueEntry(
      .phase, "stable", aliases: ["hold", "constant"],
      elsewhere: ["ConstantLR", "PiecewiseConstantDecay"], "holds a rate", formula: "at",
      source: "all frameworks",
      [.init("at", "the rate before it, or the peak", "another rate to jump to")],
      example: "peak=3e-4,stable:8000,stable:8000:at=0.3x"),
    ScheduleCatalogueEntry(
      .phase, "decay", aliases: ["cooldown", "anneal"], "goes to a lower rate by a shape",
      formula: "to + (at - to) d(x)", source: "all frameworks",
      [
        .init("at", "the rate before it", "first rate"),
        .init("to", "min= or 0", "last rate"),
        .init(
          "of", "the phase's steps and those of skip=", "steps of the whole shape"),
        .init("skip", "0", "steps of the shape that have gone before the phase"),
      ],
      example: "peak=3e-4,warmup:300,stable:8700,decay:1000:1-sqrt"),
  ]

  static let conventions: [ScheduleCatalogueEntry] = [
    convention(
      "hf", ["transformers", "PyTorch", "Keras", "T5X"], "f(t), warm-up j/W",
      "HF transformers optimization.py, PyTorch LambdaLR; also big_vision, lingua, BMTrain"),
    convention(
      "megatron", ["Megatron-LM"], "f(t), warm-up j/W",
      "Megatron-LM optimizer_param_scheduler.py, which counts samples"),
    convention("optax", ["JAX"], "f(t), warm-up j/W", "optax"),
    convention(
      "llmc", ["llm.c", "nanochat", "schedule-free"], "f(t), warm-up (j + 1)/W",
      "llm.c, nanochat, schedule_free"),
    convention("torchtitan", [], "f(t), warm-up (j + 1)/W", "torchtitan lr_scheduler.py"),
    convention("nanogpt", ["nanoGPT"], "f(t), warm-up (j + 1)/(W + 1)", "nanoGPT train.py"),
    convention(
      "olmo", ["OLMo", "OLMo-core"], "f(t + 1), warm-up j/W",
      "OLMo and OLMo-core: the step is counted before the update"),
    convention(
      "deepspeed", ["WarmupLR", "WarmupDecayLR"], "f(t - 1), warm-up j/W",
      "DeepSpeed runtime/lr_schedules.py WarmupLR, WarmupDecayLR; the usual warm-up is log"),
  ]

  private static func convention(
    _ name: String, _ elsewhere: [String], _ formula: String, _ source: String
  ) -> ScheduleCatalogueEntry {
    ScheduleCatalogueEntry(
      .convention, name, elsewhere: elsewhere, "update t has \(formula)", formula: formula,
      source: source, example: "peak=3e-4,conv=\(name),warmup:100,decay:900")
  }
}
