public import LeastSquares
public import LinearAlgebra
import RealModule
import Schedules

/// The law of continual pre-training: training goes on with other data from a step on.
///
/// L = L0 + A·(S1pt + S1cpt)^(-α) - C1·S2pt - C2·S2cpt + B·(1 - (1 + E·S1cpt)^(-β))
///
/// S1pt and S1cpt sum the learning rates up to the switch and after it. S2pt is the annealing area of
/// the drops up to the switch, which goes on to grow after it; drops after the switch enter S2cpt.
/// The last term is the shift of the data: B is positive for the loss on the first data, which are
/// forgotten, and negative for the loss on the new ones. In coordinates, C1/(1-λ), C2/(1-λ), log E
/// and log(1-λ) stand for C1, C2, E and λ.
///
/// Source: Wang, Tissue and others, "Learning Dynamics in Continual Pre-Training for Large Language
/// Models" (2025), Eq. 4.
public struct ContinualLaw: LossLaw {
  /// Creates the law.
  public init() {}

  /// `continual`.
  public var name: String { "continual" }

  /// What the law says.
  public var summary: String {
    "The annealing law over a change of data, with a shift that grows after the change."
  }

  /// The equation.
  public var equation: String {
    """
    L(s) = L0 + A * S1(s)^(-alpha) - C1 * S2pt - C2 * S2cpt + B * shift
    shift = 1 - (1 + E * S1cpt)^(-beta)
    S1 = S1pt + S1cpt = sums of the learning rates up to the change of data and after it
    S2pt, S2cpt = annealing areas of the drops up to the change and after it
    m(i) = lambda * m(i-1) + lr(i-1) - lr(i),  S2(s) = sum of m(i) up to s
    """
  }

  /// The source.
  public var source: String {
    "Wang, Tissue et al.: Learning Dynamics in Continual Pre-Training for LLMs (2025), Eq. 4"
  }

  /// L0, A, C1, C2, B, alpha, lambda, E and beta.
  public var parameters: [LawParameter] {
    var (first, second) = (LawParameter.annealingGain, LawParameter.annealingGain)
    (first.name, first.symbol, first.coordinate) = ("C1", "C1", "C1/(1-λ)")
    first.meaning = "loss gained for each unit of annealing area from before the change of data"
    first.typicalRange = "0.27–0.30 (λ = 0.999)"
    first.identifiedBy = "a rate that falls before the change, beside one that does not"
    (second.name, second.symbol, second.coordinate) = ("C2", "C2", "C2/(1-λ)")
    second.meaning = "loss gained for each unit of annealing area from after the change of data"
    second.typicalRange = "0.26–0.32 (λ = 0.999)"
    second.identifiedBy = "a rate that falls after the change, beside one that does not"
    return [
      .floor, .areaHeight, first, second,
      LawParameter(
        name: "B", symbol: "B", meaning: "loss added in the end by the change of data",
        unit: "nats", range: "any", typicalRange: "-1.4–1.4", isLinear: true,
        identifiedBy: "rows long after the change of data; weak where β is small"),
      .exponent, .decayFactor,
      LawParameter(
        name: "E", symbol: "E", meaning: "how soon the change of data tells",
        unit: "per learning rate and step", range: "0.01–1e6", typicalRange: "28–5700",
        isLinear: false, coordinate: "log E",
        identifiedBy: "rows soon after the change of data"),
      LawParameter(
        name: "beta", symbol: "β", meaning: "exponent with which the shift nears its end",
        unit: "1", range: "0.05–1", typicalRange: "0.15–0.37", isLinear: false,
        identifiedBy: "rows over a long time after the change of data"),
    ]
  }

  /// The learning rate and the step of the change.
  public var inputs: Set<LawInput> { [.learningRate, .switchStep] }

  /// The paper's fits of a 106M model.
  public var publishedFits: [PublishedFit] {
    let fits: [(String, [Double])] = [
      (
        "FineWeb then Knowledge-Pile, loss on FineWeb",
        [3.057, 0.490, 0.299, 0.298, 0.366, 0.497, 0.999, 28, 0.189]
      ),
      (
        "FineWeb then Knowledge-Pile, loss on Knowledge-Pile",
        [3.024, 0.412, 0.278, 0.324, -0.666, 0.677, 0.999, 5662, 0.146]
      ),
      (
        "FineWeb then Pile-of-Law, loss on FineWeb",
        [3.064, 0.482, 0.294, 0.264, 1.353, 0.511, 0.999, 37, 0.262]
      ),
      (
        "FineWeb then Pile-of-Law, loss on Pile-of-Law",
        [2.978, 0.485, 0.274, 0.298, -1.409, 0.701, 0.999, 383, 0.368]
      ),
    ]
    return fits.map { setting, values in
      PublishedFit(
        setting: "106M, " + setting, parameters: values,
        source: "Learning Dynamics in Continual Pre-Training for LLMs (2025)")
    }
  }

  /// L0, A, C1', C2' and B.
  public var linearCoordinates: [LinearCoordinate] {
    [LinearCoordinate](repeating: LinearCoordinate(), count: 4)
      + [LinearCoordinate(mayBeNegative: true)]
  }

  /// α, log(1-λ), log E and β.
  public var nonlinearCoordinates: [NonlinearCoordinate] {
    [
      PowerTerm.exponent, AnnealingTerm.logMemoryLoss,
      NonlinearCoordinate(
        bounds: ParameterBounds(lower: .log(0.01), upper: .log(1e6)),
        scan: stride(from: -1.0, through: 10, by: 1).map { $0 }),
      // Smaller exponents fit as well, with an ever larger B: both together are not identified.
      NonlinearCoordinate(
        bounds: ParameterBounds(lower: 0.05, upper: 1),
        scan: [0.06, 0.1, 0.15, 0.25, 0.4, 0.6, 0.9]
      ),
    ]
  }

  /// Each gain needs drops on its side of the change, the shift rows after it.
  public func unidentified(in rows: LawRows) -> [UnidentifiedCoordinate] {
    let columns = ContinualColumns(rows: rows)
    var found: [UnidentifiedCoordinate] = []
    let (before, after) = (
      columns.before.contains(where: \.hasDrops), columns.after.contains(where: \.hasDrops)
    )
    if !before {
      let reason =
        "the learning rate never changes between the warm-up and the change of data; add a run "
        + "in which it does"
      found.append(UnidentifiedCoordinate(index: 2, reason: reason))
    }
    if !after {
      let reason =
        "the learning rate never changes after the change of data in the rows fitted; add a run "
        + "in which it does"
      found.append(UnidentifiedCoordinate(index: 3, reason: reason))
    }
    if !before && !after {
      found.append(UnidentifiedCoordinate(index: 6, reason: LawRows.noDropsReason))
    }
    if columns.newForward.allSatisfy({ $0 == 0 }) {
      let reason = "no row is after the change of data; fit later rows"
      found += [4, 7, 8].map { UnidentifiedCoordinate(index: $0, reason: reason) }
    }
    return found.sorted { $0.index < $1.index }
  }

  /// C1, C2, λ and E from their coordinates.
  public func parameters(fromCoordinates coordinates: [Double]) -> [Double] {
    var parameters = coordinates
    let memoryLoss = Double.exp(coordinates[6])
    parameters[2] *= memoryLoss
    parameters[3] *= memoryLoss
    parameters[6] = 1 - memoryLoss
    parameters[7] = .exp(coordinates[7])
    return parameters
  }

  /// The derivatives of C1, C2, λ and E.
  public func parameterJacobian(atCoordinates coordinates: [Double]) -> Matrix {
    var jacobian = Matrix.identity(9)
    let memoryLoss = Double.exp(coordinates[6])
    for gain in 2...3 {
      jacobian[gain, gain] = memoryLoss
      jacobian[gain, 6] = coordinates[gain] * memoryLoss
    }
    jacobian[6, 6] = -memoryLoss
    jacobian[7, 7] = .exp(coordinates[7])
    return jacobian
  }

  /// C1/(1-λ), C2/(1-λ), log(1-λ) and log E.
  public func coordinates(fromParameters parameters: [Double]) -> [Double] {
    var coordinates = parameters
    let memoryLoss = 1 - parameters[6]
    coordinates[2] /= memoryLoss
    coordinates[3] /= memoryLoss
    coordinates[6] = .log(memoryLoss)
    coordinates[7] = .log(parameters[7])
    return coordinates
  }

  /// The columns 1, S1^(-α), -(1-λ)·S2pt, -(1-λ)·S2cpt and 1 - (1 + E·S1cpt)^(-β).
  public func basis(for rows: LawRows) -> any SeparableModel {
    ContinualBasis(columns: ContinualColumns(rows: rows))
  }
}
