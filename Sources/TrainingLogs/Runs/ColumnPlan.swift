/// Which column of a table is the step, and which columns are kept as series.
struct ColumnPlan {
  /// One column of the table.
  struct Column {
    var name: String
    var role: SeriesRole
    /// The lower, the more it is preferred among its role.
    var rank: Int
    /// In what a loss is counted.
    var unit = LossUnit.nats
    /// Where its values are kept; nil: only its summary is.
    var slot: Int?
    /// Whether it was asked for by name.
    var isChosen = false
    /// The run that it belongs to; nil: all of the log.
    var run: String?
    /// The name without the run before it.
    var metric: String {
      run == nil ? name : DashboardPanel.metric(of: name)
    }
  }

  /// The columns in the file's order; the step column is among them.
  private(set) var columns: [Column]
  /// The step column's index; nil: rows are counted.
  private(set) var step: Int?
  /// What the step counts.
  private(set) var stepUnit = StepUnit.rows
  /// Indices of the columns that are kept, by slot.
  private(set) var kept: [Int] = []
  /// The loss columns that were asked for, one a run at most.
  private(set) var chosenLosses: [Int] = []
  /// Whether a learning rate will do where there is no loss.
  private let acceptsRateAlone: Bool

  /// Judges the columns that a reader found.
  ///
  /// - Throws: `noSuchColumn`, `noLossColumn`.
  init(
    columns found: [RecordTable.Column], choice: ColumnChoice, file: String, line: Int = 0
  ) throws(LogError) {
    acceptsRateAlone = !choice.needsLoss
    let meanings = found.map { $0.stated ?? Self.stated($0.name) }
    columns = zip(found, meanings).map { column, meaning in
      var planned = Column(name: column.name, role: .other, rank: 0, run: column.run)
      switch meaning {
      case .series(let role, let rank, let unit):
        (planned.role, planned.rank, planned.unit) = (role, rank, unit)
      case .step(let rank):
        if ColumnNames.unit(ofStep: column.name) == .epochs { planned.role = .epoch }
        planned.rank = rank
      case .other: break
      }
      return planned
    }
    step = stepColumn(meanings)
    try apply(choice, file: file, line: line)
    stepUnit = step.map { ColumnNames.unit(ofStep: columns[$0].name) } ?? .rows
    dropPerplexities()
    guard columns.contains(where: { isUseful($0.role) }) else {
      throw Self.noLoss(columns.map(\.name), file: file, line: line)
    }
    keepSeries(choice.kept)
  }

  /// Whether the step column was asked for by name.
  var hasChosenStep: Bool { step.map { columns[$0].isChosen } ?? false }

  /// What a name says.
  private static func stated(_ name: String) -> StatedMeaning {
    ColumnNames.meaning(of: name)
  }

  /// Whether a column of this role is enough to read a log for.
  func isUseful(_ role: SeriesRole) -> Bool {
    role.isLoss || (acceptsRateAlone && role == .learningRate)
  }

  /// The column that counts: updates, else tokens, else samples, else epochs.
  private func stepColumn(_ meanings: [StatedMeaning]) -> Int? {
    let ranked = meanings.enumerated().compactMap { index, meaning in
      if case .step(let rank) = meaning { (rank: rank, index: index) } else { nil }
    }
    let best = ranked.min { ($0.rank, $0.index) < ($1.rank, $1.index) }?.index
    if let best, columns[best].role != .epoch { return best }
    return preferred(.tokens) ?? preferred(.samples) ?? best
  }

  private func preferred(_ role: SeriesRole) -> Int? {
    columns.indices.filter { columns[$0].role == role }
      .min { (columns[$0].rank, $0) < (columns[$1].rank, $1) }
  }

  /// A perplexity says nothing that a loss beside it does not.
  private mutating func dropPerplexities() {
    let losses = columns.filter { $0.role.isLoss && $0.unit != .perplexity }
    for index in columns.indices
    where columns[index].unit == .perplexity && !columns[index].isChosen {
      let role = columns[index].role
      if losses.contains(where: { $0.role == role }) { columns[index].role = .other }
    }
  }

  private mutating func apply(
    _ choice: ColumnChoice, file: String, line: Int
  ) throws(LogError) {
    let names = columns.map(\.name)
    if let wanted = choice.step {
      let index = try Self.index(of: wanted, in: names, option: "--step", file, line)
      step = index
      columns[index].isChosen = true
    }
    if let wanted = choice.learningRate {
      let index = try Self.index(of: wanted, in: names, option: "--lr", file, line)
      for other in columns.indices where columns[other].role == .learningRate {
        columns[other].role = .other
      }
      columns[index].role = .learningRate
      columns[index].isChosen = true
    }
    if let wanted = choice.loss {
      var chosen = columns.indices.filter { columns[$0].run != nil && columns[$0].metric == wanted }
      if chosen.isEmpty {
        chosen = [try Self.index(of: wanted, in: names, option: "--loss", file, line)]
      }
      for index in chosen {
        if !columns[index].role.isLoss { columns[index].role = .trainLoss }
        columns[index].isChosen = true
      }
      chosenLosses = chosen
      if choice.step == nil, let step, chosen.contains(step) { self.step = nil }
    }
    if let step, columns[step].role != .tokens { columns[step].role = .other }
  }

  /// Keeps every loss, and of the other roles the preferred column.
  private mutating func keepSeries(_ wanted: KeptColumns) {
    for role in SeriesRole.allCases where role != .other {
      let found = columns.indices.filter { columns[$0].role == role && $0 != step }
      guard !role.isLoss else { continue }
      // Columns of several runs have one of a role each.
      for run in Set(found.map { columns[$0].run }) {
        let own = found.filter { columns[$0].run == run }
        let best = own.min { (columns[$0].rank, $0) < (columns[$1].rank, $1) }
        for index in own where index != best { columns[index].role = .other }
      }
    }
    for index in columns.indices where index != step && isKept(columns[index], wanted) {
      columns[index].slot = kept.count
      kept.append(index)
    }
  }

  private func isKept(_ column: Column, _ wanted: KeptColumns) -> Bool {
    switch wanted {
    case .usual: column.role != .other
    case .all: true
    case .only(let names): column.isChosen || names.contains(column.name)
    }
  }

  /// The column of that name: exactly so, else without regard to case.
  private static func index(
    of name: String, in names: [String], option: String, _ file: String, _ line: Int
  ) throws(LogError) -> Int {
    let found =
      names.firstIndex(of: name)
      ?? names.firstIndex { $0.lowercased() == name.lowercased() }
    if let found { return found }
    let nearest = EditDistance.nearest(to: name, in: names).map { "; did you mean '\($0)'?" } ?? "."
    throw LogError(
      code: .noSuchColumn, file: file, line: line,
      message: "there is no column '\(name)' for \(option)\(nearest) The columns are \(list(names))"
    )
  }

  private static func noLoss(_ names: [String], file: String, line: Int) -> LogError {
    guard names.count > 1 else {
      return LogError(
        code: .notALog, file: file, line: line,
        message: "no line with a step and a loss, and no table of columns with a loss: the first "
          + "line is '\(names.joined().prefix(60))'; name a lone column with --loss COLUMN")
    }
    return LogError(
      code: .noLossColumn, file: file, line: line,
      message: """
        no column has the name of a loss; name one with --loss COLUMN. The columns are \
        \(list(names))
        """)
  }

  /// The names in quotes, at most forty of them.
  static func list(_ names: [String]) -> String {
    let shown = names.prefix(40).map { "'\($0)'" }.joined(separator: ", ")
    return names.count > 40 ? "\(shown) and \(names.count - 40) more" : shown
  }
}

extension SeriesRole {
  /// Whether it is a loss.
  var isLoss: Bool { self == .trainLoss || self == .validationLoss }

  /// Whether it only goes with other series.
  var isCompanion: Bool { self == .time || self == .epoch || self == .samples }
}
