public import LeastSquares
public import LinearAlgebra
import RealModule
import Schedules
import VectorMath

/// The annealing law with a power of the annealing area: L(s) = L0 + A·S1(s)^(-α) - C·S2(s)^ζ.
///
/// The paper leaves S2 < 0, as after a re-warm-up, undefined. Here the power is continued as an odd
/// function, sign(S2)·|S2|^ζ, which for ζ = 1 is the annealing law everywhere. In coordinates,
/// C' = C·(r/(1-λ))^ζ with r = 1e-3 stands for C, so that it hardly depends on ζ and λ.
///
/// Source: Tissue, Wang, Wang, arXiv 2408.11029, Sec. 6.3.
public struct PowerAnnealingLaw: LossLaw {
  /// The drop r by which (1-λ)·S2 is divided in the coordinates.
  static let reference = 1e-3

  /// Creates the law.
  public init() {}

  /// `annealing-power`.
  public var name: String { "annealing-power" }

  /// What the law says.
  public var summary: String { "The annealing law with a power of the annealing area." }

  /// The equation.
  public var equation: String {
    """
    L(s) = L0 + A * S1(s)^(-alpha) - C * S2(s)^zeta
    S1(s) = sum of the learning rates of all steps up to s
    m(i) = lambda * m(i-1) + lr(i-1) - lr(i),  S2(s) = sum of m(i) up to s
    S2^zeta stands for sign(S2) * |S2|^zeta where S2 is negative
    """
  }

  /// The source.
  public var source: String {
    "Tissue, Wang, Wang: Scaling Law with Learning Rate Annealing, arXiv 2408.11029, Sec. 6.3"
  }

  /// L0, A, C, alpha, lambda and zeta.
  public var parameters: [LawParameter] {
    var gain = LawParameter.annealingGain
    gain.meaning = "loss gained where S2 = 1"
    gain.unit = "nats per (learning rate and step)^ζ"
    gain.typicalRange = "0.4 (λ = 0.999, ζ = 1.1)"
    gain.coordinate = "C·(0.001/(1-λ))^ζ"
    return [
      .floor, .areaHeight, gain, .exponent, .decayFactor,
      LawParameter(
        name: "zeta", symbol: "ζ", meaning: "exponent of the annealing area", unit: "1",
        range: "0.25–4", typicalRange: "1–1.2", isLinear: false,
        identifiedBy: "falls of different depth"),
    ]
  }

  /// The learning rate.
  public var inputs: Set<LawInput> { [.learningRate] }

  /// L0.
  public var asymptote: Int? { 0 }

  /// The paper's fit.
  public var publishedFits: [PublishedFit] {
    [
      PublishedFit(
        setting: "constant and cosine, lambda held at 0.999",
        parameters: [2.614, 0.445, 0.436, 0.536, 0.999, 1.125], source: "arXiv 2408.11029, Sec. 6.3"
      )
    ]
  }

  /// L0, A and C'.
  public var linearCoordinates: [LinearCoordinate] {
    [LinearCoordinate(), LinearCoordinate(), LinearCoordinate()]
  }

  /// α, log(1-λ) and ζ.
  public var nonlinearCoordinates: [NonlinearCoordinate] {
    [
      PowerTerm.exponent, AnnealingTerm.logMemoryLoss,
      NonlinearCoordinate(
        bounds: ParameterBounds(lower: 0.25, upper: 4), scan: [0.5, 0.7, 0.85, 1, 1.2, 1.5, 2]),
    ]
  }

  /// C, λ and ζ need a learning rate that falls.
  public func unidentified(in rows: LawRows) -> [UnidentifiedCoordinate] {
    guard !rows.hasDrops else { return [] }
    return [2, 4, 5].map { UnidentifiedCoordinate(index: $0, reason: LawRows.noDropsReason) }
  }

  /// C = C'·((1-λ)/r)^ζ.
  public func parameters(fromCoordinates coordinates: [Double]) -> [Double] {
    var parameters = coordinates
    parameters[2] *= .exp(coordinates[5] * logShare(coordinates))
    parameters[4] = 1 - .exp(coordinates[4])
    return parameters
  }

  /// ∂C/∂log(1-λ) = ζ·C and ∂C/∂ζ = C·log((1-λ)/r).
  public func parameterJacobian(atCoordinates coordinates: [Double]) -> Matrix {
    var jacobian = Matrix.identity(6)
    let factor = Double.exp(coordinates[5] * logShare(coordinates))
    jacobian[2, 2] = factor
    jacobian[2, 4] = coordinates[5] * coordinates[2] * factor
    jacobian[2, 5] = logShare(coordinates) * coordinates[2] * factor
    jacobian[4, 4] = -.exp(coordinates[4])
    return jacobian
  }

  /// C' = C·(r/(1-λ))^ζ and log(1-λ).
  public func coordinates(fromParameters parameters: [Double]) -> [Double] {
    var coordinates = parameters
    coordinates[4] = .log(1 - parameters[4])
    coordinates[2] *= .exp(-coordinates[5] * logShare(coordinates))
    return coordinates
  }

  /// log((1-λ)/r).
  private func logShare(_ coordinates: [Double]) -> Double {
    coordinates[4] - .log(Self.reference)
  }

  /// The columns 1, S1^(-α) and -((1-λ)·S2/r)^ζ.
  public func basis(for rows: LawRows) -> any SeparableModel {
    PowerAnnealingBasis(rows: rows)
  }
}

/// The basis functions of ``PowerAnnealingLaw``.
private struct PowerAnnealingBasis: SeparableModel {
  let power: PowerTerm
  let linearCount = 3
  let nonlinearCount = 3
  let derivativeColumns = [
    DerivativeColumn(function: 1, parameter: 0), DerivativeColumn(function: 2, parameter: 1),
    DerivativeColumn(function: 2, parameter: 2),
  ]
  private var annealing: AnnealingTerm
  /// log(|(1-λ)·S2|/r), one a row.
  private var logs: [Double]
  /// The sign of -S2, which the power as an odd function takes through.
  private var signs: [Double]
  /// The derivative of `logs` by log(1-λ).
  private var slopes: [Double]
  private let kernels = VectorKernels.best

  init(rows: LawRows) {
    power = PowerTerm(arguments: rows.areas.flatMap(\.forward))
    annealing = AnnealingTerm(areas: rows.areas)
    logs = [Double](repeating: 0, count: power.rowCount)
    (signs, slopes) = (logs, logs)
  }

  var rowCount: Int { power.rowCount }

  mutating func prepare(_ nonlinear: [Double], wantsDerivatives: Bool) {
    annealing.prepare(logMemoryLoss: nonlinear[1], wantsDerivatives: wantsDerivatives)
    for row in logs.indices {
      let value = annealing.values[row]
      signs[row] = value == 0 ? 0 : value < 0 ? -1 : 1
      // Without an area there is no logarithm, and the sign makes the power 0.
      logs[row] = value == 0 ? 1 : abs(value) / PowerAnnealingLaw.reference
      if wantsDerivatives { slopes[row] = value == 0 ? 0 : annealing.slopes[row] / value }
    }
    logs.withUnsafeMutableBufferPointer { kernels.log(UnsafeBufferPointer($0), into: $0) }
  }

  func evaluate(_ nonlinear: [Double], into block: BasisBlock) {
    kernels.fill(block.function(0), with: 1)
    power.write(exponent: nonlinear[0], to: block, function: 1, derivative: 0)
    let values = block.function(2)
    part(logs, block) { logs in
      guard block.wantsDerivatives else {
        kernels.exp(logs, scale: nonlinear[2], into: values)
        return
      }
      kernels.exp(
        logs, scale: nonlinear[2], into: values, timesArgument: block.derivative(2), factor: 1)
    }
    part(signs, block) { signs in
      kernels.multiply(UnsafeBufferPointer(values), signs, into: values)
      guard block.wantsDerivatives else { return }
      kernels.multiply(
        UnsafeBufferPointer(block.derivative(2)), signs, into: block.derivative(2))
    }
    guard block.wantsDerivatives else { return }
    part(slopes, block) {
      kernels.multiply(
        UnsafeBufferPointer(values), $0, scale: nonlinear[2], into: block.derivative(1))
    }
  }

  /// Hands out the block's rows of a column.
  private func part(
    _ values: [Double], _ block: BasisBlock, _ body: (UnsafeBufferPointer<Double>) -> Void
  ) {
    values.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[block.rows])) }
  }
}
