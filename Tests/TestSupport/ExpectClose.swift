public import Testing

/// Expects two numbers to agree to a relative tolerance.
///
/// Passes when `|actual - expected| <= tolerance * max(|expected|, scale)`, or both are NaN.
public func expectClose(
  _ actual: Double, _ expected: Double, tolerance: Double, scale: Double = 0,
  _ comment: @autoclosure () -> Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let agree =
    (actual.isNaN && expected.isNaN) || actual == expected
    || abs(actual - expected) <= tolerance * max(abs(expected), scale)
  #expect(
    agree,
    "\(actual) is not \(expected) to a relative \(tolerance)\(comment().map { "; \($0)" } ?? "")",
    sourceLocation: sourceLocation)
}
