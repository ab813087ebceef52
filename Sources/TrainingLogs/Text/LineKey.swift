/// A key of a text line: a name and what it means, behind the words of a log's prefix.
struct LineKey {
  /// The name, without words that say nothing of the quantity.
  var name: String
  /// What it means.
  var meaning: StatedMeaning
  /// Whether it may be a column: not a place in a program, not a sentence.
  var isUsable: Bool

  /// Whether it is a loss that does not say of which data.
  let isTrainingLoss: Bool

  /// Step names of this rank or higher count epochs.
  static let epochRank = ColumnNames.epochRank

  /// Words that stand before a name in lines and are no part of it.
  private static let prefixes: Set<String> = [
    "info", "debug", "warning", "warn", "root", "main", "trainer", "rank", "completed", "at",
    "after", "the", "for", "in", "on", "of", "and", "with", "results", "finished", "done",
  ]

  /// Words of numbers of steps that are not the step.
  private static let counts: Set<String> = [
    "number", "num", "skipped", "nan", "total", "max", "min", "per", "last", "every", "warmup",
    "remaining", "best", "/", "save", "eval_every", "of", "time",
  ]

  /// Judges a key as it stands in a line.
  init(_ text: String) {
    var words = text.split(separator: " ").map(String.init)
    let first = words.firstIndex { !Self.prefixes.contains($0.lowercased()) } ?? 0
    words.removeFirst(first)
    let text = words.joined(separator: " ")
    name = text
    meaning = ColumnNames.meaning(of: name)
    isUsable = words.count <= 5 && ![".py", ".cc", ".cpp", ".h"].contains { text.hasSuffix($0) }
    // `Train step`, `validation loss at iteration`: the last word is the step.
    if meaning == .other, words.count > 1, words.count <= 6, let last = words.last,
      Self.counts.isDisjoint(with: words.map { $0.lowercased() }),
      case .step = ColumnNames.meaning(of: last)
    {
      name = last
      meaning = ColumnNames.meaning(of: last)
      isUsable = true
    }
    if !isUsable { meaning = .other }
    if case .series(.trainLoss, _, _) = meaning {
      isTrainingLoss = !words.contains { $0.lowercased().hasPrefix("tr") }
    } else {
      isTrainingLoss = false
    }
  }
}
