/// Finds the columns of step and learning rate by their names.
enum TableHeader {
  private static let steps: Set<String> = ["step", "steps", "iteration", "iterations", "iter", "t"]
  private static let rates: Set<String> = ["lr", "learningrate", "rate", "eta"]
  /// Parts of names of columns that hold something else.
  private static let others = [
    "loss", "acc", "ppl", "perplexity", "norm", "bpb", "bits", "entropy", "score", "error",
    "token", "sample", "epoch", "time", "second", "flop", "temperature", "momentum", "decay",
  ]

  /// The columns' places from 0; of two columns, one with a name of its own is taken with a note.
  ///
  /// - Throws: `invalid` when the names do not tell, or tell that a column holds something else.
  static func columns(
    _ fields: [Substring], line: Int, notes: inout [String]
  ) throws(ConfigurationError) -> (step: Int, rate: Int) {
    let names = fields.map { $0.lowercased().filter { $0.isLetter } }
    let step = names.firstIndex { steps.contains($0) } ?? names.firstIndex { $0.hasSuffix("step") }
    let rate =
      names.firstIndex { rates.contains($0) } ?? names.firstIndex { $0.hasSuffix("learningrate") }
    if let step, let rate {
      if fields.count > 2 {
        notes.append("the columns '\(fields[step])' and '\(fields[rate])' are taken")
      }
      return (step, rate)
    }
    let remedy = "name the columns 'step' and 'learning_rate'"
    guard fields.count == 2 else {
      throw ConfigurationError(.invalid, "the header must \(remedy)", line: line)
    }
    let columns = (step: step ?? rate.map { 1 - $0 } ?? 0, rate: rate ?? step.map { 1 - $0 } ?? 1)
    for (place, isKnown, what) in [
      (columns.step, step != nil, "step"), (columns.rate, rate != nil, "learning rate"),
    ] where !isKnown {
      if others.contains(where: names[place].contains) {
        throw ConfigurationError(
          .invalid, "the column '\(fields[place].prefix(40))' is no \(what); \(remedy)", line: line)
      }
      notes.append("the column '\(fields[place].prefix(40))' is taken as the \(what)")
    }
    return columns
  }
}
