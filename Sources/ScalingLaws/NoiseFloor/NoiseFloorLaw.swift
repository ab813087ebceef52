public import LeastSquares
public import LinearAlgebra
import RealModule
import Schedules

/// The noise-floor law: L(s) = L0 + A·P(s)^(-α) + C·F(s) + D·Q(s)^(-2) + B·N^(-β).
///
/// Progress P counts every step with (η/η*)^κ; the noise floor F follows (η/η*)^δ with a memory
/// that forgets c·(η/η*)^μ a step, μ = 1/2. D·Q^(-2) takes up what the start of training does
/// otherwise and is soon gone: Q is progress at the run's own rate after its warm-up. B·N^(-β), N in
/// millions, tells model sizes apart where there are several.
///
/// With κ = δ = 1, μ = 0, D = B = 0 and one peak η_p it is the annealing law of Tissue et al. with
/// λ = e^(-c): F = η_p/η* - (1-λ)·S2/η*, so that C·(1-λ)/η* is its C, L0 + C·η_p/η* its L0, and
/// A·η*^α its A.
///
/// A higher rate means faster progress and a higher floor, so that runs of several peaks go
/// together and the best schedule is not degenerate. κ, δ, c and β are nearly the same from one
/// training to another: weak priors stand for what a few runs cannot tell.
///
/// Source: this project; docs/laws/noise-floor.md has the reasons and ablations.
public struct NoiseFloorLaw: LossLaw {
  /// Creates the law.
  public init() {}

  /// `noise-floor`.
  public var name: String { "noise-floor" }

  /// What the law says.
  public var summary: String {
    "The loss falls as a power of progress, which grows with a power of the rate, onto a floor of "
      + "noise that follows the rate."
  }

  /// The equation.
  public var equation: String {
    """
    L(s) = L0 + A * P(s)^(-alpha) + C * F(s) + D * Q(s)^(-2) + B * (N/10^6)^(-beta)
    P(s) = sum of (lr/reference)^kappa over the steps up to s
    Q(s) = sum of (lr/first)^kappa over the steps up to s, first = lr at the end of the warm-up
    F(i) = r * F(i-1) + (1-r) * (lr(i)/reference)^delta,  r = exp(-forgetting * (lr(i)/reference)^mu)
    """
  }

  /// The source.
  public var source: String {
    "this project, docs/laws/noise-floor.md; κ = δ = 1, μ = 0, D = B = 0 is Tissue et al., "
      + "arXiv 2408.11029, Eq. 1"
  }

  /// The learning rate.
  public var inputs: Set<LawInput> { [.learningRate] }

  /// The model's parameters.
  public var optionalInputs: Set<LawInput> { [.modelSize] }

  /// Runs of several peak rates may be fitted together.
  public var knowsPeaks: Bool { true }

  /// L0, A, C, D and B.
  public var linearCoordinates: [LinearCoordinate] {
    [
      LinearCoordinate(), LinearCoordinate(), LinearCoordinate(),
      LinearCoordinate(mayBeNegative: true), LinearCoordinate(),
    ]
  }

  /// log α, κ, δ, log c, log β, μ and η*.
  public var nonlinearCoordinates: [NonlinearCoordinate] {
    [
      .logarithmic(from: 0.02, to: 3, scanFrom: 0.1, to: 1.5, count: 12, mean: 0.5, spread: 1),
      NonlinearCoordinate(
        bounds: ParameterBounds(lower: 0.1, upper: 1.5), scan: [0.6],
        prior: CoordinatePrior(mean: 0.6, standardDeviation: 0.25)),
      NonlinearCoordinate(
        bounds: ParameterBounds(lower: 0.1, upper: 2), scan: [0.75],
        prior: CoordinatePrior(mean: 0.75, standardDeviation: 0.2)),
      .logarithmic(
        from: 1e-5, to: 0.5, scanFrom: 3e-4, to: 0.1, count: 8, mean: 0.005, spread: 1),
      .logarithmic(from: 0.02, to: 2, scanFrom: 0.2, to: 0.2, count: 1, mean: 0.2, spread: 0.5),
      NonlinearCoordinate(bounds: ParameterBounds(lower: 0, upper: 2), scan: [0.5]),
      NonlinearCoordinate(
        bounds: ParameterBounds(lower: .leastNormalMagnitude, upper: .greatestFiniteMagnitude),
        scan: [1]),
    ]
  }

  /// μ = 1/2, and η* is the largest rate of all runs.
  public func constants(for rows: LawRows) -> [Int: Double] {
    [10: 0.5, 11: rows.segments.compactMap(\.path?.peak).max() ?? 1]
  }

  /// C and δ need rates that differ, c one that falls, B and β model sizes that differ.
  public func unidentified(in rows: LawRows) -> [UnidentifiedCoordinate] {
    var result: [UnidentifiedCoordinate] = []
    let peaks = rows.segments.compactMap(\.path?.peak)
    let hasPeaks = (peaks.max() ?? 0) > 1.001 * (peaks.min() ?? 0)
    if !rows.hasDrops {
      // Constant rates of several peaks tell the floor but not its memory.
      result += (hasPeaks ? [8] : [2, 7, 8]).map {
        UnidentifiedCoordinate(index: $0, reason: LawRows.noDropsReason)
      }
    }
    let sizes = rows.segments.compactMap(\.facts.modelSize)
    if sizes.count < rows.segments.count || Set(sizes).count < 2 {
      let reason = "all runs have one model size, or sizes are not known"
      result += [4, 9].map {
        UnidentifiedCoordinate(index: $0, reason: reason, isOptional: true)
      }
    }
    return result
  }

  /// Coordinates with α, c and β in place of their logarithms.
  public func parameters(fromCoordinates coordinates: [Double]) -> [Double] {
    var parameters = coordinates
    for index in Self.logarithmic { parameters[index] = .exp(coordinates[index]) }
    return parameters
  }

  /// The identity but for α, c and β.
  public func parameterJacobian(atCoordinates coordinates: [Double]) -> Matrix {
    var jacobian = Matrix.identity(coordinates.count)
    for index in Self.logarithmic { jacobian[index, index] = .exp(coordinates[index]) }
    return jacobian
  }

  /// log α, log c and log β in place of α, c and β.
  public func coordinates(fromParameters parameters: [Double]) -> [Double] {
    var coordinates = parameters
    for index in Self.logarithmic { coordinates[index] = .log(parameters[index]) }
    return coordinates
  }

  private static let logarithmic = [5, 8, 9]

  /// The columns 1, P^(-α), F, Q^(-2) and N^(-β).
  public func basis(for rows: LawRows) -> any SeparableModel {
    NoiseFloorBasis(rows: rows)
  }
}

extension NonlinearCoordinate {
  /// The logarithm of a positive parameter, with a prior around log(mean).
  fileprivate static func logarithmic(
    from lower: Double, to upper: Double, scanFrom first: Double, to last: Double, count: Int,
    mean: Double, spread: Double
  ) -> NonlinearCoordinate {
    let step = count > 1 ? (.log(last) - .log(first)) / Double(count - 1) : 0
    return NonlinearCoordinate(
      bounds: ParameterBounds(lower: .log(lower), upper: .log(upper)),
      scan: (0..<count).map { .log(first) + Double($0) * step },
      prior: CoordinatePrior(mean: .log(mean), standardDeviation: spread))
  }
}
