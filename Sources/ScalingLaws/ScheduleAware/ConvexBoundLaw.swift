public import LeastSquares
import VectorMath

/// The bound of convex optimisation as a law of the loss: L(s) = L0 + a·t1(s) + b·(t2(s) + t3(s)).
///
/// Every row is taken as the end of a training that stops there (``ConvexBound``). The bound falls
/// as 1/√s at best, so it misses absolute losses by a per cent or more; it ranks schedules, and says
/// how a peak learning rate carries over to another schedule.
///
/// Source: Schaipp and others, arXiv 2501.18965, with gradients of constant size.
public struct ConvexBoundLaw: LossLaw {
  /// Creates the law.
  public init() {}

  /// `convex-bound`.
  public var name: String { "convex-bound" }

  /// What the law says.
  public var summary: String {
    "The loss follows the bound on the last iterate of convex optimisation with the same rates."
  }

  /// The equation.
  public var equation: String {
    """
    L(T) = L0 + a * t1 + b * (t2 + t3)
    t1 = 1 / (2 * sum of lr)
    t2 + t3 = 1/2 * lr(T) + 1/2 * sum over k < T of lr(k)^2 / (sum of lr after k)
    """
  }

  /// The source.
  public var source: String {
    "Schaipp et al., arXiv 2501.18965; Theorem 10 of Defazio et al., arXiv 2310.07831"
  }

  /// L0, a and b.
  public var parameters: [LawParameter] {
    [
      .floor,
      LawParameter(
        name: "a", symbol: "a", meaning: "squared distance from the start to the optimum, D²",
        unit: "nats × learning rate × step", range: "≥ 0", typicalRange: "0.7–0.9 (public curves)",
        isLinear: true,
        identifiedBy: "rows over a long stretch of training"),
      LawParameter(
        name: "b", symbol: "b", meaning: "squared size of the gradients, G²",
        unit: "nats per learning rate", range: "≥ 0", typicalRange: "80–105 (public curves)",
        isLinear: true,
        identifiedBy: "a run whose rate falls, beside one whose rate does not"),
    ]
  }

  /// The learning rate.
  public var inputs: Set<LawInput> { [.learningRate] }

  /// L0, a and b.
  public var linearCoordinates: [LinearCoordinate] {
    [LinearCoordinate](repeating: LinearCoordinate(), count: 3)
  }

  /// None.
  public var nonlinearCoordinates: [NonlinearCoordinate] { [] }

  /// The columns 1, t1 and t2 + t3.
  public func basis(for rows: LawRows) -> any SeparableModel {
    ConvexBoundBasis(rows: rows)
  }
}

/// The basis functions of ``ConvexBoundLaw``.
private struct ConvexBoundBasis: SeparableModel {
  let linearCount = 3
  let nonlinearCount = 0
  let derivativeColumns: [DerivativeColumn] = []
  private let distance: [Double]
  private let noise: [Double]
  private let kernels = VectorKernels.best

  init(rows: LawRows) {
    var bounds: [ConvexBound] = []
    for segment in rows.segments {
      guard let path = segment.path else { continue }
      bounds += ConvexBound.bounds(path: path, at: segment.positions, warmup: rows.warmup)
    }
    distance = bounds.map(\.distance)
    noise = bounds.map { $0.gradients + $0.lastIterate }
  }

  var rowCount: Int { distance.count }

  func evaluate(_ nonlinear: [Double], into block: BasisBlock) {
    kernels.fill(block.function(0), with: 1)
    block.copy(distance, to: block.function(1))
    block.copy(noise, to: block.function(2))
  }
}
