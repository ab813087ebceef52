public import LeastSquares
import Schedules
import VectorMath

/// The law of linear gains: L(t) = L0 + A·S1(t)^(-α) - B·(η₀ - η(t)), a gain in proportion to how far
/// the rate is below its peak, at once.
///
/// The simplest law with an annealing term: a yardstick for those with a memory.
///
/// Source: Luo et al., arXiv 2503.12811, App. A, "linear loss drop law".
public struct LinearRateLaw: LossLaw {
  /// Creates the law.
  public init() {}

  /// `linear-lr`.
  public var name: String { "linear-lr" }

  /// What the law says.
  public var summary: String {
    "The loss falls as a power of the summed learning rate, and with the rate itself."
  }

  /// The equation.
  public var equation: String {
    """
    L(t) = L0 + A * S1(t)^(-alpha) - B * (lr after the warm-up - lr(t))
    S1(t) = sum of the learning rates of all steps up to t
    """
  }

  /// The source.
  public var source: String { "Luo et al., arXiv 2503.12811, App. A, linear loss drop law" }

  /// L0.
  public var asymptote: Int? { 0 }

  /// L0, A, B and alpha.
  public var parameters: [LawParameter] { [.floor, .forwardHeight, .dropGain, .exponent] }

  /// The learning rate.
  public var inputs: Set<LawInput> { [.learningRate] }

  /// L0, A and B.
  public var linearCoordinates: [LinearCoordinate] {
    [LinearCoordinate(), LinearCoordinate(), LinearCoordinate()]
  }

  /// α.
  public var nonlinearCoordinates: [NonlinearCoordinate] { [PowerTerm.exponent] }

  /// B needs a learning rate that falls.
  public func unidentified(in rows: LawRows) -> [UnidentifiedCoordinate] {
    rows.hasDrops
      ? [] : [UnidentifiedCoordinate(index: 2, reason: LawRows.noDropsReason)]
  }

  /// The columns 1, S1^(-α) and -Σ drops.
  public func basis(for rows: LawRows) -> any SeparableModel { LinearRateBasis(rows: rows) }
}

private struct LinearRateBasis: SeparableModel {
  private let power: PowerTerm
  /// -(η₀ - η) at each row.
  private let falls: [Double]
  private let kernels = VectorKernels.best
  let linearCount = 3
  let nonlinearCount = 1
  let derivativeColumns = [DerivativeColumn(function: 1, parameter: 0)]

  init(rows: LawRows) {
    power = PowerTerm(arguments: rows.areas.flatMap(\.forward))
    falls = rows.segments.flatMap { segment -> [Double] in
      guard let path = segment.path else { return [] }
      let first = rows.warmup == .full ? path.firstPosition : path.warmupEnd
      let highest = path.learningRate(at: first)
      return segment.positions.map { path.learningRate(at: max($0, first)) - highest }
    }
  }

  var rowCount: Int { power.rowCount }

  func evaluate(_ nonlinear: [Double], into block: BasisBlock) {
    kernels.fill(block.function(0), with: 1)
    power.write(exponent: nonlinear[0], to: block, function: 1, derivative: 0)
    let target = block.function(2)
    for (i, row) in block.rows.enumerated() { target[i] = falls[row] }
  }
}
