/// The formats that are known, in the order in which they are tried.
enum FormatRegistry {
  /// All formats; of several that fit equally well the first is taken.
  static var formats: [any LogFormat.Type] { binary + json + tables + text }

  /// Formats that are read line by line, for text inside another file.
  static var ofLines: [any LogFormat.Type] { [JSONLinesFormat.self] + text }

  /// Binary files.
  private static var binary: [any LogFormat.Type] {
    []
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
    [DelimitedFormat.self]
  }

  /// Text, a line grammar each; the rule for any `key: value` comes last.
  private static var text: [any LogFormat.Type] {
    [
      NanoGPTFormat.self
    ]
  }

  /// Folders of several files that make a run are in `Directories`.
}
