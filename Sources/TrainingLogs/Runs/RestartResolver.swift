/// Resolves restarts in rows that share columns: the later rows replace those they overlap.
///
/// A later segment from step `b` to step `e` replaces earlier rows with a step in `[b, e]`. Earlier
/// rows beyond `e` are kept, as the later segment says nothing of them.
struct RestartResolver {
  /// One place where the step goes back.
  struct Restart {
    /// The row at which the later segment begins.
    var row: Int
    /// The last step before it.
    var from: Double
    /// The first step of the later segment.
    var to: Double
    /// The last step of the later segment.
    var end: Double
    /// How many earlier rows were replaced.
    var dropped: Int
    /// Earlier rows beyond the later segment's end.
    var kept: Int
  }

  /// The rows that remain, ascending by step.
  private(set) var rows: [Int] = []
  private(set) var restarts: [Restart] = []

  /// Resolves the restarts among rows in the file's order.
  init(rows input: [Int], steps: [Double]) {
    var start = 0
    while start < input.count {
      var end = start + 1
      while end < input.count, steps[input[end]] >= steps[input[end - 1]] { end += 1 }
      add(input[start..<end], steps, previous: start > 0 ? steps[input[start - 1]] : nil)
      start = end
    }
  }

  private mutating func add(_ segment: ArraySlice<Int>, _ steps: [Double], previous: Double?) {
    guard let first = segment.first, let last = segment.last else { return }
    let low = index(steps) { $0 >= steps[first] }
    let high = index(steps) { $0 > steps[last] }
    if let previous {
      restarts.append(
        Restart(
          row: first, from: previous, to: steps[first], end: steps[last], dropped: high - low,
          kept: rows.count - high))
    }
    rows.replaceSubrange(low..<high, with: segment)
  }

  /// The first remaining row whose step fulfils a condition that holds from there on.
  private func index(_ steps: [Double], where holds: (Double) -> Bool) -> Int {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(steps[rows[middle]]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
