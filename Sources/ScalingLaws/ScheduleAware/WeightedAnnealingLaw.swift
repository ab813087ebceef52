public import LeastSquares
public import LinearAlgebra
import RealModule
import Schedules
import VectorMath

/// The annealing law with every step's momentum weighted by a power of its learning rate:
/// L(s) = L0 + A·S1(s)^(-α) - C·Σ m(i)·η(i)^ε.
///
/// With ε = 0 it is ``AnnealingLaw``, except that steps at rate zero count nothing. In coordinates,
/// C' = C·r^ε/(1-λ) with r = 1e-3 stands for C, so that it hardly depends on ε and λ.
///
/// Source: Tissue, Wang, Wang, arXiv 2408.11029, Sec. 6.3, where ε came out near 0.
public struct WeightedAnnealingLaw: LossLaw {
  /// The rate r by which rates are divided in the coordinates.
  static let reference = 1e-3

  /// Creates the law.
  public init() {}

  /// `annealing-weighted`.
  public var name: String { "annealing-weighted" }

  /// What the law says.
  public var summary: String {
    "The annealing law, but a drop's momentum counts by a power of the rate at which it acts."
  }

  /// The equation.
  public var equation: String {
    """
    L(s) = L0 + A * S1(s)^(-alpha) - C * sum of m(i) * lr(i)^epsilon
    S1(s) = sum of the learning rates of all steps up to s
    m(i) = lambda * m(i-1) + lr(i-1) - lr(i)
    """
  }

  /// The source.
  public var source: String {
    "Tissue, Wang, Wang: Scaling Law with Learning Rate Annealing, arXiv 2408.11029, Sec. 6.3"
  }

  /// L0, A, C, alpha, lambda and epsilon.
  public var parameters: [LawParameter] {
    var gain = LawParameter.annealingGain
    gain.meaning = "loss gained for each unit of weighted annealing area"
    gain.unit = "nats per learning rate^(1+ε) and step"
    gain.typicalRange = "0.2–0.5 (λ = 0.999, ε = 0)"
    gain.coordinate = "C·0.001^ε/(1-λ)"
    return [
      .floor, .areaHeight, gain, .exponent, .decayFactor,
      LawParameter(
        name: "epsilon", symbol: "ε", meaning: "how strongly momentum counts by the rate",
        unit: "1",
        range: "0–2", typicalRange: "about 0", isLinear: false,
        identifiedBy: "falls to different rates, or falls of different shape"),
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

  /// α, log(1-λ) and ε.
  public var nonlinearCoordinates: [NonlinearCoordinate] {
    [
      PowerTerm.exponent, AnnealingTerm.logMemoryLoss,
      NonlinearCoordinate(
        bounds: ParameterBounds(lower: 0, upper: 2), scan: [0, 0.1, 0.2, 0.3, 0.4]),
    ]
  }

  /// C, λ and ε need a learning rate that falls.
  public func unidentified(in rows: LawRows) -> [UnidentifiedCoordinate] {
    guard !rows.hasDrops else { return [] }
    return [2, 4, 5].map { UnidentifiedCoordinate(index: $0, reason: LawRows.noDropsReason) }
  }

  /// C = C'·(1-λ)·r^(-ε).
  public func parameters(fromCoordinates coordinates: [Double]) -> [Double] {
    var parameters = coordinates
    parameters[2] *= gainFactor(coordinates)
    parameters[4] = 1 - .exp(coordinates[4])
    return parameters
  }

  /// ∂C/∂log(1-λ) = C and ∂C/∂ε = -C·log r.
  public func parameterJacobian(atCoordinates coordinates: [Double]) -> Matrix {
    var jacobian = Matrix.identity(6)
    let factor = gainFactor(coordinates)
    jacobian[2, 2] = factor
    jacobian[2, 4] = coordinates[2] * factor
    jacobian[2, 5] = -coordinates[2] * factor * .log(Self.reference)
    jacobian[4, 4] = -.exp(coordinates[4])
    return jacobian
  }

  /// C' = C·r^ε/(1-λ) and log(1-λ).
  public func coordinates(fromParameters parameters: [Double]) -> [Double] {
    var coordinates = parameters
    coordinates[4] = .log(1 - parameters[4])
    coordinates[2] /= gainFactor(coordinates)
    return coordinates
  }

  /// C/C'.
  private func gainFactor(_ coordinates: [Double]) -> Double {
    .exp(coordinates[4] - coordinates[5] * .log(Self.reference))
  }

  /// The columns 1, S1^(-α) and -(1-λ)·Σ m·(η/r)^ε.
  public func basis(for rows: LawRows) -> any SeparableModel {
    WeightedAnnealingBasis(rows: rows)
  }
}

/// The basis functions of ``WeightedAnnealingLaw``.
private struct WeightedAnnealingBasis: SeparableModel {
  let power: PowerTerm
  let areas: [RateWeightedArea]
  let linearCount = 3
  let nonlinearCount = 3
  let derivativeColumns = [
    DerivativeColumn(function: 1, parameter: 0), DerivativeColumn(function: 2, parameter: 1),
    DerivativeColumn(function: 2, parameter: 2),
  ]
  /// Where each run's rows start.
  private let starts: [Int]
  private var annealing: [Double]
  private var memorySlopes: [Double]
  private var exponentSlopes: [Double]
  private var prepared: [Double] = []
  private var preparedDerivatives = false
  private let kernels = VectorKernels.best

  init(rows: LawRows) {
    power = PowerTerm(arguments: rows.areas.flatMap(\.forward))
    var areas: [RateWeightedArea] = []
    var starts: [Int] = []
    var start = 0
    for segment in rows.segments {
      guard let path = segment.path else { continue }
      areas.append(
        RateWeightedArea(
          path: path, positions: segment.positions, warmup: rows.warmup,
          reference: WeightedAnnealingLaw.reference))
      starts.append(start)
      start += segment.positions.count
    }
    self.areas = areas
    self.starts = starts
    annealing = [Double](repeating: 0, count: start)
    memorySlopes = annealing
    exponentSlopes = annealing
  }

  var rowCount: Int { power.rowCount }

  mutating func prepare(_ nonlinear: [Double], wantsDerivatives: Bool) {
    let key = Array(nonlinear[1...])
    guard key != prepared || (wantsDerivatives && !preparedDerivatives) else { return }
    prepared = key
    preparedDerivatives = wantsDerivatives
    let u = Double.exp(nonlinear[1])
    for (run, start) in zip(areas, starts) {
      run.evaluate(memoryLoss: u, exponent: nonlinear[2], wantsDerivatives: wantsDerivatives) {
        annealing[start + $0] = -u * $1
        memorySlopes[start + $0] = -u * ($1 - u * $2)
        exponentSlopes[start + $0] = -u * $3
      }
    }
  }

  func evaluate(_ nonlinear: [Double], into block: BasisBlock) {
    kernels.fill(block.function(0), with: 1)
    power.write(exponent: nonlinear[0], to: block, function: 1, derivative: 0)
    block.copy(annealing, to: block.function(2))
    guard block.wantsDerivatives else { return }
    block.copy(memorySlopes, to: block.derivative(1))
    block.copy(exponentSlopes, to: block.derivative(2))
  }
}
