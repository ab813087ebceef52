import LeastSquares
import RealModule

/// The basis functions of a learning curve: 1, where it has a constant, and φ.
struct CurveBasis<Curve: LearningCurve>: SeparableModel {
  let linearCount: Int
  let nonlinearCount: Int
  let derivativeColumns: [DerivativeColumn]

  private let curve: Curve
  private let points: [CurvePoint]
  private let parameters: [CurveParameter]
  /// θ, and ∂θ/∂coordinate.
  private var shape = SIMD2<Double>.zero
  private var factors = SIMD2<Double>.zero

  init(curve: Curve, rows: LawRows) {
    self.curve = curve
    parameters = curve.shapeParameters
    points = rows.segments.flatMap { segment in
      segment.positions.map { position in
        let step = Double(max(position, 1))
        return CurvePoint(step: step, logStep: .log(step))
      }
    }
    let linearCount = curve.constant == nil ? 1 : 2
    self.linearCount = linearCount
    nonlinearCount = parameters.count
    derivativeColumns = parameters.indices.map {
      DerivativeColumn(function: linearCount - 1, parameter: $0)
    }
  }

  var rowCount: Int { points.count }

  mutating func prepare(_ nonlinear: [Double], wantsDerivatives: Bool) {
    for (index, parameter) in parameters.enumerated() {
      shape[index] = parameter.value(fromCoordinate: nonlinear[index])
      factors[index] = parameter.slope(atCoordinate: nonlinear[index])
    }
  }

  func evaluate(_ nonlinear: [Double], into block: BasisBlock) {
    if linearCount == 2 { block.function(0).update(repeating: 1) }
    let target = block.function(linearCount - 1)
    guard block.wantsDerivatives, nonlinearCount > 0 else {
      for (index, row) in block.rows.enumerated() {
        target[index] = curve.value(at: points[row], shape: shape).value
      }
      return
    }
    let first = block.derivative(0)
    let second = nonlinearCount > 1 ? block.derivative(1) : nil
    for (index, row) in block.rows.enumerated() {
      let value = curve.value(at: points[row], shape: shape)
      target[index] = value.value
      first[index] = factors[0] * value.slopes[0]
      second?[index] = factors[1] * value.slopes[1]
    }
  }
}
