/// The formats that are known, in the order in which they are tried.
enum FormatRegistry {
  /// All formats; of several that fit equally well the first is taken.
  static var formats: [any LogFormat.Type] { binary + json + tables + blocks + text }

  /// Formats that are read line by line, for text inside another file.
  static var ofLines: [any LogFormat.Type] { [JSONLinesFormat.self] + blocks + text }

  /// Binary files, each with a signature.
  static var binary: [any LogFormat.Type] {
    [
      TensorBoardFormat.self,
      WandbFormat.self,
    ]
  }

  /// JSON, whole files and lines.
  private static var json: [any LogFormat.Type] {
    [
      TrainerStateFormat.self,
      MegatronGoldenFormat.self,
      NotebookFormat.self,
      TensorBoardScalarsFormat.self,
      DLLoggerSummaryFormat.self,
      JSONDocumentFormat.self,
      JSONLinesFormat.self,
    ]
  }

  /// Delimited text.
  private static var tables: [any LogFormat.Type] {
    [DelimitedFormat.self, NumberColumnsFormat.self]
  }

  /// Text of dictionaries, blocks and tables, and text with a syntax of its own.
  private static var blocks: [any LogFormat.Type] {
    [
      HuggingFaceFormat.self,
      OLMoFormat.self,
      ComposerFormat.self,
      BaselinesFormat.self,
      FairseqFormat.self,
      MarianFormat.self,
      MLPerfFormat.self,
      DLLoggerFormat.self,
      MMEngineFormat.self,
      PaddleFormat.self,
      DeepSpeedFormat.self,
      LightningBarFormat.self,
      KerasFormat.self,
    ]
  }

  /// Text, a line grammar each; the rule for any `key: value` comes last.
  private static var text: [any LogFormat.Type] {
    [
      BuildNanoGPTFormat.self,
      BuildNanoGPTLogFormat.self,
      GPTNeoXFormat.self,
      LLMCFormat.self,
      LitGPTFormat.self,
      MLXFormat.self,
      MLflowMetricFormat.self,
      MaxTextFormat.self,
      MegatronFormat.self,
      MiniMindFormat.self,
      ModdedNanoGPTFormat.self,
      NanoGPTFormat.self,
      NanochatFormat.self,
      NanotronFormat.self,
      TorchTitanFormat.self,
      TorchtuneFormat.self,
      KeyValueFormat.self,
    ]
  }

  /// Folders of several files that make a run are in `Directories`.
}
