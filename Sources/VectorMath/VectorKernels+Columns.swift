internal import CVectorMath

/// Operations on the columns of an n × k block: entry (r, j) stands at `columns[r + j * stride]`.
extension VectorKernels {
  /// A linear combination of columns less a vector, outᵢ = Σⱼ cⱼ·colⱼᵢ - minusᵢ.
  ///
  /// A column whose coefficient is 0 is not read, so that it may hold infinities.
  ///
  /// - Parameters:
  ///   - columns: n × k; no part of `out`.
  ///   - stride: the distance between columns, at least n.
  ///   - coefficients: c, k values.
  ///   - minus: n values; nil is 0.
  ///   - out: n values.
  public func linearCombination(
    columns: UnsafePointer<Double>, stride: Int, coefficients: UnsafeBufferPointer<Double>,
    minus: UnsafeBufferPointer<Double>?, into out: UnsafeMutableBufferPointer<Double>
  ) {
    precondition(stride >= out.count || coefficients.count <= 1, "stride is below out.count")
    precondition(minus.map { $0.count == out.count } ?? true, "minus and out differ in length")
    vector_math_linear_combination(
      level, out.count, coefficients.count, columns, stride, coefficients.baseAddress,
      minus?.baseAddress, out.baseAddress)
  }

  /// Adds the weighted Gram matrix CᵀWC to the lower triangle of g.
  ///
  /// g[i + j·ld] += Σᵣ wᵣ·colᵢᵣ·colⱼᵣ for i ≥ j; entries above the diagonal stay.
  ///
  /// - Parameters:
  ///   - columns: C, n × k.
  ///   - stride: the distance between columns, at least n.
  ///   - columnCount: k.
  ///   - rows: n; a block that stays in the first-level cache is fastest.
  ///   - weights: w, n values; nil is 1.
  ///   - g: k × k, column-major.
  ///   - leadingDimension: ld, the distance between columns of g, at least k.
  public func gram(
    columns: UnsafePointer<Double>, stride: Int, columnCount: Int, rows: Int,
    weights: UnsafeBufferPointer<Double>?, into g: UnsafeMutablePointer<Double>,
    leadingDimension: Int
  ) {
    check(stride: stride, columnCount: columnCount, rows: rows, weights: weights)
    precondition(leadingDimension >= columnCount, "leadingDimension is below columnCount")
    vector_math_gram(
      level, rows, columnCount, columns, stride, weights?.baseAddress, g, leadingDimension)
  }

  /// Adds the products of the columns with a vector, outⱼ += Σᵣ colⱼᵣ·vᵣ.
  ///
  /// - Parameters:
  ///   - columns: n × k.
  ///   - stride: the distance between columns, at least n.
  ///   - columnCount: k.
  ///   - rows: n.
  ///   - vector: v, n values.
  ///   - out: k values; no part of the inputs.
  public func cross(
    columns: UnsafePointer<Double>, stride: Int, columnCount: Int, rows: Int,
    vector: UnsafeBufferPointer<Double>, into out: UnsafeMutablePointer<Double>
  ) {
    check(stride: stride, columnCount: columnCount, rows: rows, weights: vector)
    guard rows > 0 else { return }
    vector_math_cross(level, rows, columnCount, columns, stride, vector.baseAddress, out)
  }

  /// Adds the weighted squares of the columns, outⱼ += Σᵣ wᵣ·colⱼᵣ².
  ///
  /// - Parameters:
  ///   - columns: n × k.
  ///   - stride: the distance between columns, at least n.
  ///   - columnCount: k.
  ///   - rows: n.
  ///   - weights: w, n values; nil is 1.
  ///   - out: k values; no part of the inputs.
  public func squares(
    columns: UnsafePointer<Double>, stride: Int, columnCount: Int, rows: Int,
    weights: UnsafeBufferPointer<Double>?, into out: UnsafeMutablePointer<Double>
  ) {
    check(stride: stride, columnCount: columnCount, rows: rows, weights: weights)
    vector_math_squares(level, rows, columnCount, columns, stride, weights?.baseAddress, out)
  }

  private func check(
    stride: Int, columnCount: Int, rows: Int, weights: UnsafeBufferPointer<Double>?
  ) {
    precondition(columnCount >= 0 && rows >= 0, "a count is negative")
    precondition(stride >= rows || columnCount <= 1, "stride is below rows")
    precondition(weights.map { $0.count == rows } ?? true, "the vector's length is not rows")
  }
}
