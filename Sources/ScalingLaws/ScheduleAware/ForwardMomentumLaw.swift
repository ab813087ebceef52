public import LeastSquares
public import LinearAlgebra
import RealModule
import VectorMath

/// The forward-momentum law: L = L0 + A·S^(-α) + B·N^(-β) - C·M.
///
/// S is a sum of learning rates and M one of their drops, normalised as the Adam optimiser
/// normalises gradients. The authors take both over the rows of a log, so that M depends on how far
/// apart rows were logged, and values fitted to logs of different density cannot be compared. Here
/// both are taken on a grid of a fixed number of steps from the end of the warm-up on, so that a fit
/// does not change when rows are thinned and a forecast can be made anywhere.
///
/// The paper writes λS, λN and λM for A, B and -C. It gives no unit of N: here N is in millions, as
/// in ``SizedAnnealingLaw``, and B' = B·100^(-β) stands for B in coordinates. The size term takes
/// part only where the sizes of all runs are known and differ.
///
/// Source: Wang and others, arXiv 2512.13705, and the code published with it.
public struct ForwardMomentumLaw: LossLaw {
  /// The grid's distance in steps.
  public let interval: Int

  /// Creates the law.
  ///
  /// - Parameter interval: the distance of the grid points in steps, at least 1. M depends on it.
  public init(interval: Int = 128) {
    precondition(interval > 0, "interval is not positive")
    self.interval = interval
  }

  /// `forward-momentum`.
  public var name: String { "forward-momentum" }

  /// What the law says.
  public var summary: String {
    "The loss falls as a power of the summed rate, and with a normalised momentum of its drops."
  }

  /// The equation.
  public var equation: String {
    """
    L = L0 + A * S^(-alpha) + B * N^(-beta) - C * M
    on a grid of every \(interval) steps from the end of the warm-up on:
    S(i) = S(i-1) + lr(i) * \(interval),  d(i) = (lr(i-1) - lr(i)) * \(interval)
    m = 0.9 m + 0.1 d,  v = 0.999 v + 0.001 d^2,  both corrected for their start
    M(i) = M(i-1) + m / sqrt(1e5 v),  N = parameters in millions
    """
  }

  /// The source.
  public var source: String {
    "Wang et al., arXiv 2512.13705, with the sign of M as in the code published with it"
  }

  /// L0, A, B, C, alpha and beta.
  public var parameters: [LawParameter] {
    [
      .floor,
      LawParameter(
        name: "A", symbol: "λS", meaning: "height of the power term at S = 1", unit: "nats",
        range: "≥ 0", typicalRange: "–", isLinear: true,
        identifiedBy: "rows over a long stretch of training"),
      LawParameter(
        name: "B", symbol: "λN", meaning: "height of the size term where N is one million",
        unit: "nats", range: "≥ 0", typicalRange: "–", isLinear: true,
        coordinate: "B·100^(-β)", identifiedBy: "runs of at least two known sizes"),
      LawParameter(
        name: "C", symbol: "-λM", meaning: "loss gained for each unit of normalised momentum",
        unit: "nats", range: "≥ 0", typicalRange: "–", isLinear: true,
        identifiedBy: "a run whose rate falls, beside one whose rate does not"),
      LawParameter(
        name: "alpha", symbol: "αS", meaning: "exponent of the power term", unit: "1",
        range: "0.001–10", typicalRange: "–", isLinear: false,
        identifiedBy: "rows over a long stretch of training"),
      LawParameter(
        name: "beta", symbol: "αN", meaning: "exponent of the size term", unit: "1",
        range: "0.001–10", typicalRange: "–", isLinear: false,
        identifiedBy: "runs of at least three known sizes"),
    ]
  }

  /// The learning rate.
  public var inputs: Set<LawInput> { [.learningRate] }

  /// Ten million points of the grid, some seconds of work.
  public var lastStep: Int {
    let (last, overflow) = interval.multipliedReportingOverflow(by: 10_000_000)
    return overflow ? .max : last
  }

  /// L0, A, B' and C.
  public var linearCoordinates: [LinearCoordinate] {
    [LinearCoordinate](repeating: LinearCoordinate(), count: 4)
  }

  /// α and β.
  public var nonlinearCoordinates: [NonlinearCoordinate] {
    [PowerTerm.exponent, ModelSizeTerm.exponent]
  }

  /// B and β need several sizes; C needs a learning rate that falls.
  public func unidentified(in rows: LawRows) -> [UnidentifiedCoordinate] {
    var found = ModelSizeTerm.unidentified(in: rows, height: 2, exponent: 5)
    if !rows.hasDrops {
      found.append(UnidentifiedCoordinate(index: 3, reason: LawRows.noDropsReason))
    }
    return found.sorted { $0.index < $1.index }
  }

  /// B = B'·100^β.
  public func parameters(fromCoordinates coordinates: [Double]) -> [Double] {
    var parameters = coordinates
    parameters[2] *= heightFactor(coordinates)
    return parameters
  }

  /// ∂B/∂B' = 100^β and ∂B/∂β = B·log 100.
  public func parameterJacobian(atCoordinates coordinates: [Double]) -> Matrix {
    var jacobian = Matrix.identity(6)
    jacobian[2, 2] = heightFactor(coordinates)
    jacobian[2, 5] =
      coordinates[2] * heightFactor(coordinates) * .log(ModelSizeTerm.reference)
    return jacobian
  }

  /// B' = B·100^(-β).
  public func coordinates(fromParameters parameters: [Double]) -> [Double] {
    var coordinates = parameters
    coordinates[2] /= heightFactor(coordinates)
    return coordinates
  }

  /// B/B'.
  private func heightFactor(_ coordinates: [Double]) -> Double {
    .exp(coordinates[5] * .log(ModelSizeTerm.reference))
  }

  /// The columns 1, S^(-α), (N/100)^(-β) and -M.
  public func basis(for rows: LawRows) -> any SeparableModel {
    ForwardMomentumBasis(rows: rows, interval: interval)
  }
}

/// The basis functions of ``ForwardMomentumLaw``.
private struct ForwardMomentumBasis: SeparableModel {
  let power: PowerTerm
  let size: PowerTerm
  let linearCount = 4
  let nonlinearCount = 2
  let derivativeColumns = [
    DerivativeColumn(function: 1, parameter: 0), DerivativeColumn(function: 2, parameter: 1),
  ]
  /// -M, one a row.
  private let momentum: [Double]
  private let kernels = VectorKernels.best

  init(rows: LawRows, interval: Int) {
    let sums = rows.segments.flatMap { segment in
      segment.path.map {
        ForwardMomentumSums.sums(path: $0, positions: segment.positions, interval: interval)
      } ?? []
    }
    power = PowerTerm(arguments: sums.map(\.forward))
    size = PowerTerm(arguments: ModelSizeTerm.ratios(in: rows))
    momentum = sums.map { -$0.momentum }
  }

  var rowCount: Int { momentum.count }

  func evaluate(_ nonlinear: [Double], into block: BasisBlock) {
    kernels.fill(block.function(0), with: 1)
    power.write(exponent: nonlinear[0], to: block, function: 1, derivative: 0)
    size.write(exponent: nonlinear[1], to: block, function: 2, derivative: 1)
    block.copy(momentum, to: block.function(3))
  }
}
