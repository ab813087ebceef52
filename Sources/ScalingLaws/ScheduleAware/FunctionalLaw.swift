public import LeastSquares
public import LinearAlgebra
import RealModule
import Schedules

/// The functional scaling law in its practical form, a power of the summed rate and a gain for every
/// drop of the rate.
///
/// ```
/// L(t) = L0 + c1·T(t)^(-s)
///      - c2 Σ_{k≤t} (η(k-1) - η(k)) · (c3 + T(k)^(-s)) · (1 - (1 + c4·(T(t) - T(k)))^(-g))
/// ```
/// T(t) sums the rates up to step t, as S1 does; T(t) - T(k) leaves the rate of step k out, unlike the
/// multi-power law's S. The product c2·c3 is the parameter, `c23`, and not c3: from runs of one peak rate
/// c2·c3 and c2 are hardly told apart, and a fit often ends with one of them zero.
///
/// Source: Li et al., "Functional Scaling Laws in Kernel Regression: Loss Dynamics and Learning Rate
/// Schedules", arXiv 2509.19189, App. B.2, Eq. 30.
public struct FunctionalLaw: LossLaw {
  /// Creates the law.
  public init() {}

  /// `functional`.
  public var name: String { "functional" }

  /// What the law says.
  public var summary: String {
    "The loss falls as a power of the summed learning rate, and further after each drop of the "
      + "rate, more so early in training."
  }

  /// The equation.
  public var equation: String {
    """
    L(t) = L0 + c1 * T(t)^(-s) - c2 * sum over k <= t of (lr(k-1) - lr(k)) * (c3 + T(k)^(-s)) * G(k, t)
    G(k, t) = 1 - (1 + c4 * (T(t) - T(k)))^(-g)
    T(t) = sum of the learning rates of all steps up to t
    """
  }

  /// The source.
  public var source: String {
    "Li et al.: Functional Scaling Laws, arXiv 2509.19189, App. B.2, Eq. 30"
  }

  /// L0.
  public var asymptote: Int? { 0 }

  /// L0, c1, c2·c3, c2, s, c4 and g.
  public var parameters: [LawParameter] {
    [
      .floor,
      LawParameter(
        name: "c1", symbol: "c1", meaning: "height of the power term at T = 1", unit: "nats",
        range: "≥ 0", typicalRange: "0.4–1.1", isLinear: true),
      LawParameter(
        name: "c23", symbol: "c2·c3",
        meaning: "the part of a drop's gain that does not shrink with T",
        unit: "nats per learning rate", range: "≥ 0", typicalRange: "not published",
        isLinear: true,
        identifiedBy: "runs of different peak rates; hardly told from c2 by one peak"),
      LawParameter(
        name: "c2", symbol: "c2", meaning: "loss gained in the end for each unit of lowered rate",
        unit: "nats per learning rate × (learning rate × step)^s", range: "≥ 0",
        typicalRange: "not published", isLinear: true,
        identifiedBy: "runs of different peak rates whose rate falls"),
      LawParameter(
        name: "s", symbol: "s", meaning: "exponent of the power terms", unit: "1",
        range: "0.001–10", typicalRange: "0.4–0.6", isLinear: false),
      LawParameter(
        name: "c4", symbol: "c4", meaning: "how fast a drop takes effect, by summed learning rate",
        unit: "1/(learning rate × step)", range: "> 0", typicalRange: "not published",
        isLinear: false, coordinate: "log c4",
        identifiedBy: "rows soon and long after a fall of the rate"),
      LawParameter(
        name: "g", symbol: "g", meaning: "exponent by which a drop's effect is completed",
        unit: "1",
        range: "0.05–1", typicalRange: "not published", isLinear: false,
        identifiedBy: "rows soon and long after a fall of the rate"),
    ]
  }

  /// The learning rate.
  public var inputs: Set<LawInput> { [.learningRate] }

  /// L0, c1, c2·c3 and c2.
  public var linearCoordinates: [LinearCoordinate] {
    [LinearCoordinate(), LinearCoordinate(), LinearCoordinate(), LinearCoordinate()]
  }

  /// s, log c4 and g.
  public var nonlinearCoordinates: [NonlinearCoordinate] {
    [
      PowerTerm.exponent,
      NonlinearCoordinate(lowest: 1e-2, highest: 1e8, scanFrom: 3, to: 1e5), .memoryExponent,
    ]
  }

  /// All but L0, c1 and s need a learning rate that falls, c2·c3 one that falls at different times.
  public func unidentified(in rows: LawRows) -> [UnidentifiedCoordinate] {
    guard rows.hasDrops else {
      return [2, 3, 5, 6].map {
        UnidentifiedCoordinate(index: $0, reason: LawRows.noDropsReason)
      }
    }
    guard rows.dropsAtOneArea else { return [] }
    return [
      UnidentifiedCoordinate(
        index: 2,
        reason: "the learning rate drops only once in the rows fitted; "
          + "add a run whose learning rate falls at another time or gradually")
    ]
  }

  /// The coordinates with c4 in place of log c4.
  public func parameters(fromCoordinates coordinates: [Double]) -> [Double] {
    var parameters = coordinates
    parameters[5] = .exp(coordinates[5])
    return parameters
  }

  /// The identity but for ∂c4/∂log c4 = c4.
  public func parameterJacobian(atCoordinates coordinates: [Double]) -> Matrix {
    var jacobian = Matrix.identity(7)
    jacobian[5, 5] = .exp(coordinates[5])
    return jacobian
  }

  /// The parameters with log c4 in place of c4.
  public func coordinates(fromParameters parameters: [Double]) -> [Double] {
    var coordinates = parameters
    coordinates[5] = .log(parameters[5])
    return coordinates
  }

  /// The columns 1, T^(-s), and minus the sums of drops with weights 1 and T(k)^(-s).
  public func basis(for rows: LawRows) -> any SeparableModel { FunctionalBasis(rows: rows) }
}

extension LawRows {
  /// Whether every drop that counts comes at one and the same summed rate, to a millionth.
  fileprivate var dropsAtOneArea: Bool {
    let areas = segments.flatMap { segment -> [Double] in
      guard let path = segment.path else { return [] }
      let drops = RateDrops(path: path, positions: segment.positions, warmup: warmup)
      return zip(drops.areasBefore, drops.rates).map { $0 + $1 }
    }
    let (least, largest) = (areas.min() ?? 0, areas.max() ?? 0)
    return largest - least <= 1e-6 * largest
  }
}
