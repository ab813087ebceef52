import LeastSquares
import LinearAlgebra

/// The sums over rows from which a ``ScoreSeries`` is made, gathered in two passes, block by block.
///
/// The first pass finds R with RᵀR = JᵀJ, the second sums scores and curvatures in the coordinates
/// Q = J·R⁻¹. Memory is the series itself and a block.
struct ScoreAccumulator {
  let free: [Int]
  private let loss: RobustLoss
  private let weights: RowWeights
  private let layout: ScoreLayout

  /// R of the rows so far, f × f.
  private(set) var triangle: Matrix
  /// √m ψ q, scores × f.
  private(set) var scores: Matrix
  /// Σ m ψ² q qᵀ over single rows, f × f.
  private(set) var scoreGram: Matrix
  /// Σ m h q qᵀ, f × f; for least squares it is known without a sum, and 0 here.
  private(set) var curvature: Matrix
  /// Σ m ψ q of each run, f × runs.
  private(set) var runSums: Matrix
  /// The scaled residuals of rows that count.
  private(set) var residuals: [Double] = []
  private(set) var rowCount = 0.0
  private(set) var scoreSquares = 0.0
  private(set) var curvatureSum = 0.0

  /// The free columns of one block, scaled by √m and the row's scale.
  private var block: ColumnBlock
  private var run = 0
  private var position = 0

  init(free: [Int], loss: RobustLoss, weights: RowWeights, layout: ScoreLayout) {
    self.free = free
    self.loss = loss
    self.weights = weights
    self.layout = layout
    let f = free.count
    triangle = Matrix(rows: f, columns: f)
    scores = Matrix(rows: layout.scoreCount, columns: f)
    scoreGram = triangle
    curvature = triangle
    runSums = Matrix(rows: f, columns: layout.runs.count)
    block = ColumnBlock(columnCount: f)
    residuals.reserveCapacity(layout.residualCount)
  }

  // MARK: First pass

  /// Adds a block of rows to R.
  mutating func addToTriangle(_ rows: ResidualBlock) throws(CovarianceError) {
    load(rows)
    try addBlockToTriangle()
  }

  /// Adds the rows of priors to R.
  mutating func addToTriangle(_ priors: [ParameterPrior]) throws(CovarianceError) {
    guard !priors.isEmpty else { return }
    block.resize(rows: priors.count)
    for (index, parameter) in free.enumerated() {
      let column = priors.map { $0.parameter == parameter ? 1 / $0.standardDeviation : 0 }
      column.withUnsafeBufferPointer { block.set(index, to: $0, times: nil) }
    }
    try addBlockToTriangle()
  }

  private mutating func addBlockToTriangle() throws(CovarianceError) {
    guard let triangle = try? block.orthogonalTriangle(below: triangle) else { throw .notFinite }
    self.triangle = triangle
  }

  // MARK: Second pass

  /// Adds a block of rows to the sums of scores and curvatures.
  mutating func add(_ rows: ResidualBlock, design: DesignTriangle) {
    load(rows)
    block.multiply(byUpperTriangle: design.inverse)
    var psi = [Double](repeating: 0, count: rows.rows.count)
    var curvatures = psi
    let unscaled = rows.residuals
    for row in rows.rows where weights.counts(row) {
      let offset = row - rows.rows.lowerBound
      let residual = unscaled[offset] * weights.scale(row)
      let multiplicity = weights.multiplicity(row)
      psi[offset] = loss.score(residual)
      curvatures[offset] = loss.curvature(residual)
      residuals.append(residual)
      rowCount += multiplicity
      scoreSquares += multiplicity * psi[offset] * psi[offset]
      curvatureSum += multiplicity * curvatures[offset]
    }
    if loss != .leastSquares { block.addGram(weights: curvatures, to: &curvature) }
    block.multiply(by: psi)
    block.addGram(to: &scoreGram)
    scatter(rows.rows)
  }

  /// Copies the free columns, scaled.
  private mutating func load(_ rows: ResidualBlock) {
    let factors =
      weights.areEqual
      ? nil : rows.rows.map { weights.scale($0) * weights.multiplicity($0).squareRoot() }
    block.resize(rows: rows.rows.count)
    for (index, parameter) in free.enumerated() {
      block.set(index, to: UnsafeBufferPointer(rows.derivatives(parameter)), times: factors)
    }
  }

  /// Adds the block's rows, which are scores now, to the series and to their runs' sums.
  private mutating func scatter(_ rows: Range<Int>) {
    var first = rows.lowerBound
    while first < rows.upperBound {
      while first >= layout.runs[run].upperBound {
        run += 1
        position = 0
      }
      // The rows of this run in the block.
      let end = min(rows.upperBound, layout.runs[run].upperBound)
      scatter(first..<end, offset: first - rows.lowerBound)
      first = end
    }
  }

  /// Adds rows of one run, the first of which stands at `offset` in the block.
  private mutating func scatter(_ rows: Range<Int>, offset: Int) {
    let (f, count, stride) = (free.count, block.rowCount, scores.rows)
    let start = layout.scoreRuns[run].lowerBound
    let (weights, group, first) = (weights, layout.rowsPerScore, position)
    var sums = [Double](repeating: 0, count: f)
    var last = first
    block.withValues { values in
      scores.withUnsafeMutableElements { scores in
        for j in 0..<f {
          let from = j * count + offset - rows.lowerBound
          let to = j * stride + start
          var position = first
          var sum = 0.0
          for row in rows where weights.counts(row) {
            let value = values[from + row]
            scores[to + position / group] += value
            sum += weights.multiplicity(row).squareRoot() * value
            position += 1
          }
          sums[j] = sum
          last = position
        }
      }
    }
    position = last
    for j in 0..<f { runSums[j, run] += sums[j] }
  }
}
