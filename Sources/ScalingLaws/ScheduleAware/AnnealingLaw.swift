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

  /// L0, A, C, alpha and lambda; in coordinates L0, A, C', α and log(1-λ).
  public var parameters: [LawParameter] {
    [.floor, .areaHeight, .annealingGain, .exponent, .decayFactor]
  }

  /// The learning rate.
  public var inputs: Set<LawInput> { [.learningRate] }

  /// L0.
  public var asymptote: Int? { 0 }

  /// The paper's fits, all with λ held at 0.999.
  public var publishedFits: [PublishedFit] {
    let fits: [(String, [Double])] = [
      ("594M, constant and cosine, 20,000 steps, peak 2e-4", [2.628, 0.429, 0.411, 0.550]),
      ("293M, constant and cosine, 20,000 steps", [2.761, 0.517, 0.458, 0.491]),
      (
        "mixture of experts 8x106M, constant and cosine, 20,000 steps",
        [2.801, 0.424, 0.347, 0.619]
      ),
      ("1.7B, constant and cosine, 30,000 steps, peak 6e-4", [2.788, 0.906, 0.254, 0.416]),
      ("BLOOM-176B, its public curve", [1.918, 0.688, 1.832, 0.523]),
      ("OLMo-1B, its public curve", [2.152, 1.067, 0.205, 0.556]),
    ]
    return fits.map { setting, values in
      PublishedFit(setting: setting, parameters: values + [0.999], source: "arXiv 2408.11029")
    }
  }

  /// L0, A and C'.
  public var linearCoordinates: [LinearCoordinate] {
    [LinearCoordinate(), LinearCoordinate(), LinearCoordinate()]
  }

  /// α and log(1-λ).
  public var nonlinearCoordinates: [NonlinearCoordinate] {
    [PowerTerm.exponent, AnnealingTerm.logMemoryLoss]
  }

  /// C and λ need a learning rate that falls.
  public func unidentified(in rows: LawRows) -> [UnidentifiedCoordinate] {
    guard !rows.hasDrops else { return [] }
    return [2, 4].map { UnidentifiedCoordinate(index: $0, reason: LawRows.noDropsReason) }
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
