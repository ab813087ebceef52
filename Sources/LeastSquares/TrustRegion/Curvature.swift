public import LinearAlgebra

/// H = Jᵀ diag(ρ″) J at the parameters of a report, and what it says of the data.
public struct Curvature: Sendable {
  /// p, the number of parameters, fixed ones included.
  public let parameterCount: Int
  /// R with H = RᵀR, p × p, upper triangle; or H itself, lower triangle.
  private enum Form: Sendable {
    case matrix(NormalEquations)
    case triangle([Double])
  }
  private let form: Form
  /// The parameters that were fitted, by index.
  private let free: [Int]

  init(model: LinearModel, free: [Int]) {
    parameterCount = model.parameterCount
    self.free = free
    form = model.triangle.map { .triangle($0) } ?? .matrix(model.equations)
  }

  /// H, p × p, symmetric.
  public var matrix: Matrix {
    let p = parameterCount
    var result = Matrix(rows: p, columns: p)
    for j in 0..<p {
      for k in 0..<p {
        switch form {
        case .matrix(let equations): result[j, k] = equations.curvature(j, k)
        case .triangle(let triangle):
          for i in 0...min(j, k) {
            result[j, k] += triangle[i + j * p] * triangle[i + k * p]
          }
        }
      }
    }
    return result
  }

  /// The singular values of the weighted Jacobian with columns of unit length, largest first.
  ///
  /// Fixed parameters have no part in it. Below the square root of rounding the values are exact only
  /// when the fit was preconditioned.
  ///
  /// - Returns: one value a fitted parameter; nil when they are not finite.
  public func scaledSingularValues() -> [Double]? {
    let p = parameterCount
    let matrix = matrix
    let scale = (0..<p).map { matrix[$0, $0] > 0 ? matrix[$0, $0].squareRoot() : 1 }
    switch form {
    case .matrix:
      var scaled = Matrix(rows: free.count, columns: free.count)
      for (a, j) in free.enumerated() {
        for (b, k) in free.enumerated() { scaled[a, b] = matrix[j, k] / (scale[j] * scale[k]) }
      }
      return (try? scaled.singularValues())?.map { $0.squareRoot() }
    case .triangle(let triangle):
      var scaled = Matrix(rows: p, columns: free.count)
      for (b, k) in free.enumerated() {
        for row in 0...k { scaled[row, b] = triangle[row + k * p] / scale[k] }
      }
      return try? scaled.singularValues()
    }
  }

  /// The condition number of the weighted Jacobian with columns of unit length; infinite when its
  /// columns are dependent, nil when it is not finite.
  public var conditionNumber: Double? {
    guard let values = scaledSingularValues() else { return nil }
    guard let largest = values.first, let smallest = values.last else { return 1 }
    return smallest > 0 ? largest / smallest : .infinity
  }

  /// How many columns are independent: singular values above 1e-10 times the largest when the fit
  /// was preconditioned, else above 1e-7 times.
  public var rank: Int {
    guard let values = scaledSingularValues(), let largest = values.first else { return 0 }
    let tolerance: Double
    if case .matrix = form { tolerance = 1e-7 } else { tolerance = 1e-10 }
    return values.count { $0 > tolerance * largest }
  }
}
