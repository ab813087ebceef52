public import LeastSquares
import Schedules
import VectorMath

/// A law without memory: L(s) = L0 + A·S1(s)^(-α) / (1 + k·(1 - η(s)/η_peak)).
///
/// The loss above its floor is divided at once by how far the rate has fallen below the run's peak.
/// A quick estimate of what a decay would gain now; laws with a memory forecast better.
///
/// Source: the rescaled learning-rate schedule model of Qiu and others, "Scaling Collapse Reveals
/// Universal Dynamics in Compute-Optimally Trained Neural Networks", arXiv 2507.02119, with a power
/// of the summed learning rate as the loss at constant rate and a constant k.
public struct CollapseLaw: LossLaw {
  /// Creates the law.
  public init() {}

  /// `collapse`.
  public var name: String { "collapse" }

  /// What the law says.
  public var summary: String {
    "A power of the summed rate, divided by how far the rate is below its peak; no memory."
  }

  /// The equation.
  public var equation: String {
    """
    L(s) = L0 + A * S1(s)^(-alpha) / (1 + k * (1 - lr(s) / peak lr))
    S1(s) = sum of the learning rates of all steps up to s
    """
  }

  /// The source.
  public var source: String {
    "Qiu et al., arXiv 2507.02119, rescaled schedule model, over a power of S1"
  }

  /// L0, A, alpha and k.
  public var parameters: [LawParameter] {
    [
      .floor, .areaHeight, .exponent,
      LawParameter(
        name: "k", symbol: "k",
        meaning: "how much of the loss above the floor goes when the rate falls to zero, k/(1+k)",
        unit: "1", range: "0–10", typicalRange: "0.4–0.5 (public curves)", isLinear: false,
        identifiedBy: "a run whose rate falls, beside one whose rate does not"),
    ]
  }

  /// The learning rate.
  public var inputs: Set<LawInput> { [.learningRate] }

  /// L0.
  public var asymptote: Int? { 0 }

  /// L0 and A.
  public var linearCoordinates: [LinearCoordinate] { [LinearCoordinate(), LinearCoordinate()] }

  /// α and k.
  public var nonlinearCoordinates: [NonlinearCoordinate] {
    [
      PowerTerm.exponent,
      NonlinearCoordinate(
        bounds: ParameterBounds(lower: 0, upper: 10),
        scan: [0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3]),
    ]
  }

  /// k needs rows at a rate below the peak.
  public func unidentified(in rows: LawRows) -> [UnidentifiedCoordinate] {
    guard rows.shortfalls.allSatisfy({ $0 < 1e-6 }) else { return [] }
    return [UnidentifiedCoordinate(index: 3, reason: LawRows.noDropsReason)]
  }

  /// The columns 1 and S1^(-α)/(1 + k·(1 - η/η_peak)).
  public func basis(for rows: LawRows) -> any SeparableModel {
    CollapseBasis(rows: rows)
  }
}

extension LawRows {
  /// 1 - η/η_peak, one a row.
  fileprivate var shortfalls: [Double] {
    segments.flatMap { segment -> [Double] in
      guard let path = segment.path else { return [] }
      let peak = path.peak
      return segment.positions.map { peak > 0 ? 1 - path.learningRate(at: $0) / peak : 0 }
    }
  }
}

/// The basis functions of ``CollapseLaw``.
private struct CollapseBasis: SeparableModel {
  let power: PowerTerm
  let linearCount = 2
  let nonlinearCount = 2
  let derivativeColumns = [
    DerivativeColumn(function: 1, parameter: 0), DerivativeColumn(function: 1, parameter: 1),
  ]
  /// 1 - η/η_peak, one a row.
  private let shortfalls: [Double]
  private let kernels = VectorKernels.best

  init(rows: LawRows) {
    power = PowerTerm(arguments: rows.areas.flatMap(\.forward))
    shortfalls = rows.shortfalls
  }

  var rowCount: Int { power.rowCount }

  func evaluate(_ nonlinear: [Double], into block: BasisBlock) {
    kernels.fill(block.function(0), with: 1)
    power.write(exponent: nonlinear[0], to: block, function: 1, derivative: 0)
    let values = block.function(1)
    for (index, row) in block.rows.enumerated() {
      let divisor = 1 + nonlinear[1] * shortfalls[row]
      values[index] /= divisor
      guard block.wantsDerivatives else { continue }
      block.derivative(0)[index] /= divisor
      block.derivative(1)[index] = -values[index] * shortfalls[row] / divisor
    }
  }
}
