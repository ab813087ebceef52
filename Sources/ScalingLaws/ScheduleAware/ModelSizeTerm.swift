import LeastSquares

/// How model size enters laws: by the ratio of N to a reference of 100 million.
///
/// So coefficients hardly depend on exponents. Parameters as reported take N in millions.
enum ModelSizeTerm {
  /// The reference in millions.
  static let reference = 100.0

  /// N over the reference, one a row; 1 where N is not known.
  static func ratios(in rows: LawRows) -> [Double] {
    rows.segments.flatMap { segment in
      let ratio = segment.facts.modelSize.map { $0 / (1e6 * reference) } ?? 1
      return [Double](repeating: ratio, count: segment.positions.count)
    }
  }

  /// The exponent of B·N^(-β) as a coordinate: allowed and scanned values.
  static let exponent = NonlinearCoordinate(
    bounds: ParameterBounds(lower: 1e-3, upper: 10),
    scan: [0.03, 0.05, 0.08, 0.12, 0.2, 0.3, 0.5, 0.8, 1.2])

  /// What one or two sizes leave open of L0 + B·N^(-β).
  ///
  /// - Parameters:
  ///   - rows: the rows fitted.
  ///   - height: the index of B's coordinate.
  ///   - exponent: the index of β.
  /// - Returns: B and β for one size, β for two.
  static func unidentified(
    in rows: LawRows, height: Int, exponent: Int
  ) -> [UnidentifiedCoordinate] {
    let count = sizeCount(of: rows.segments)
    let words = count == 2 ? "two sizes" : "one size"
    let remedy =
      count == 2 ? "runs of a third size, or hold beta with --fix" : "runs of other sizes"
    let reason =
      "the runs are of \(words), but a floor and a power of size need three; add \(remedy)"
    switch count {
    case ...1: return [height, exponent].map { UnidentifiedCoordinate(index: $0, reason: reason) }
    case 2: return [UnidentifiedCoordinate(index: exponent, reason: reason)]
    default: return []
    }
  }

  /// The number of different sizes; 0 when one is not known.
  static func sizeCount(of segments: [LawRows.Segment]) -> Int {
    let sizes = segments.map(\.facts.modelSize)
    return sizes.contains(nil) ? 0 : Set(sizes).count
  }
}
