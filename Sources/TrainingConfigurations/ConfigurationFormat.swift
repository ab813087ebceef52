/// The formats that schedules are read from and written to.
public enum ConfigurationFormat: String, CaseIterable, Sendable {
  /// A schedule in one line, as the library `Schedules` reads it.
  case expression
  /// A table of two columns, `step,learning_rate`.
  case csv
  /// Megatron-LM's flags, alone or in a shell script.
  case megatron
  /// Hugging Face `TrainingArguments` as JSON, YAML, flags or code; axolotl and LLaMA-Factory.
  case huggingFace = "hf"
  /// GPT-NeoX's YAML.
  case gptNeoX = "gpt-neox"
  /// DeepSpeed's JSON.
  case deepSpeed = "deepspeed"
  /// OLMo's YAML.
  case olmo
  /// OLMo-core's configuration as a dictionary.
  case olmoCore = "olmo-core"
  /// torchtitan's TOML or flags.
  case torchtitan
  /// Composer's and llm-foundry's YAML.
  case composer
  /// Levanter's YAML.
  case levanter
  /// nanotron's YAML.
  case nanotron
  /// fairseq's flags.
  case fairseq
  /// nanoGPT's settings in Python or as flags.
  case nanoGPT = "nanogpt"
  /// llm.c's flags.
  case llmc
  /// optax schedules as Python code.
  case optax
  /// PyTorch's schedulers as Python code.
  case pytorch

  /// Whether a schedule can be written in the format.
  public var isWritten: Bool {
    switch self {
    case .expression, .csv, .megatron, .huggingFace, .deepSpeed, .torchtitan, .nanoGPT, .llmc,
      .optax, .pytorch:
      true
    case .gptNeoX, .olmo, .olmoCore, .composer, .levanter, .nanotron, .fairseq: false
    }
  }

  /// The reader of the format's settings; nil for a format that has none.
  var settingsImport: (any ConfigurationImport.Type)? {
    switch self {
    case .expression, .csv, .optax, .pytorch: nil
    case .megatron: MegatronImport.self
    case .huggingFace: HuggingFaceImport.self
    case .gptNeoX: GPTNeoXImport.self
    case .deepSpeed: DeepSpeedImport.self
    case .olmo: OLMoImport.self
    case .olmoCore: OLMoCoreImport.self
    case .torchtitan: TorchtitanImport.self
    case .composer: ComposerImport.self
    case .levanter: LevanterImport.self
    case .nanotron: NanotronImport.self
    case .fairseq: FairseqImport.self
    case .nanoGPT: NanoGPTImport.self
    case .llmc: LLMCImport.self
    }
  }
}
