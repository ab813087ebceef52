import VectorMath

/// How much of a drop's effect has been seen at x = slope · (F - origin).
enum DropResponse: Sendable {
  /// G(x) = 1 - (1 + x)^(-β).
  case power
  /// G(x) = 1 - exp(-x).
  case exponential
}

/// Sums over all drops before each row, Σ vₖ G(aₖ · (F - originₖ)), and their derivatives.
///
/// The nodes of ``DropTree`` stand for far drops, so that a row costs some hundred terms, however many
/// drops are before it; near drops enter one by one. Relative errors are below 1e-7, whatever a and β.
struct DropSums: Sendable {
  /// Which drops a law sums over, and from where and with what.
  struct Source {
    var steps: [Double]
    var sizes: [Double]
    var origins: [Double]
    var marks: [Double]
    /// For each row, the drops before it.
    var counts: [Int]
    /// For each row, F.
    var areas: [Double]
  }

  /// A column of sums.
  enum Column: Int {
    /// G itself.
    case response
    /// ∂G/∂log a.
    case slopeDerivative
    /// ∂G/∂β.
    case exponentDerivative
  }

  let response: DropResponse
  /// The weights of nodes; all runs' nodes one after the other.
  let weights: [Double]
  /// The marks of nodes.
  let marks: [Double]
  let rowCount: Int
  private let origins: [Double]
  private let areas: [Double]
  /// The nodes of row i are in `ranges[rangeEnds[i - 1]..<rangeEnds[i]]`.
  private let ranges: [Range<Int32>]
  private let rangeEnds: [Int]
  /// The terms of the longest row and of a usual block.
  private let capacity: Int
  private var scratch: [Double]
  /// For each set of node weights the three columns' sums of every row, row after row.
  private(set) var sums: [[Double]]
  private let kernels = VectorKernels.best

  /// Prepares sums for runs.
  ///
  /// - Parameters:
  ///   - runs: the drops and rows of each run.
  ///   - response: G.
  ///   - sets: how many sets of node weights there are.
  init(_ runs: [Source], response: DropResponse, sets: Int) {
    self.response = response
    var nodes = NodeList()
    var ranges: [Range<Int32>] = []
    var rangeEnds: [Int] = []
    for run in runs {
      let tree = DropTree(
        steps: run.steps, sizes: run.sizes, origins: run.origins, marks: run.marks)
      var own: [Range<Int32>] = []
      for (count, area) in zip(run.counts, run.areas) {
        own += tree.cover(count: count, area: area)
        rangeEnds.append(ranges.count + own.count)
      }
      ranges += nodes.take(own, from: tree)
    }
    weights = nodes.weights
    origins = nodes.origins
    marks = nodes.marks
    areas = runs.flatMap(\.areas)
    rowCount = areas.count
    self.ranges = ranges
    self.rangeEnds = rangeEnds
    var longest = 0
    var first = 0
    for end in rangeEnds {
      longest = max(longest, ranges[first..<end].reduce(0) { $0 + $1.count })
      first = end
    }
    capacity = longest + 1024
    scratch = [Double](repeating: 0, count: (6 + sets) * capacity)
    sums = [[Double]](repeating: [Double](repeating: 0, count: 3 * areas.count), count: sets)
  }

  /// One column of the sums of one set, a value a row.
  func sum(set: Int, _ column: Column, row: Int) -> Double {
    sums[set][3 * row + column.rawValue]
  }

  /// Computes the sums.
  ///
  /// - Parameters:
  ///   - slopes: a, one a node.
  ///   - exponent: β.
  ///   - sets: v, one a node, for each set that is asked for.
  ///   - wantsDerivatives: whether the derivatives' columns are computed; if not they are stale.
  mutating func compute(
    slopes: [Double], exponent: Double, sets: [[Double]], wantsDerivatives: Bool
  ) {
    let (ranges, rangeEnds, areas, origins) = (ranges, rangeEnds, areas, origins)
    let columnCount = wantsDerivatives ? (response == .power ? 3 : 2) : 1
    let (capacity, kernels) = (capacity, kernels)
    for index in sets.indices {
      sums[index].withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
    }
    scratch.withUnsafeMutableBufferPointer { scratch in
      guard let base = scratch.baseAddress else { return }
      let block = DropBlock(
        base: base, capacity: capacity, response: response, kernels: kernels)
      var row = 0
      while row < areas.count {
        let firstRow = row
        var count = 0
        while row < areas.count, count < 1024 {
          let first = row == 0 ? 0 : rangeEnds[row - 1]
          for range in first..<rangeEnds[row] {
            count = block.take(
              ranges[range], at: count, area: areas[row], slopes: slopes, origins: origins,
              sets: sets)
          }
          row += 1
        }
        block.respond(count: count, exponent: exponent, wantsDerivatives: wantsDerivatives)
        var start = 0
        for done in firstRow..<row {
          let first = done == 0 ? 0 : rangeEnds[done - 1]
          var terms = 0
          for range in first..<rangeEnds[done] { terms += ranges[range].count }
          if terms > 0 {
            for set in sets.indices {
              sums[set].withUnsafeMutableBufferPointer {
                block.add(
                  start..<(start + terms), set: set, columnCount: columnCount,
                  to: $0.baseAddress.map { $0 + 3 * done })
              }
            }
          }
          start += terms
        }
      }
    }
  }
}

/// The nodes that some row uses.
private struct NodeList {
  var weights: [Double] = []
  var origins: [Double] = []
  var marks: [Double] = []

  /// Appends the nodes of ranges, each once; returns the ranges in the new numbering.
  mutating func take(_ ranges: [Range<Int32>], from tree: DropTree) -> [Range<Int32>] {
    var isUsed = [Bool](repeating: false, count: tree.weights.count)
    for range in ranges { for node in range { isUsed[Int(node)] = true } }
    var places = [Int32](repeating: -1, count: isUsed.count)
    for node in isUsed.indices where isUsed[node] {
      places[node] = Int32(weights.count)
      weights.append(tree.weights[node])
      origins.append(tree.origins[node])
      marks.append(tree.marks[node])
    }
    return ranges.map { range in
      let first = places[Int(range.lowerBound)]
      return first..<(first + Int32(range.count))
    }
  }
}

/// Terms of some rows and what comes of them, one column each.
private struct DropBlock {
  let base: UnsafeMutablePointer<Double>
  let capacity: Int
  let response: DropResponse
  let kernels: VectorKernels

  /// Columns 0, 1, 2 are those of ``DropSums/Column``; 3 is x, 4 1 + x, 5 its logarithm; then v.
  private func column(_ index: Int, count: Int) -> UnsafeMutableBufferPointer<Double> {
    UnsafeMutableBufferPointer(start: base + index * capacity, count: count)
  }

  /// Writes x and v of nodes; returns the number of terms so far.
  func take(
    _ range: Range<Int32>, at start: Int, area: Double, slopes: [Double], origins: [Double],
    sets: [[Double]]
  ) -> Int {
    let (first, count) = (Int(range.lowerBound), range.count)
    let x = base + 3 * capacity + start
    slopes.withUnsafeBufferPointer { slopes in
      origins.withUnsafeBufferPointer { origins in
        for i in 0..<count { x[i] = slopes[first + i] * (area - origins[first + i]) }
      }
    }
    for (set, values) in sets.enumerated() {
      let v = base + (6 + set) * capacity + start
      values.withUnsafeBufferPointer { values in
        for i in 0..<count { v[i] = values[first + i] }
      }
    }
    return start + count
  }

  /// Computes G and its derivatives.
  func respond(count: Int, exponent: Double, wantsDerivatives: Bool) {
    let (x, u, log) = (column(3, count: count), column(4, count: count), column(5, count: count))
    let response = column(0, count: count)
    let (bySlope, byExponent) = (column(1, count: count), column(2, count: count))
    switch self.response {
    case .exponential:
      kernels.exp(UnsafeBufferPointer(x), scale: -1, into: response)
      if wantsDerivatives {
        kernels.multiply(UnsafeBufferPointer(x), UnsafeBufferPointer(response), into: bySlope)
      }
    case .power:
      for i in 0..<count { u[i] = 1 + x[i] }
      kernels.log(UnsafeBufferPointer(u), into: log)
      if wantsDerivatives {
        kernels.exp(
          UnsafeBufferPointer(log), scale: -exponent, into: response, timesArgument: byExponent,
          factor: 1)
        kernels.divide(UnsafeBufferPointer(x), UnsafeBufferPointer(u), into: bySlope)
        kernels.multiply(
          UnsafeBufferPointer(bySlope), UnsafeBufferPointer(response), scale: exponent,
          into: bySlope)
      } else {
        kernels.exp(UnsafeBufferPointer(log), scale: -exponent, into: response)
      }
    }
    for i in 0..<count { response[i] = 1 - response[i] }
  }

  /// Adds Σ v·column of terms.
  func add(_ terms: Range<Int>, set: Int, columnCount: Int, to sums: UnsafeMutablePointer<Double>?)
  {
    guard let sums else { return }
    kernels.cross(
      columns: base + terms.lowerBound, stride: capacity, columnCount: columnCount,
      rows: terms.count,
      vector: UnsafeBufferPointer(
        start: base + (6 + set) * capacity + terms.lowerBound, count: terms.count), into: sums)
  }
}
