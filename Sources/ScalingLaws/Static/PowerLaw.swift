public import LeastSquares
import Schedules

/// A power law that levels off: L = L0 + A·x^(-α), with x the steps, the tokens D or the forward area S1.
///
/// It knows nothing of annealing: over S1 it credits a falling learning rate only with less
/// progress, over steps or tokens with nothing at all.
///
/// Source: the saturating power law of Hestness et al., arXiv 1712.00409, Eq. 1, over steps or
/// tokens; over S1 the one-power law of Luo et al., arXiv 2503.12811, App. A.
public struct PowerLaw: LossLaw {
  /// What the loss falls with.
  public enum Clock: Sendable, Hashable {
    /// Updates done.
    case steps
    /// Tokens seen, D = steps × tokens of a step.
    case tokens
    /// The summed learning rate S1.
    case forwardArea
  }

  /// What the loss falls with.
  public let clock: Clock

  /// Creates the law.
  public init(clock: Clock) {
    self.clock = clock
  }

  /// `power-steps`, `power-tokens` or `power-area`.
  public var name: String {
    switch clock {
    case .steps: "power-steps"
    case .tokens: "power-tokens"
    case .forwardArea: "power-area"
    }
  }

  /// `pow3`, as collections of learning curves call the power law in steps.
  public var otherNames: [String] { clock == .steps ? ["pow3"] : [] }

  /// What the law says.
  public var summary: String {
    switch clock {
    case .steps:
      "The loss falls as a power of the steps towards a floor; the learning rate plays no part."
    case .tokens:
      "The loss falls as a power of the tokens towards a floor; the learning rate plays no part."
    case .forwardArea:
      "The loss falls as a power of the summed learning rate towards a floor; no annealing term."
    }
  }

  /// The equation.
  public var equation: String {
    switch clock {
    case .steps: "L(s) = L0 + A * s^(-alpha)"
    case .tokens: "L(D) = L0 + A * D^(-alpha)"
    case .forwardArea: "L(s) = L0 + A * S1(s)^(-alpha)"
    }
  }

  /// The source.
  public var source: String {
    switch clock {
    case .steps: "Hestness et al., arXiv 1712.00409, Eq. 1 (with steps in place of data)"
    case .tokens: "Hestness et al., arXiv 1712.00409, Eq. 1"
    case .forwardArea: "Luo et al., arXiv 2503.12811, App. A, one-power law"
    }
  }

  /// L0, A and alpha.
  public var parameters: [LawParameter] {
    [
      .floor,
      LawParameter(
        name: "A", symbol: "A", meaning: "height of the power term where its clock is 1",
        unit: "nats", range: "≥ 0", typicalRange: typicalHeight,
        isLinear: true),
      .exponent,
    ]
  }

  private var typicalHeight: String {
    switch clock {
    case .steps: "1–100"
    case .tokens: "depends on alpha"
    case .forwardArea: "0.4–1.1"
    }
  }

  /// The learning rate over S1, the tokens over tokens, nothing over steps.
  public var inputs: Set<LawInput> {
    switch clock {
    case .steps: []
    case .tokens: [.tokens]
    case .forwardArea: [.learningRate]
    }
  }

  /// L0.
  public var asymptote: Int? { 0 }

  /// L0 and A.
  public var linearCoordinates: [LinearCoordinate] { [LinearCoordinate(), LinearCoordinate()] }

  /// α.
  public var nonlinearCoordinates: [NonlinearCoordinate] { [PowerTerm.exponent] }

  /// The columns 1 and x^(-α).
  public func basis(for rows: LawRows) -> any SeparableModel {
    switch clock {
    case .steps:
      PowerBasis(power: PowerTerm(arguments: rows.steps))
    case .tokens:
      PowerBasis(power: PowerTerm(arguments: rows.tokens))
    case .forwardArea:
      PowerBasis(power: PowerTerm(arguments: rows.areas.flatMap(\.forward)))
    }
  }
}

extension LawParameter {
  /// L0.
  static let floor = LawParameter(
    name: "L0", symbol: "L0", meaning: "loss that training approaches but never reaches",
    unit: "nats", range: "≥ 0", typicalRange: "1.4–3.2", isLinear: true)
  /// α.
  static let exponent = LawParameter(
    name: "alpha", symbol: "α", meaning: "exponent of the power term", unit: "1",
    range: "0.001–10", typicalRange: "0.4–0.8", isLinear: false)
}
