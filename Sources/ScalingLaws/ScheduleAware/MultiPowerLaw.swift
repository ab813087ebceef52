public import LeastSquares
public import LinearAlgebra
import RealModule
import Schedules

/// The multi-power law: L(t) = L0 + A·S1(t)^(-α) - LD(t), where every drop of the learning rate lowers
/// the loss by a power law of its own.
///
/// ```
/// LD(t) = B Σ_{k≤t} (η(k-1) - η(k)) · G(η(k)^(-γ) · S(k, t)),   G(x) = 1 - (1 + C x)^(-β)
/// ```
/// S(k, t) sums the rates of steps k to t. A drop to a rate of zero acts in full at once, the limit of
/// rates that tend to zero at a given S. The other forms are the paper's simplifications. In coordinates
/// log(C·η₀^(-γ)) with η₀ = 1e-4 stands for C: it is the memory's rate at a usual learning rate, which
/// data know better than its value at a rate of one.
///
/// Source: Luo et al., "A Multi-Power Law for Loss Curve Prediction Across Learning Rate Schedules",
/// arXiv 2503.12811, Eq. 1 and App. A.
public struct MultiPowerLaw: LossLaw {
  /// The forms of the law.
  public enum Form: Sendable, Hashable, CaseIterable {
    /// All of it.
    case full
    /// γ = 0.
    case noGamma
    /// γ = 0, and steps since the drop in place of S.
    case steps
    /// G(x) = 1 - exp(-C x) and γ = 0.
    case exponential
  }

  /// The form.
  public let form: Form

  /// The upper bound of γ.
  ///
  /// The paper advises 1; the least cost can lie beyond.
  public let largestRatePower: Double

  /// Creates the law.
  public init(form: Form = .full, largestRatePower: Double = 1) {
    self.form = form
    self.largestRatePower = largestRatePower
  }

  /// η₀.
  static let referenceRate = 1e-4

  /// `multi-power`, `multi-power-no-gamma`, `multi-power-steps` or `multi-power-exponential`.
  public var name: String {
    switch form {
    case .full: "multi-power"
    case .noGamma: "multi-power-no-gamma"
    case .steps: "multi-power-steps"
    case .exponential: "multi-power-exponential"
    }
  }

  /// What the law says.
  public var summary: String {
    switch form {
    case .full:
      "The loss falls as a power of the summed learning rate, and further after each drop of the "
        + "rate, as a power of the rate summed since."
    case .noGamma: "The multi-power law with gains that do not depend on the rate reached."
    case .steps: "The multi-power law with gains by steps since a drop, not by summed rate."
    case .exponential: "The multi-power law with gains that saturate exponentially."
    }
  }

  /// The equation.
  public var equation: String {
    let gain =
      switch form {
      case .full: "1 - (1 + C * lr(k)^(-gamma) * S(k, t))^(-beta)"
      case .noGamma: "1 - (1 + C * S(k, t))^(-beta)"
      case .steps: "1 - (1 + C * (t - k))^(-beta)"
      case .exponential: "1 - exp(-C * S(k, t))"
      }
    let sum = form == .steps ? "" : "\nS(k, t) = sum of the learning rates of steps k to t"
    return """
      L(t) = L0 + A * S1(t)^(-alpha) - B * sum over k <= t of (lr(k-1) - lr(k)) * G(k, t)
      G(k, t) = \(gain)\(sum)
      S1(t) = sum of the learning rates of all steps up to t
      """
  }

  /// The source.
  public var source: String {
    "Luo et al.: A Multi-Power Law for Loss Curve Prediction, arXiv 2503.12811, "
      + (form == .full ? "Eq. 1" : "App. A")
  }

  /// The learning rate.
  public var inputs: Set<LawInput> { [.learningRate] }

  /// L0.
  public var asymptote: Int? { 0 }

  /// L0, A, B, alpha, C and, where the form has them, beta and gamma.
  public var parameters: [LawParameter] {
    let all = [.floor, .forwardHeight, .dropGain, .exponent, memory, .memoryExponent, .ratePower]
    return Array(all[..<(3 + form.nonlinearCount)])
  }

  private var memory: LawParameter {
    LawParameter(
      name: "C", symbol: "C",
      meaning: form == .steps
        ? "how fast a drop takes effect, by step"
        : "how fast a drop takes effect, by summed learning rate",
      unit: form == .steps
        ? "1/step"
        : "1/(learning rate × step)"
          + (form == .full ? " × learning rate^γ" : ""),
      range: "> 0", typicalRange: form == .full ? "0.1–3" : "not published", isLinear: false,
      coordinate: form == .full ? "log(C·η₀^(-γ)), η₀ = 1e-4" : "log C",
      identifiedBy: "rows soon and long after a fall of the rate")
  }

  /// L0, A and B.
  public var linearCoordinates: [LinearCoordinate] {
    [LinearCoordinate(), LinearCoordinate(), LinearCoordinate()]
  }

  /// α, log(C·η₀^(-γ)), β and γ.
  public var nonlinearCoordinates: [NonlinearCoordinate] {
    let slope =
      form == .steps
      ? NonlinearCoordinate(lowest: 1e-7, highest: 1e3, scanFrom: 1e-4, to: 1)
      : NonlinearCoordinate(lowest: 1e-2, highest: 1e8, scanFrom: 3, to: 1e5)
    let all = [
      PowerTerm.exponent, slope,
      .memoryExponent,
      NonlinearCoordinate(
        bounds: ParameterBounds(lower: 0, upper: largestRatePower),
        scan: (0..<8).map { Double($0) / 7 }),
    ]
    return Array(all[..<form.nonlinearCount])
  }

  /// B, C, β and γ need a learning rate that falls, γ one that falls to different rates.
  public func unidentified(in rows: LawRows) -> [UnidentifiedCoordinate] {
    guard rows.hasDrops else {
      let indices = [2] + (1..<form.nonlinearCount).map { 3 + $0 }
      return indices.map { UnidentifiedCoordinate(index: $0, reason: LawRows.noDropsReason) }
    }
    guard form.hasRatePower, rows.dropsReachOneRate else { return [] }
    return [
      UnidentifiedCoordinate(
        index: 6,
        reason: "all drops of the learning rate in the rows fitted reach the same rate; "
          + "add a run whose learning rate falls to another rate or gradually")
    ]
  }

  /// C = exp(log(C·η₀^(-γ)))·η₀^γ.
  public func parameters(fromCoordinates coordinates: [Double]) -> [Double] {
    var parameters = coordinates
    parameters[4] = .exp(coordinates[4] + ratePower(coordinates) * .log(Self.referenceRate))
    return parameters
  }

  /// ∂C/∂log(C·η₀^(-γ)) = C, ∂C/∂γ = C log η₀.
  public func parameterJacobian(atCoordinates coordinates: [Double]) -> Matrix {
    var jacobian = Matrix.identity(coordinates.count)
    let memory = parameters(fromCoordinates: coordinates)[4]
    jacobian[4, 4] = memory
    if form.hasRatePower { jacobian[4, 6] = memory * .log(Self.referenceRate) }
    return jacobian
  }

  /// log C - γ log η₀.
  public func coordinates(fromParameters parameters: [Double]) -> [Double] {
    var coordinates = parameters
    coordinates[4] = .log(parameters[4]) - ratePower(parameters) * .log(Self.referenceRate)
    return coordinates
  }

  private func ratePower(_ values: [Double]) -> Double { form.hasRatePower ? values[6] : 0 }

  /// The columns 1, S1^(-α) and -LD/B.
  public func basis(for rows: LawRows) -> any SeparableModel {
    MultiPowerBasis(form: form, rows: rows)
  }
}

extension MultiPowerLaw.Form {
  /// Whether the rate reached enters with a power γ.
  var hasRatePower: Bool { self == .full }
  /// Whether steps stand for S.
  var countsSteps: Bool { self == .steps }
  /// G.
  var response: DropResponse { self == .exponential ? .exponential : .power }
  /// How many of α, log C, β, γ there are.
  var nonlinearCount: Int {
    switch self {
    case .full: 4
    case .noGamma, .steps: 3
    case .exponential: 2
    }
  }
}
