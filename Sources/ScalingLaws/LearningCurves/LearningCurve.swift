import LeastSquares
import LinearAlgebra

/// A family of learning curves over steps x: L = c + A·φ(θ; x), or A·φ(θ; x) without a constant.
///
/// A family gives its texts, its parameters and φ with its derivatives; the rest is the same for
/// all.
protocol LearningCurve: LossLaw {
  /// c, the constant; nil for curves that fall to zero.
  var constant: LawParameter? { get }
  /// A, the factor of φ.
  var height: LawParameter { get }
  /// θ, at most two.
  var shapeParameters: [CurveParameter] { get }

  /// φ and its derivatives by θ.
  ///
  /// - Parameters:
  ///   - point: the row's step.
  ///   - shape: the values of `shapeParameters`; 0 where there are fewer than two.
  /// - Returns: φ and ∂φ/∂θ, zero where there are fewer than two.
  func value(at point: CurvePoint, shape: SIMD2<Double>) -> CurveValue
}

/// Where a learning curve is evaluated.
struct CurvePoint: Sendable {
  /// x, updates done, at least 1.
  let step: Double
  /// log x.
  let logStep: Double
}

/// φ of a learning curve and its derivatives by the shape parameters.
struct CurveValue {
  let value: Double
  let slopes: SIMD2<Double>

  init(_ value: Double, slopes first: Double = 0, _ second: Double = 0) {
    self.value = value
    slopes = SIMD2(first, second)
  }
}

extension LearningCurve {
  /// The constant is the floor unless a family says otherwise.
  var constant: LawParameter? { .floor }

  /// The height of the fall unless a family says otherwise.
  var height: LawParameter { .fall }

  /// The floor.
  var asymptote: Int? { constant == nil ? nil : 0 }

  /// c, A and θ.
  var parameters: [LawParameter] {
    (constant.map { [$0] } ?? []) + [height] + shapeParameters.map(\.description)
  }

  /// Steps alone.
  var inputs: Set<LawInput> { [] }

  /// c and A.
  var linearCoordinates: [LinearCoordinate] {
    [LinearCoordinate](repeating: LinearCoordinate(), count: constant == nil ? 1 : 2)
  }

  /// θ, or log θ.
  var nonlinearCoordinates: [NonlinearCoordinate] { shapeParameters.map(\.coordinate) }

  /// The columns 1 and φ.
  func basis(for rows: LawRows) -> any SeparableModel { CurveBasis(curve: self, rows: rows) }

  func parameters(fromCoordinates coordinates: [Double]) -> [Double] {
    mapShape(coordinates) { $0.value(fromCoordinate: $1) }
  }

  func coordinates(fromParameters parameters: [Double]) -> [Double] {
    mapShape(parameters) { $0.coordinate(fromValue: $1) }
  }

  /// Diagonal.
  func parameterJacobian(atCoordinates coordinates: [Double]) -> Matrix {
    var jacobian = Matrix.identity(coordinates.count)
    let slopes = mapShape(coordinates) { $0.slope(atCoordinate: $1) }
    for index in linearCoordinates.count..<coordinates.count {
      jacobian[index, index] = slopes[index]
    }
    return jacobian
  }

  /// Applies a function to what belongs to θ and leaves c and A.
  private func mapShape(
    _ values: [Double], _ function: (CurveParameter, Double) -> Double
  ) -> [Double] {
    let linearCount = linearCoordinates.count
    return Array(values[..<linearCount])
      + zip(shapeParameters, values[linearCount...]).map(function)
  }
}

extension LawParameter {
  /// A.
  static let fall = LawParameter(
    name: "A", symbol: "A", meaning: "loss at step 0 less the floor", unit: "nats",
    range: "≥ 0", typicalRange: "–", isLinear: true)
}
