/// Finds where a new run begins in rows that several starts appended to one log.
///
/// A step that goes back is a resumed run, whose later rows replace those they overlap, unless
///
/// - it goes back to about 0: a new run;
/// - it goes back to before the run began: another run;
/// - it goes back to where the run began and ends before the run did: a replay that never reaches
///   the old end is another run.
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

  /// A false start spans less than this share of the longest start.
  static let falseShare = 0.1
  /// A new run begins within this share of the old one's steps.
  private static let beginning = 0.02

  /// Rows of a start whose first interval says something.
  private static let manyRows = 10

  /// Splits a stream's rows.
  ///
  /// - Parameters:
  ///   - rows: the stream's rows in the file's order.
  ///   - steps: the step of every row of the table.
  init(rows: [Int], steps: [Double]) {
    self.steps = steps
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

  /// Up to where a step is about 0: a share of the steps, or the first interval of many.
  private func nearZero(_ start: Start) -> Double {
    let share = Self.beginning * start.last
    guard start.rows.count >= Self.manyRows else { return share }
    return max(share, steps[start.rows[1]] - start.first)
  }

  /// Whether a segment begins a new run.
  private func begins(_ segment: ArraySlice<Int>, after start: Start) -> Bool {
    guard let first = segment.first, let last = segment.last else { return false }
    // A log may begin at a checkpoint, and so may its replay.
    return steps[first] < start.first || steps[first] <= nearZero(start)
      || (steps[first] == start.first && steps[last] < start.last)
  }
}
