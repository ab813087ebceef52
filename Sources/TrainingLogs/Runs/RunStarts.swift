/// Finds where a new run begins in rows that several starts appended to one log.
///
/// A step that goes back is a resumed run, whose later rows replace those they overlap, unless
///
/// - it goes back to about 0 and the loss is near its first values again: a new run;
/// - it goes back to before the run began: another run;
/// - it goes back to where the run began and ends before the run did: a replay that never reaches
///   the old end is another run, whatever its loss.
///
/// A run whose steps span less than a tenth of the longest one's is a false start and no run.
struct RunStarts {
  /// The rows of one start, its resumptions among them.
  struct Start {
    /// The rows, in the file's order.
    var rows: [Int]
    /// The first step.
    var first: Double
    /// The highest step.
    var last: Double

    /// The steps that it spans.
    var span: Double { last - first }
  }

  /// The starts in the file's order; at least one when there are rows.
  private(set) var starts: [Start] = []

  private let steps: [Double]
  private let losses: [Double]?

  /// A false start spans less than this share of the longest start.
  static let falseShare = 0.1
  /// A new run begins within this share of the old one's steps.
  private static let beginning = 0.02
  /// Where between its last and first values a loss is near the first.
  private static let nearFirst = 0.75
  /// Losses that differ by less than this share of them are alike.
  private static let alike = 0.02
  /// Rows whose median stands for the loss at a place.
  private static let fewRows = 3

  /// Splits a stream's rows.
  ///
  /// - Parameters:
  ///   - rows: the stream's rows in the file's order.
  ///   - steps: the step of every row of the table.
  ///   - losses: a loss of every row of the table; nil: the steps alone decide.
  init(rows: [Int], steps: [Double], losses: [Double]?) {
    self.steps = steps
    self.losses = losses
    var begin = 0
    while begin < rows.count {
      var end = begin + 1
      while end < rows.count, steps[rows[end]] >= steps[rows[end - 1]] { end += 1 }
      add(rows[begin..<end])
      begin = end
    }
  }

  private mutating func add(_ segment: ArraySlice<Int>) {
    guard let first = segment.first, let last = segment.last else { return }
    if let current = starts.last, !begins(segment, after: current) {
      starts[starts.count - 1].rows += segment
      starts[starts.count - 1].last = max(current.last, steps[last])
    } else {
      starts.append(Start(rows: Array(segment), first: steps[first], last: steps[last]))
    }
  }

  /// Whether a segment begins a new run.
  private func begins(_ segment: ArraySlice<Int>, after start: Start) -> Bool {
    guard let first = segment.first, let last = segment.last else { return false }
    let share = loss(of: segment.prefix(Self.fewRows)).flatMap { firstShare($0, of: start) }
    // A log may begin at a checkpoint, and so may its replay.
    let isNearZero = steps[first] <= Self.beginning * start.last
    if steps[first] <= start.first {
      // Without a loss, or with too few to compare, the steps decide.
      return steps[last] < start.last || steps[first] < start.first
        || (isNearZero && (share ?? (losses == nil ? 1 : 0)) >= Self.nearFirst)
    }
    return isNearZero && (share ?? 0) >= Self.nearFirst
  }

  /// Where a loss stands between a start's last values, 0, and its first, 1; nil when these two are
  /// alike and the loss is another.
  private func firstShare(_ value: Double, of start: Start) -> Double? {
    guard let first = loss(of: start.rows.prefix(Self.fewRows)),
      let last = loss(of: start.rows.suffix(Self.fewRows))
    else { return nil }
    guard abs(first - last) > Self.alike * abs(first) else {
      return abs(value - first) <= Self.alike * abs(first) ? 1 : nil
    }
    return (value - last) / (first - last)
  }

  /// The median of the finite losses of a few rows.
  private func loss(of rows: ArraySlice<Int>) -> Double? {
    let values = rows.compactMap { losses?[$0] }.filter(\.isFinite).sorted()
    return values.isEmpty ? nil : values[values.count / 2]
  }
}
