/// What a reader finds in a log: records in the file's order, by columns.
///
/// A record is what one line, row or event says: a number for some of the columns. Columns are made
/// as they are met; each keeps its values and, where it does not have one in every record, the
/// records they stand in, so that memory grows with the values and not with records × columns.
struct RecordTable {
  /// One column.
  struct Column {
    /// The name as the log spells it.
    var name: String
    /// What the format says that the column is; nil: the name tells.
    var stated: StatedMeaning?
    /// The run that the column belongs to, in a table with columns of several runs beside each
    /// other; nil: the column is of every run, as the step is, or the log is of one run.
    ///
    /// The name stays the full one of the file: `first - loss` of the run `first`.
    var run: String?
    /// The values, in the file's order.
    private(set) var values: [Double] = []
    /// The record of each value; nil as long as every record so far has one.
    private(set) var records: [UInt32]?
    /// Counts of a column whose values are not kept, made while it was read.
    var tally: ColumnTally?

    fileprivate mutating func set(_ value: Double, record: Int) {
      if records == nil {
        if values.count == record { return values.append(value) }
        if values.count == record + 1 { return values[record] = value }
        records = (0..<UInt32(values.count)).map { $0 }
      }
      if let last = records?.last, Int(last) == record {
        values[values.count - 1] = value
      } else {
        values.append(value)
        records?.append(UInt32(record))
      }
    }

    /// Takes values of which there is one a record; `RowTable.missing` stands for none.
    mutating func fill(_ values: consuming [Double]) {
      self.values = values
      records = nil
    }

    fileprivate mutating func keepOnly(_ isKept: [Bool], numbers: [UInt32]) {
      var places: [UInt32] = []
      var kept: [Double] = []
      for (index, value) in values.enumerated() {
        let record = record(of: index)
        guard isKept[record] else { continue }
        kept.append(value)
        places.append(numbers[record])
      }
      let isDense = places.last.map { Int($0) + 1 == places.count } ?? true
      (values, records) = (kept, isDense ? nil : places)
    }

    /// The record of a value.
    func record(of index: Int) -> Int { records.map { Int($0[index]) } ?? index }
  }

  /// The columns, in the order in which they were met.
  private(set) var columns: [Column] = []
  /// How many records there are.
  private(set) var count = 0
  /// Rows of the file, where that is more than the records; nil: the records.
  var rows: Int?
  /// The line on which each record begins, counted from 1; 0 in formats without lines.
  private(set) var lines = LineTable()
  /// The names of the runs that the log tells apart; empty for a log of one run.
  private(set) var runNames: [String] = []
  /// The run of each record, an index into `runNames`; empty for a log of one run.
  private(set) var runs: [UInt32] = []
  /// Columns beyond the limit, which are not kept.
  private(set) var surplusColumns = 0
  /// What the format knows of the run, as in `model.name`; for people and for hints.
  var metadata: [(name: String, value: String)] = []
  /// Updates in an epoch, where the step counts within an epoch.
  var stepsPerEpoch: Int?
  /// The column with the steps that the context of the records tells, where the records themselves
  /// have none or only an epoch: a progress bar on the same line, the optimizer's line before.
  ///
  /// It is the step on which a run is laid out; the summary of the raw file goes by the file's own.
  var contextSteps: Int?

  /// Whether training losses are means over the updates since the record before, as with Hugging
  /// Face's `logging_steps`; nil: the format does not tell.
  var lossIsWindowMean: Bool?

  private var ids: [String: Int] = [:]
  private var currentRun: UInt32 = 0

  /// More columns than this are no table of a training run.
  static let mostColumns = 20_000

  /// The number of a column, which is made when there is none of that name; -1 beyond the limit.
  mutating func column(_ name: String, _ stated: StatedMeaning? = nil) -> Int {
    if let id = ids[name] { return id }
    guard columns.count < Self.mostColumns else {
      surplusColumns += 1
      return -1
    }
    ids[name] = columns.count
    columns.append(Column(name: name, stated: stated))
    return columns.count - 1
  }

  /// Begins a record.
  @inline(__always)
  mutating func begin(line: Int) {
    lines.append(line)
    if !runNames.isEmpty { runs.append(currentRun) }
    count &+= 1
  }

  /// Sets a value of the current record; a second one for a column replaces the first.
  @inline(__always)
  mutating func set(_ column: Int, _ value: Double) {
    guard column >= 0, column < columns.count, count > 0 else { return }
    columns[column].set(value, record: count &- 1)
  }

  /// From the next record on the log tells of this run.
  mutating func enter(run name: String) {
    if runNames.isEmpty, count > 0 { runs = Array(repeating: 0, count: count) }
    if runNames.isEmpty, count > 0 { runNames = [""] }
    if let known = runNames.lastIndex(of: name) {
      currentRun = UInt32(known)
    } else {
      currentRun = UInt32(runNames.count)
      runNames.append(name)
    }
  }

  /// Whether the columns are the fields of the file's rows, so that their numbers are places in it.
  private(set) var columnsAreFields = false

  /// Takes whole columns that a reader made itself: `count` records; `runs` has the run of each
  /// record as an index into `runNames`, or both are empty.
  mutating func adopt(
    _ columns: consuming [Column], count: Int, lines: LineTable, runNames: [String] = [],
    runs: [UInt32] = []
  ) {
    self.columns = columns
    self.count = count
    self.lines = lines
    columnsAreFields = true
    self.runNames = runNames
    self.runs = runs
  }

  /// States what a column is, when the format knows better than its name.
  mutating func state(_ column: Int, _ meaning: StatedMeaning) {
    guard column >= 0 else { return }
    columns[column].stated = meaning
  }
  /// Drops records.
  mutating func keepOnly(_ isKept: [Bool]) {
    guard isKept.count == count else { return }
    var kept = LineTable()
    for record in 0..<count where isKept[record] { kept.append(lines[record]) }
    // The new number of each record.
    var numbers: [UInt32] = []
    numbers.reserveCapacity(count)
    var next: UInt32 = 0
    for isKept in isKept {
      numbers.append(next)
      if isKept { next &+= 1 }
    }
    for index in columns.indices { columns[index].keepOnly(isKept, numbers: numbers) }
    if !runs.isEmpty { runs = zip(runs, isKept).filter(\.1).map(\.0) }
    (lines, count) = (kept, Int(next))
  }
}
