import LeastSquares

/// What weights make of a row: the scale of its residual and derivatives, and how many rows it
/// stands for.
struct RowWeights: Sendable {
  private let scales: [Double]?
  private let multiplicities: [Double]?

  init(_ weights: ResidualWeights) {
    scales = weights.rowScales
    multiplicities = weights.multiplicities
  }

  /// Whether all rows have scale and multiplicity 1.
  var areEqual: Bool { scales == nil && multiplicities == nil }

  func scale(_ row: Int) -> Double { scales?[row] ?? 1 }

  func multiplicity(_ row: Int) -> Double { multiplicities?[row] ?? 1 }

  /// Whether a row stands for any rows at all.
  func counts(_ row: Int) -> Bool { multiplicity(row) > 0 }
}
