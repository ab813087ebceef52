public import LeastSquares
public import LinearAlgebra
import RealModule

/// A law of the form L = E + A·N^(-α) + B·D^(-β), whose parameters are E, A, B, α and β in this order,
/// whatever they are called.
///
/// In coordinates, A·N₀^(-α) and B·D₀^(-β) stand for A and B, with N₀ = 10^9 parameters and D₀ = 10^10
/// tokens: A and α themselves are nearly collinear.
public protocol SizeAndDataLaw: LossLaw {}

extension SizeAndDataLaw {
  /// N and D.
  public var inputs: Set<LawInput> { [.modelSize, .tokens] }

  /// E, A·N₀^(-α) and B·D₀^(-β).
  public var linearCoordinates: [LinearCoordinate] {
    [LinearCoordinate(), LinearCoordinate(), LinearCoordinate()]
  }

  /// α and β.
  public var nonlinearCoordinates: [NonlinearCoordinate] {
    [PowerTerm.exponent, PowerTerm.exponent]
  }

  /// The columns 1, (N/N₀)^(-α) and (D/D₀)^(-β).
  public func basis(for rows: LawRows) -> any SeparableModel {
    PowerSumBasis(
      hasFloor: true, first: PowerTerm(arguments: rows.relativeModelSizes),
      second: PowerTerm(arguments: rows.relativeTokens))
  }

  /// Without several sizes and several amounts of data the terms are constants like E.
  public func missingVariation(in rows: LawRows) -> LawInput? {
    rows.missingVariation(of: [.modelSize, .tokens])
  }

  /// A = A'·N₀^α and B = B'·D₀^β.
  public func parameters(fromCoordinates coordinates: [Double]) -> [Double] {
    let scales = scales(coordinates[3], coordinates[4])
    return [
      coordinates[0], coordinates[1] * scales.size, coordinates[2] * scales.data, coordinates[3],
      coordinates[4],
    ]
  }

  /// ∂A/∂A' = N₀^α, ∂A/∂α = A·log N₀, and alike for B.
  public func parameterJacobian(atCoordinates coordinates: [Double]) -> Matrix {
    let scales = scales(coordinates[3], coordinates[4])
    var jacobian = Matrix.identity(5)
    jacobian[1, 1] = scales.size
    jacobian[1, 3] = coordinates[1] * scales.size * .log(Reference.modelSize)
    jacobian[2, 2] = scales.data
    jacobian[2, 4] = coordinates[2] * scales.data * .log(Reference.tokens)
    return jacobian
  }

  /// A' = A·N₀^(-α) and B' = B·D₀^(-β).
  public func coordinates(fromParameters parameters: [Double]) -> [Double] {
    let scales = scales(parameters[3], parameters[4])
    return [
      parameters[0], parameters[1] / scales.size, parameters[2] / scales.data, parameters[3],
      parameters[4],
    ]
  }

  /// N₀^α and D₀^β.
  private func scales(_ alpha: Double, _ beta: Double) -> (size: Double, data: Double) {
    (.pow(Reference.modelSize, alpha), .pow(Reference.tokens, beta))
  }
}
