import VectorMath

/// Adds blocks of rows to the sums of ``NormalEquations``.
struct BlockSums {
  /// Rows whose sums are added up before they join the total.
  static let stretchRows = 4096

  /// Rows that are evaluated at once; their columns stay in the first-level cache.
  let blockRows: Int
  let layout: NormalEquations.Layout
  private let parameterCount: Int
  private let scratchColumnCount: Int
  private let loss: RobustLoss
  private let rowScales: [Double]?
  private let multiplicities: [Double]?
  private let priors: [ParameterPrior]
  private let kernels = VectorKernels.best

  init(parameterCount: Int, scratchColumnCount: Int, solver: LevenbergMarquardt) {
    self.parameterCount = parameterCount
    self.scratchColumnCount = scratchColumnCount
    layout = NormalEquations.Layout(parameterCount: parameterCount)
    loss = solver.loss
    // 512 rows of few columns, 128 of many: about 32 kB.
    let columns = parameterCount + 1 + scratchColumnCount + (loss == .leastSquares ? 0 : 3)
    blockRows = columns <= 8 ? 512 : columns <= 16 ? 256 : 128
    rowScales = solver.weights.rowScales
    multiplicities = solver.weights.multiplicities
    priors = solver.priors
  }

  /// How many doubles of working space a thread needs: derivatives, residuals, the problem's own
  /// columns, scores, weights and curvatures.
  var storageCount: Int { (parameterCount + 1 + scratchColumnCount + 3) * stride }

  /// The distance of columns, so that equal rows of the first columns differ in their address modulo
  /// 4 kB by a quarter of a kB or more: loads would wait for stores to addresses that are equal there.
  private var stride: Int { blockRows + (blockRows > 128 ? 64 : 32) }

  /// Sums one stretch of rows; `sums` is overwritten.
  func sum(
    _ stretch: Int, of problem: any LeastSquaresProblem, _ parameters: [Double], mixing: Double,
    preconditioner: [Double]?, storage: UnsafeMutablePointer<Double>,
    to sums: UnsafeMutablePointer<Double>
  ) {
    sums.update(repeating: 0, count: layout.count)
    let start = stretch * BlockSums.stretchRows
    let rows = start..<min(start + BlockSums.stretchRows, problem.residualCount)
    for first in Swift.stride(from: rows.lowerBound, to: rows.upperBound, by: blockRows) {
      let block = ResidualBlock(
        rows: first..<min(first + blockRows, rows.upperBound), wantsDerivatives: true,
        stride: stride, base: storage, parameterCount: parameterCount)
      problem.evaluate(parameters, into: block)
      if let rowScales { scale(block, by: rowScales) }
      add(block, mixing: mixing, preconditioner: preconditioner, to: sums)
    }
  }

  /// Adds the residuals of priors, whose loss is ½r².
  func addPriors(
    _ parameters: [Double], preconditioner: [Double]?, storage: UnsafeMutablePointer<Double>,
    to sums: UnsafeMutablePointer<Double>
  ) {
    guard !priors.isEmpty else { return }
    for first in Swift.stride(from: 0, to: priors.count, by: blockRows) {
      let rows = first..<min(first + blockRows, priors.count)
      let block = ResidualBlock(
        rows: rows, wantsDerivatives: true, stride: stride, base: storage,
        parameterCount: parameterCount)
      for j in 0..<parameterCount { block.derivatives(j).update(repeating: 0) }
      for (row, prior) in priors[rows].enumerated() {
        let precision = 1 / prior.standardDeviation
        block.residuals[row] = (parameters[prior.parameter] - prior.mean) * precision
        block.derivatives(prior.parameter)[row] = precision
      }
      addRobust(
        block, loss: .leastSquares, multiplicities: nil, mixing: 0,
        preconditioner: preconditioner, to: sums)
    }
  }

  /// Moves the sums that least squares gathers in one matrix to their places.
  func finish(_ sums: UnsafeMutablePointer<Double>, isPreconditioned: Bool) {
    let p = parameterCount
    let gram = sums + layout.gram
    let last = layout.leadingDimension * layout.leadingDimension - 1
    sums[layout.cost] += 0.5 * gram[last]
    for j in 0..<p {
      sums[layout.gradient + j] += gram[p + j * layout.leadingDimension]
      gram[p + j * layout.leadingDimension] = 0
      // A robust loss and a preconditioned pass sum the norms by themselves.
      if loss != .leastSquares || isPreconditioned { continue }
      sums[layout.norms + j] = gram[j * (layout.leadingDimension + 1)]
    }
    gram[last] = 0
  }

  private func scale(_ block: ResidualBlock, by scales: [Double]) {
    scales.withUnsafeBufferPointer { scales in
      let factors = UnsafeBufferPointer(rebasing: scales[block.rows])
      kernels.multiply(UnsafeBufferPointer(block.residuals), factors, into: block.residuals)
      for j in 0..<parameterCount {
        let column = block.derivatives(j)
        kernels.multiply(UnsafeBufferPointer(column), factors, into: column)
      }
    }
  }

  private func add(
    _ block: ResidualBlock, mixing: Double, preconditioner: [Double]?,
    to sums: UnsafeMutablePointer<Double>
  ) {
    withBuffer(multiplicities, block.rows) { multiplicities in
      guard loss == .leastSquares else {
        addRobust(
          block, loss: loss, multiplicities: multiplicities, mixing: mixing,
          preconditioner: preconditioner, to: sums)
        return
      }
      // Residuals stand behind the derivatives: one Gram matrix holds H, g and the cost.
      sums[layout.curvatureSum] += Double(block.rows.count)
      if let preconditioner {
        addNorms(of: block, weights: multiplicities, to: sums)
        Preconditioner.apply(preconditioner, to: block, kernels: kernels)
      }
      kernels.gram(
        columns: block.base, stride: block.stride, columnCount: parameterCount + 1,
        rows: block.rows.count, weights: multiplicities, into: sums + layout.gram,
        leadingDimension: layout.leadingDimension)
    }
  }

  private func addRobust(
    _ block: ResidualBlock, loss: RobustLoss, multiplicities: UnsafeBufferPointer<Double>?,
    mixing: Double, preconditioner: [Double]?, to sums: UnsafeMutablePointer<Double>
  ) {
    let scores = block.scratch(scratchColumnCount)
    let weights = block.scratch(scratchColumnCount + 1)
    let curvatures = block.scratch(scratchColumnCount + 2)
    let total = loss.evaluate(
      UnsafeBufferPointer(block.residuals), multiplicities: multiplicities, scores: scores,
      weights: weights, curvatures: curvatures, kernels: kernels)
    sums[layout.cost] += total.cost
    sums[layout.curvatureSum] += total.curvatureSum
    if mixing > 0 {
      for row in 0..<block.rows.count {
        curvatures[row] = max(curvatures[row], mixing * weights[row])
      }
    }
    addNorms(of: block, weights: UnsafeBufferPointer(weights), to: sums)
    if let preconditioner { Preconditioner.apply(preconditioner, to: block, kernels: kernels) }
    kernels.gram(
      columns: block.base, stride: block.stride, columnCount: parameterCount,
      rows: block.rows.count, weights: UnsafeBufferPointer(curvatures), into: sums + layout.gram,
      leadingDimension: layout.leadingDimension)
    kernels.cross(
      columns: block.base, stride: block.stride, columnCount: parameterCount,
      rows: block.rows.count, vector: UnsafeBufferPointer(scores), into: sums + layout.gradient)
  }

  private func addNorms(
    of block: ResidualBlock, weights: UnsafeBufferPointer<Double>?,
    to sums: UnsafeMutablePointer<Double>
  ) {
    kernels.squares(
      columns: block.base, stride: block.stride, columnCount: parameterCount,
      rows: block.rows.count, weights: weights, into: sums + layout.norms)
  }
}

/// Calls `body` with the rows' values, or nil for nil.
private func withBuffer<Result>(
  _ values: [Double]?, _ rows: Range<Int>, _ body: (UnsafeBufferPointer<Double>?) -> Result
) -> Result {
  guard let values else { return body(nil) }
  return values.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[rows])) }
}
