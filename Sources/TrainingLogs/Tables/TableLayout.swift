/// What the header of a table says: what its columns are, and how it tells runs apart.
struct TableLayout {
  /// The columns in the file's order, without values.
  private(set) var columns: [RecordTable.Column]
  /// The column that names the run of each row; nil: there is none.
  private(set) var runColumn: Int?

  /// Judges a header.
  init(_ header: Header, file: String) {
    columns = Self.unique(header.names).map { RecordTable.Column(name: $0) }
    // A number behind a repeated name is no part of it.
    for index in columns.indices where columns[index].name != header.names[index] {
      columns[index].stated = ColumnNames.meaning(of: header.names[index])
    }
    guard !header.isMadeUp else { return }
    if let tag = ScalarExport.tag(header: header.names, file: file) {
      columns[2].stated = ColumnNames.meaning(of: tag)
    } else if let runs = DashboardPanel.runs(of: header.names) {
      for (index, run) in runs.enumerated() { columns[index].run = run }
      columns[0].stated = .step(rank: 0)
    } else if let runs = RateRuns.runs(of: header.names) {
      for (index, run) in runs.enumerated() where run != nil {
        columns[index].run = run
        columns[index].stated = .series(.trainLoss)
      }
    } else if let found = RunColumn.index(in: header.names) {
      runColumn = found
      columns[found].stated = .other
    } else if let pair = NamelessPair.meanings(of: header.names) {
      for (index, meaning) in pair.enumerated() { columns[index].stated = meaning }
    }
  }

  /// The names, with one made up for an empty one and a number behind a repeated one.
  private static func unique(_ header: [String]) -> [String] {
    var seen: [String: Int] = [:]
    return header.enumerated().map { index, name in
      let name = name.isEmpty ? "column \(index + 1)" : name
      seen[name, default: 0] += 1
      let count = seen[name] ?? 1
      return count == 1 ? name : "\(name) (\(count))"
    }
  }
}

/// The CSV export of a dashboard's panel (Weights & Biases): the axis, then `run - metric`.
enum DashboardPanel {
  private static let separator = " - "
  private static let groupPrefix = "Group: "
  /// Words before ` - ` that are data sets rather than runs.
  private static let dataSets: Set<String> = [
    "train", "training", "val", "valid", "validation", "eval", "test", "dev",
  ]

  /// The run of each column, nil for the axis; nil when the header is not such an export.
  static func runs(of names: [String]) -> [String?]? {
    guard names.count > 1, !names[0].contains(separator) else { return nil }
    let runs = names.dropFirst().map(run)
    guard runs.allSatisfy({ $0 != nil }) else { return nil }
    let areDataSets = runs.allSatisfy { dataSets.contains($0?.lowercased() ?? "") }
    return areDataSets ? nil : [nil] + runs
  }

  /// The metric of a column: what stands behind the last ` - `, the whole name where there is none.
  static func metric(of name: String) -> String { parts(of: name)?.metric ?? name }

  private static func run(of name: String) -> String? {
    guard let run = parts(of: name)?.run else { return nil }
    return run.hasPrefix(groupPrefix) ? String(run.dropFirst(groupPrefix.count)) : run
  }

  /// The parts at the last ` - `, as runs' names may have one.
  private static func parts(of name: String) -> (run: String, metric: String)? {
    let text = Array(name.utf8)
    let mark = Array(separator.utf8)
    for start in stride(from: text.count - mark.count - 1, to: 0, by: -1)
    where text[start..<start + mark.count].elementsEqual(mark) {
      return (
        String(decoding: text[..<start], as: UTF8.self),
        String(decoding: text[(start + mark.count)...], as: UTF8.self)
      )
    }
    return nil
  }
}

/// Columns named after learning rates, of which there are several, are runs of a sweep: their
/// values are losses.
enum RateRuns {
  private static let prefixes = ["learning_rate", "learningrate", "learning rate", "lrate", "lr"]

  /// The run of each column, nil for others; nil when the columns are no sweep.
  static func runs(of names: [String]) -> [String?]? {
    let runs = names.map { rate(in: $0) == nil ? nil : $0 }
    let rates = names.compactMap(rate)
    guard Set(rates).count > 1, Set(rates).count == rates.count else { return nil }
    // The numbers of parameter groups are whole.
    guard rates.contains(where: { $0 > 0 && $0 < 1 }) else { return nil }
    let others = zip(names, runs).filter { $0.1 == nil }.map(\.0)
    let areSteps = others.allSatisfy { name in
      if case .step = ColumnNames.meaning(of: name) { true } else { false }
    }
    return areSteps ? runs : nil
  }

  /// The rate in `learning_rate_0.01` or `lr=1e-3`.
  private static func rate(in name: String) -> Double? {
    let lower = name.lowercased()
    guard let prefix = prefixes.first(where: lower.hasPrefix) else { return nil }
    let rest = lower.dropFirst(prefix.count)
    guard let first = rest.first, "_=-: ".contains(first) else { return nil }
    return Double(BlankTrimming.trimmed(String(rest.dropFirst())))
  }
}

/// The column of a long table that names the run of each row.
enum RunColumn {
  private static let spellings = [
    "run", "run_name", "runname", "run name", "run_id", "runid", "run id", "experiment",
    "experiment_name", "trial", "trial_id", "model_name",
  ]

  /// Where it stands; nil: there is none.
  static func index(in names: [String]) -> Int? {
    let lower = names.map { $0.lowercased() }
    return spellings.lazy.compactMap { lower.firstIndex(of: $0) }.first
  }
}

/// Two columns whose names say nothing, as in `x,y`: step and loss.
enum NamelessPair {
  /// The meanings; nil when the names do say something.
  static func meanings(of names: [String]) -> [StatedMeaning]? {
    guard names.count == 2, names.allSatisfy(saysNothing) else { return nil }
    return [.step(rank: 0), .series(.trainLoss)]
  }

  /// An empty name, a lone number or a letter with or without one.
  private static func saysNothing(_ name: String) -> Bool {
    guard let first = name.first else { return true }
    guard first.isASCII, first.isLetter || first.isNumber else { return false }
    return name.count <= 3 && name.dropFirst().allSatisfy(\.isNumber)
  }
}
