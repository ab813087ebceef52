public import LinearAlgebra
public import LeastSquares
import RealModule
import Schedules

/// The law of learning-rate annealing: L(s) = L0 + A·S1(s)^(-α) - C·S2(s).
///
/// S1 is the summed learning rate, S2 the annealing area with decay factor λ
/// (`LearningRateAreas`). In coordinates, C' = C/(1-λ) and log(1-λ) stand for C and λ: the area
/// (1-λ)·S2 tends to the drop of the learning rate itself, so that C' hardly depends on λ.
///
/// Source: Tissue, Wang, Wang, "Scaling Law with Learning Rate Annealing", arXiv 2408.11029, Eq. 1.
public struct AnnealingLaw: LossLaw {
  /// Creates the law.
  public init() {}

  /// `annealing`.
  public var name: String { "annealing" }

  /// What the law says.
  public var summary: String {
    "The loss falls as a power of the summed learning rate, and further when the rate is lowered."
  }

  /// The equation.
  public var equation: String {
    """
    L(s) = L0 + A * S1(s)^(-alpha) - C * S2(s)
    S1(s) = sum of the learning rates of all steps up to s
    m(i) = lambda * m(i-1) + lr(i-1) - lr(i),  S2(s) = sum of m(i) up to s
    """
  }

  /// The source.
  public var source: String {
    "Tissue, Wang, Wang: Scaling Law with Learning Rate Annealing, arXiv 2408.11029, Eq. 1"
  }

  /// L0, A, alpha, C and lambda, in the order of the coordinates L0, A, C', α, log(1-λ).
  public var parameters: [LawParameter] {
    [
      .floor,
      LawParameter(
        name: "A", symbol: "A", meaning: "height of the power term at S1 = 1", unit: "nats",
        range: "≥ 0", typicalRange: "0.4–1.1", isLinear: true),
      LawParameter(
        name: "C", symbol: "C", meaning: "loss gained for each unit of annealing area",
        unit: "nats per learning rate and step", range: "≥ 0", typicalRange: "0.2–0.5 (λ = 0.999)",
        isLinear: true, coordinate: "C/(1-λ)",
        identifiedBy: "a run whose rate falls, beside one whose rate does not"),
      .exponent,
      LawParameter(
        name: "lambda", symbol: "λ",
        meaning: "how much of a drop's momentum is left after a step; memory is 1/(1-λ) steps",
        unit: "1", range: "0.5–0.99999", typicalRange: "0.99–0.9995", isLinear: false,
        coordinate: "log(1-λ)", identifiedBy: "rows during and after a fall of the rate",
        origin: 1),
    ]
  }

  /// The learning rate.
  public var inputs: Set<LawInput> { [.learningRate] }

  /// L0.
  public var asymptote: Int? { 0 }

  /// L0, A and C'.
  public var linearCoordinates: [LinearCoordinate] {
    [LinearCoordinate(), LinearCoordinate(), LinearCoordinate()]
  }

  /// α and log(1-λ).
  public var nonlinearCoordinates: [NonlinearCoordinate] {
    let lowest = Double.log(1e-5)
    let highest = Double.log(0.5)
    let scan = (0..<14).map { lowest + (highest - lowest) * (Double($0) + 0.5) / 14 }
    return [
      PowerTerm.exponent,
      NonlinearCoordinate(
        bounds: ParameterBounds(lower: lowest, upper: highest), scan: scan),
    ]
  }

  /// C and λ need a learning rate that falls.
  public func unidentified(in rows: LawRows) -> [UnidentifiedCoordinate] {
    guard !rows.areas.contains(where: \.hasDrops) else { return [] }
    let reason =
      "the learning rate never changes after the warm-up in the rows fitted; "
      + "add a run whose learning rate decays"
    return [2, 4].map { UnidentifiedCoordinate(index: $0, reason: reason) }
  }

  /// C = C'·(1-λ) and λ.
  public func parameters(fromCoordinates coordinates: [Double]) -> [Double] {
    let memoryLoss = Double.exp(coordinates[4])
    return [
      coordinates[0], coordinates[1], coordinates[2] * memoryLoss, coordinates[3], 1 - memoryLoss,
    ]
  }

  /// ∂C/∂C' = 1-λ, ∂C/∂log(1-λ) = C, ∂λ/∂log(1-λ) = -(1-λ).
  public func parameterJacobian(atCoordinates coordinates: [Double]) -> Matrix {
    let memoryLoss = Double.exp(coordinates[4])
    var jacobian = Matrix.identity(5)
    jacobian[2, 2] = memoryLoss
    jacobian[2, 4] = coordinates[2] * memoryLoss
    jacobian[4, 4] = -memoryLoss
    return jacobian
  }

  /// C' = C/(1-λ) and log(1-λ).
  public func coordinates(fromParameters parameters: [Double]) -> [Double] {
    let memoryLoss = 1 - parameters[4]
    return [
      parameters[0], parameters[1], parameters[2] / memoryLoss, parameters[3], .log(memoryLoss),
    ]
  }

  /// The columns 1, S1^(-α) and -(1-λ)·S2.
  public func basis(for rows: LawRows) -> any SeparableModel {
    AnnealingBasis(areas: rows.areas)
  }
}
