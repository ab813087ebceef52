import LeastSquares

/// What weights make of a row: the scale of its residual and derivatives, and how many rows it
/// stands for.
struct RowWeights: Sendable {
  private let scales: [Double]?
  private let multiplicities: [Double]?

  init(_ weights: ResidualWeights) {
    switch weights {
    case .equal: (scales, multiplicities) = (nil, nil)
    case .standardDeviations(let values): (scales, multiplicities) = (values.map { 1 / $0 }, nil)
    case .relative(let values): (scales, multiplicities) = (values.map { $0.squareRoot() }, nil)
    case .frequencies(let values): (scales, multiplicities) = (nil, values)
    }
  }

  /// Whether all rows have scale and multiplicity 1.
  var areEqual: Bool { scales == nil && multiplicities == nil }

  func scale(_ row: Int) -> Double { scales?[row] ?? 1 }

  func multiplicity(_ row: Int) -> Double { multiplicities?[row] ?? 1 }

  /// Whether a row stands for any rows at all.
  func counts(_ row: Int) -> Bool { multiplicity(row) > 0 }
}
