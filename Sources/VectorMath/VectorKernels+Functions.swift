internal import CVectorMath

extension VectorKernels {
  /// Exponentials, outᵢ = exp(scale·xᵢ).
  ///
  /// Within 1 unit in the last place of exp of the rounded product scale·xᵢ, subnormal results
  /// included. An element's result does not depend on the other elements.
  ///
  /// - Parameters:
  ///   - x: n values.
  ///   - scale: a factor of every argument.
  ///   - out: n values.
  public func exp(
    _ x: UnsafeBufferPointer<Double>, scale: Double = 1,
    into out: UnsafeMutableBufferPointer<Double>
  ) {
    precondition(x.count == out.count, "x and out differ in length")
    vector_math_exp(level, out.count, x.baseAddress, scale, out.baseAddress)
  }

  /// Exponentials and their derivatives by the scale, outᵢ = exp(scale·xᵢ) and
  /// productᵢ = factor·xᵢ·outᵢ, in one go.
  ///
  /// - Parameters:
  ///   - x: n values.
  ///   - scale: a factor of every argument.
  ///   - out: n values; not `x`.
  ///   - product: n values.
  ///   - factor: a factor of every product.
  public func exp(
    _ x: UnsafeBufferPointer<Double>, scale: Double, into out: UnsafeMutableBufferPointer<Double>,
    timesArgument product: UnsafeMutableBufferPointer<Double>, factor: Double
  ) {
    precondition(x.count == out.count && x.count == product.count, "the buffers differ in length")
    vector_math_exp_product(
      level, out.count, x.baseAddress, scale, factor, out.baseAddress, product.baseAddress)
  }

  /// Sets every element of `out` to one value.
  public func fill(_ out: UnsafeMutableBufferPointer<Double>, with value: Double) {
    vector_math_fill(level, out.count, value, out.baseAddress)
  }

  /// Natural logarithms, outᵢ = log xᵢ.
  ///
  /// Within 1 unit in the last place, near 1 and for subnormal arguments too; -∞ at 0 and NaN below.
  /// An element's result does not depend on the other elements.
  ///
  /// - Parameters:
  ///   - x: n values.
  ///   - out: n values.
  public func log(
    _ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>
  ) {
    precondition(x.count == out.count, "x and out differ in length")
    vector_math_log(level, out.count, x.baseAddress, out.baseAddress)
  }

  /// Products, outᵢ = scale·aᵢ·bᵢ.
  ///
  /// - Parameters:
  ///   - a: n values.
  ///   - b: n values.
  ///   - scale: a factor of every product.
  ///   - out: n values.
  public func multiply(
    _ a: UnsafeBufferPointer<Double>, _ b: UnsafeBufferPointer<Double>, scale: Double = 1,
    into out: UnsafeMutableBufferPointer<Double>
  ) {
    precondition(a.count == out.count && b.count == out.count, "a, b and out differ in length")
    vector_math_multiply(
      level, out.count, a.baseAddress, b.baseAddress, scale, out.baseAddress)
  }

  /// Quotients, outᵢ = aᵢ/bᵢ, correctly rounded.
  ///
  /// - Parameters:
  ///   - a: n values.
  ///   - b: n values.
  ///   - out: n values.
  public func divide(
    _ a: UnsafeBufferPointer<Double>, _ b: UnsafeBufferPointer<Double>,
    into out: UnsafeMutableBufferPointer<Double>
  ) {
    precondition(a.count == out.count && b.count == out.count, "a, b and out differ in length")
    vector_math_divide(level, out.count, a.baseAddress, b.baseAddress, out.baseAddress)
  }

  /// Reciprocals, outᵢ = 1/aᵢ, correctly rounded.
  ///
  /// - Parameters:
  ///   - a: n values.
  ///   - out: n values.
  public func reciprocal(
    _ a: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>
  ) {
    precondition(a.count == out.count, "a and out differ in length")
    vector_math_reciprocal(level, out.count, a.baseAddress, out.baseAddress)
  }

  /// Multiples, outᵢ = factor·aᵢ.
  ///
  /// - Parameters:
  ///   - a: n values.
  ///   - factor: the factor.
  ///   - out: n values.
  public func scale(
    _ a: UnsafeBufferPointer<Double>, by factor: Double,
    into out: UnsafeMutableBufferPointer<Double>
  ) {
    precondition(a.count == out.count, "a and out differ in length")
    vector_math_scale(level, out.count, a.baseAddress, factor, out.baseAddress)
  }

  /// Adds a multiple, outᵢ += factor·aᵢ.
  ///
  /// - Parameters:
  ///   - factor: the factor.
  ///   - a: n values.
  ///   - out: n values.
  public func addProduct(
    _ factor: Double, _ a: UnsafeBufferPointer<Double>,
    into out: UnsafeMutableBufferPointer<Double>
  ) {
    precondition(a.count == out.count, "a and out differ in length")
    vector_math_add_product(level, out.count, factor, a.baseAddress, out.baseAddress)
  }
}
