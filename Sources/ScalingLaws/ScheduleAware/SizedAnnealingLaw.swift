public import LeastSquares
public import LinearAlgebra
import RealModule
import Schedules
import VectorMath

/// The annealing law for models of several sizes:
/// L(s, N) = L0 + A·S1(s)^(-α) + B·N^(-β) - C·S2(s)·N^γ, with N in millions of parameters.
///
/// The paper does not print the unit of N; its numbers agree with its single-size fits in millions
/// only. In coordinates, B' = B·100^(-β) and C' = C·100^γ/(1-λ) stand for B and C: the terms of a
/// model of 100 million parameters.
///
/// Source: Tissue, Wang, Wang, arXiv 2408.11029, Eq. 7.
public struct SizedAnnealingLaw: LossLaw {
  /// Creates the law.
  public init() {}

  /// `annealing-size`.
  public var name: String { "annealing-size" }

  /// What the law says.
  public var summary: String {
    "The annealing law with a floor that falls with model size and a gain that grows with it."
  }

  /// The equation.
  public var equation: String {
    """
    L(s, N) = L0 + A * S1(s)^(-alpha) + B * N^(-beta) - C * S2(s) * N^gamma
    N = parameters without embeddings, in millions
    S1(s) = sum of the learning rates of all steps up to s
    m(i) = lambda * m(i-1) + lr(i-1) - lr(i),  S2(s) = sum of m(i) up to s
    """
  }

  /// The source.
  public var source: String {
    "Tissue, Wang, Wang: Scaling Law with Learning Rate Annealing, arXiv 2408.11029, Eq. 7"
  }

  /// L0, A, B, C, alpha, beta, gamma and lambda.
  public var parameters: [LawParameter] {
    var gain = LawParameter.annealingGain
    gain.meaning = "loss gained for each unit of annealing area where N is one million"
    gain.typicalRange = "0.07–0.27 (λ = 0.999)"
    gain.coordinate = "C·100^γ/(1-λ)"
    return [
      .floor, .areaHeight,
      LawParameter(
        name: "B", symbol: "B", meaning: "height of the size term where N is one million",
        unit: "nats", range: "≥ 0", typicalRange: "2.5–3.1", isLinear: true,
        coordinate: "B·100^(-β)", identifiedBy: "runs of at least two sizes"),
      gain, .exponent,
      LawParameter(
        name: "beta", symbol: "β", meaning: "exponent of the size term", unit: "1",
        range: "0.001–10", typicalRange: "0.13–0.16", isLinear: false,
        identifiedBy: "runs of at least three sizes"),
      LawParameter(
        name: "gamma", symbol: "γ", meaning: "how the gain by annealing grows with size", unit: "1",
        range: "-1–1", typicalRange: "0.05–0.12", isLinear: false,
        identifiedBy: "falling learning rates at several sizes"),
      .decayFactor,
    ]
  }

  /// The learning rate and the model's parameters.
  public var inputs: Set<LawInput> { [.learningRate, .modelSize] }

  /// The paper's fits.
  public var publishedFits: [PublishedFit] {
    [
      PublishedFit(
        setting: "setting A, 85M to 904M, lambda held at 0.999",
        parameters: [1.504, 0.440, 3.067, 0.273, 0.546, 0.158, 0.052, 0.999],
        source: "arXiv 2408.11029, Eq. 7"),
      PublishedFit(
        setting: "setting C, lambda held at 0.999",
        parameters: [1.412, 0.921, 2.562, 0.069, 0.761, 0.137, 0.117, 0.999],
        source: "arXiv 2408.11029, Eq. 7"),
    ]
  }

  /// L0, A, B' and C'.
  public var linearCoordinates: [LinearCoordinate] {
    [LinearCoordinate](repeating: LinearCoordinate(), count: 4)
  }

  /// α, β, γ and log(1-λ).
  public var nonlinearCoordinates: [NonlinearCoordinate] {
    [
      PowerTerm.exponent, ModelSizeTerm.exponent,
      NonlinearCoordinate(
        bounds: ParameterBounds(lower: -1, upper: 1), scan: [-0.2, -0.1, 0, 0.1, 0.2]),
      AnnealingTerm.logMemoryLoss,
    ]
  }

  /// B, β and γ need several sizes; C, γ and λ need a learning rate that falls.
  public func unidentified(in rows: LawRows) -> [UnidentifiedCoordinate] {
    var found = ModelSizeTerm.unidentified(in: rows, height: 2, exponent: 5)
    if !rows.hasDrops {
      found += [3, 6, 7].map {
        UnidentifiedCoordinate(index: $0, reason: LawRows.noDropsReason)
      }
    } else if ModelSizeTerm.sizeCount(
      of: zip(rows.segments, rows.areas).filter { $1.hasDrops }.map(\.0)) < 2
    {
      found.append(
        UnidentifiedCoordinate(
          index: 6, reason: "the learning rate falls in runs of one size only; add one of another"))
    }
    return found.sorted { $0.index < $1.index }
  }

  /// B = B'·100^β, C = C'·(1-λ)·100^(-γ) and λ.
  public func parameters(fromCoordinates coordinates: [Double]) -> [Double] {
    var parameters = coordinates
    parameters[2] *= heightFactor(coordinates)
    parameters[3] *= gainFactor(coordinates)
    parameters[7] = 1 - .exp(coordinates[7])
    return parameters
  }

  /// The derivatives of B and C by their coordinates, and of λ.
  public func parameterJacobian(atCoordinates coordinates: [Double]) -> Matrix {
    var jacobian = Matrix.identity(8)
    let logReference = Double.log(ModelSizeTerm.reference)
    jacobian[2, 2] = heightFactor(coordinates)
    jacobian[2, 5] = coordinates[2] * heightFactor(coordinates) * logReference
    jacobian[3, 3] = gainFactor(coordinates)
    jacobian[3, 6] = -coordinates[3] * gainFactor(coordinates) * logReference
    jacobian[3, 7] = coordinates[3] * gainFactor(coordinates)
    jacobian[7, 7] = -.exp(coordinates[7])
    return jacobian
  }

  /// B' = B·100^(-β), C' = C·100^γ/(1-λ) and log(1-λ).
  public func coordinates(fromParameters parameters: [Double]) -> [Double] {
    var coordinates = parameters
    coordinates[7] = .log(1 - parameters[7])
    coordinates[2] /= heightFactor(coordinates)
    coordinates[3] /= gainFactor(coordinates)
    return coordinates
  }

  /// B/B'.
  private func heightFactor(_ coordinates: [Double]) -> Double {
    .exp(coordinates[5] * .log(ModelSizeTerm.reference))
  }

  /// C/C'.
  private func gainFactor(_ coordinates: [Double]) -> Double {
    .exp(coordinates[7] - coordinates[6] * .log(ModelSizeTerm.reference))
  }

  /// The columns 1, S1^(-α), (N/100)^(-β) and -(1-λ)·S2·(N/100)^γ.
  public func basis(for rows: LawRows) -> any SeparableModel {
    SizedAnnealingBasis(rows: rows)
  }
}

/// The basis functions of ``SizedAnnealingLaw``.
private struct SizedAnnealingBasis: SeparableModel {
  let power: PowerTerm
  let size: PowerTerm
  let linearCount = 4
  let nonlinearCount = 4
  let derivativeColumns = [
    DerivativeColumn(function: 1, parameter: 0), DerivativeColumn(function: 2, parameter: 1),
    DerivativeColumn(function: 3, parameter: 2), DerivativeColumn(function: 3, parameter: 3),
  ]
  private var annealing: AnnealingTerm
  private let kernels = VectorKernels.best

  init(rows: LawRows) {
    power = PowerTerm(arguments: rows.areas.flatMap(\.forward))
    size = PowerTerm(arguments: ModelSizeTerm.ratios(in: rows))
    annealing = AnnealingTerm(areas: rows.areas)
  }

  var rowCount: Int { power.rowCount }

  mutating func prepare(_ nonlinear: [Double], wantsDerivatives: Bool) {
    annealing.prepare(logMemoryLoss: nonlinear[3], wantsDerivatives: wantsDerivatives)
  }

  func evaluate(_ nonlinear: [Double], into block: BasisBlock) {
    kernels.fill(block.function(0), with: 1)
    power.write(exponent: nonlinear[0], to: block, function: 1, derivative: 0)
    size.write(exponent: nonlinear[1], to: block, function: 2, derivative: 1)
    // x^γ, and its derivative by -γ.
    size.write(exponent: -nonlinear[2], to: block, function: 3, derivative: 2)
    let factors = UnsafeBufferPointer(block.function(3))
    if block.wantsDerivatives {
      multiply(annealing.slopes, factors, scale: 1, block, into: block.derivative(3))
      multiply(
        annealing.values, UnsafeBufferPointer(block.derivative(2)), scale: -1, block,
        into: block.derivative(2))
    }
    multiply(annealing.values, factors, scale: 1, block, into: block.function(3))
  }

  private func multiply(
    _ values: [Double], _ factors: UnsafeBufferPointer<Double>, scale: Double,
    _ block: BasisBlock, into target: UnsafeMutableBufferPointer<Double>
  ) {
    values.withUnsafeBufferPointer { values in
      kernels.multiply(
        UnsafeBufferPointer(rebasing: values[block.rows]), factors, scale: scale, into: target)
    }
  }
}
