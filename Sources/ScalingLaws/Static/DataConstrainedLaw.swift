public import LeastSquares
public import LinearAlgebra
import RealModule

/// The law of repeated data: L = E + A·N̂^(-α) + B·D̂^(-β), where repetitions and parameters beyond what
/// the distinct tokens call for are worth less and less.
///
/// With U the distinct tokens, U_D = min(U, D) and R_D = D/U_D - 1 repetitions,
/// D̂ = U_D·(1 + R_D*·(1 - e^(-R_D/R_D*))); alike N̂ from U_N = min(N, the size that is compute-optimal
/// for U_D tokens) and R_N = N/U_N - 1. For a fit, E and A are linear; the ratio B/A is not, for U_N
/// depends on it.
///
/// Source: Muennighoff et al., "Scaling Data-Constrained Language Models", arXiv 2305.16264.
public struct DataConstrainedLaw: LossLaw {
  /// Creates the law.
  public init() {}

  /// `data-constrained`.
  public var name: String { "data-constrained" }

  /// What the law says.
  public var summary: String {
    "Chinchilla's form for repeated data: each repetition is worth less than the one before."
  }

  /// The equation.
  public var equation: String {
    """
    L = E + A * N'^(-alpha) + B * D'^(-beta)
    D' = UD * (1 + RD* * (1 - exp(-RD / RD*))),  UD = min(U, D),  RD = D / UD - 1
    N' = UN * (1 + RN* * (1 - exp(-RN / RN*))),  UN = min(N, (UD * G)^(beta / alpha) * G)
    RN = N / UN - 1,  G = (alpha * A / (beta * B))^(1 / (alpha + beta))
    """
  }

  /// The source.
  public var source: String { "Muennighoff et al., arXiv 2305.16264" }

  /// E, A, B, alpha, beta, RD* and RN*, in the order of the coordinates E, A·N₀^(-α), the logarithm of
  /// the terms' ratio at N₀ and D₀, α, β, log R_D* and log R_N*.
  public var parameters: [LawParameter] {
    [
      LawParameter(
        name: "E", symbol: "E", meaning: "loss of an infinite model on infinite data", unit: "nats",
        range: "≥ 0", typicalRange: "1.87", isLinear: true,
        identifiedBy: "large models on many tokens"),
      LawParameter(
        name: "A", symbol: "A", meaning: "height of the model-size term at N = 1", unit: "nats",
        range: "≥ 0", typicalRange: "521", isLinear: false, coordinate: "A*(1e9)^(-alpha)",
        identifiedBy: "runs of several model sizes"),
      LawParameter(
        name: "B", symbol: "B", meaning: "height of the data term at D = 1", unit: "nats",
        range: "> 0", typicalRange: "1488", isLinear: false,
        coordinate: "log(B*(1e10)^(-beta) / (A*(1e9)^(-alpha)))",
        identifiedBy: "runs of several lengths"),
      .sizeExponent(typicalRange: "0.353"), .dataExponent(typicalRange: "0.353"),
      LawParameter(
        name: "RD*", symbol: "R_D*", meaning: "repetitions after which more are worth little",
        unit: "repetitions", range: "0.01–10000", typicalRange: "15.4", isLinear: false,
        coordinate: "log(RD*)", identifiedBy: "runs that repeat their data many times"),
      LawParameter(
        name: "RN*", symbol: "R_N*",
        meaning: "multiples of the optimal size after which more parameters are worth little",
        unit: "multiples", range: "0.01–10000", typicalRange: "5.3", isLinear: false,
        coordinate: "log(RN*)", identifiedBy: "models far larger than their data call for"),
    ]
  }

  /// The fit of the paper's code.
  public var publishedFits: [PublishedFit] {
    [
      PublishedFit(
        setting: "the constants of the paper's code",
        parameters: [
          .exp(0.6254804), .exp(6.255414), .exp(7.3049974), 0.3526596, 0.3526596, 15.387756,
          5.309743,
        ],
        source: "Muennighoff et al., arXiv 2305.16264, and its code (huggingface/datablations)")
    ]
  }

  /// N, D and U.
  public var inputs: Set<LawInput> { [.modelSize, .tokens, .uniqueTokens] }

  /// E and A·N₀^(-α).
  public var linearCoordinates: [LinearCoordinate] { [LinearCoordinate(), LinearCoordinate()] }

  /// The logarithm of the terms' ratio, α, β, log R_D* and log R_N*.
  public var nonlinearCoordinates: [NonlinearCoordinate] {
    let exponent = NonlinearCoordinate(
      bounds: PowerTerm.exponent.bounds,
      scan: (0..<16).map { 0.1 * .exp(Double($0) * .log(15) / 15) })
    let constant = NonlinearCoordinate(
      bounds: ParameterBounds(lower: .log(0.01), upper: .log(10_000)),
      scan: (0..<12).map { Double($0) * .log(100) / 11 })
    return [
      NonlinearCoordinate(
        bounds: ParameterBounds(lower: -20, upper: 20), scan: (0..<13).map { -3 + Double($0) / 2 }),
      exponent, exponent, constant, constant,
    ]
  }

  /// The columns 1 and N̂^(-α) + B/A·D̂^(-β), in units of N₀ and D₀.
  public func basis(for rows: LawRows) -> any SeparableModel {
    DataConstrainedBasis(
      modelSizes: rows.values { facts, _ in facts.modelSize ?? .nan }, tokens: rows.tokens,
      uniqueTokens: rows.values { facts, _ in facts.uniqueTokens ?? .nan })
  }

  /// R_D* needs data that are repeated.
  public func unidentified(in rows: LawRows) -> [UnidentifiedCoordinate] {
    let unique = rows.values { facts, _ in facts.uniqueTokens ?? .nan }
    guard zip(rows.tokens, unique).allSatisfy({ $0 <= $1 }) else { return [] }
    return [
      UnidentifiedCoordinate(
        index: 5, reason: "no run sees its data more than once; add runs that repeat them")
    ]
  }

  /// Without several sizes and several amounts of data the terms are constants like E.
  public func missingVariation(in rows: LawRows) -> LawInput? {
    rows.missingVariation(of: [.modelSize, .tokens])
  }

  /// A = A'·N₀^α, B = A'·e^w·D₀^β, and R_D*, R_N*.
  public func parameters(fromCoordinates coordinates: [Double]) -> [Double] {
    let (alpha, beta) = (coordinates[3], coordinates[4])
    return [
      coordinates[0], coordinates[1] * .pow(Reference.modelSize, alpha),
      coordinates[1] * .exp(coordinates[2]) * .pow(Reference.tokens, beta), alpha, beta,
      .exp(coordinates[5]), .exp(coordinates[6]),
    ]
  }

  /// The derivatives of A, B, R_D* and R_N*.
  public func parameterJacobian(atCoordinates coordinates: [Double]) -> Matrix {
    let values = parameters(fromCoordinates: coordinates)
    let sizeScale = Double.pow(Reference.modelSize, values[3])
    let dataScale = Double.pow(Reference.tokens, values[4])
    var jacobian = Matrix.identity(7)
    jacobian[1, 1] = sizeScale
    jacobian[1, 3] = values[1] * .log(Reference.modelSize)
    jacobian[2, 1] = .exp(coordinates[2]) * dataScale
    jacobian[2, 2] = values[2]
    jacobian[2, 4] = values[2] * .log(Reference.tokens)
    jacobian[5, 5] = values[5]
    jacobian[6, 6] = values[6]
    return jacobian
  }

  /// The coordinates.
  public func coordinates(fromParameters parameters: [Double]) -> [Double] {
    let height = parameters[1] / .pow(Reference.modelSize, parameters[3])
    let dataHeight = parameters[2] / .pow(Reference.tokens, parameters[4])
    return [
      parameters[0], height, .log(dataHeight / height), parameters[3], parameters[4],
      .log(parameters[5]), .log(parameters[6]),
    ]
  }
}
