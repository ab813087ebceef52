public import LeastSquares
public import LinearAlgebra
import RealModule

/// The law of model size and data of Kaplan: L(N, D) = [(Nc/N)^(αN/αD) + Dc/D]^αD.
///
/// Written as c·[n^(-αN/αD) + e^w/d]^αD with n = N/10^9 and d = D/10^10, one linear coordinate is left:
/// c = (Nc/10^9)^αN, the loss of a model of 10^9 parameters on infinite data, and w, the logarithm of
/// the data term over the size term there.
///
/// Source: Kaplan et al., "Scaling Laws for Neural Language Models", arXiv 2001.08361, Eq. 1.5.
public struct KaplanDataLaw: LossLaw {
  /// Creates the law.
  public init() {}

  /// `kaplan-data`.
  public var name: String { "kaplan-data" }

  /// What the law says.
  public var summary: String {
    "The loss falls as a power of parameters or tokens, whichever is scarce, towards zero."
  }

  /// The equation.
  public var equation: String {
    "L(N, D) = [(Nc / N)^(alphaN / alphaD) + Dc / D]^alphaD"
  }

  /// The source.
  public var source: String { "Kaplan et al., arXiv 2001.08361, Eq. 1.5; N without embeddings" }

  /// Nc, Dc, alphaN and alphaD, in the order of the coordinates c, w, αN and αD.
  public var parameters: [LawParameter] {
    [
      LawParameter(
        name: "Nc", symbol: "Nc", meaning: "parameters at which infinite data give a loss of 1",
        unit: "parameters", range: "≥ 0", typicalRange: "6.4e13", isLinear: false,
        coordinate: "(Nc/1e9)^alphaN", identifiedBy: "runs of several model sizes"),
      LawParameter(
        name: "Dc", symbol: "Dc", meaning: "tokens at which an infinite model has a loss of 1",
        unit: "tokens", range: "> 0", typicalRange: "1.8e13", isLinear: false,
        coordinate: "log of the data term over the size term at 1e9 parameters, 1e10 tokens",
        identifiedBy: "runs of several lengths"),
      .kaplanSizeExponent,
      LawParameter(
        name: "alphaD", symbol: "αD", meaning: "exponent of the data", unit: "1",
        range: "0.001–10", typicalRange: "0.103", isLinear: false,
        identifiedBy: "runs of several lengths"),
    ]
  }

  /// The fit of the paper.
  public var publishedFits: [PublishedFit] {
    [
      PublishedFit(
        setting: "transformers on WebText2, early stopped",
        parameters: [6.4e13, 1.8e13, 0.076, 0.103],
        source: "Kaplan et al., arXiv 2001.08361, Sec. 4")
    ]
  }

  /// N and D.
  public var inputs: Set<LawInput> { [.modelSize, .tokens] }

  /// c.
  public var linearCoordinates: [LinearCoordinate] { [LinearCoordinate()] }

  /// w, αN and αD.
  public var nonlinearCoordinates: [NonlinearCoordinate] {
    [
      NonlinearCoordinate(
        bounds: ParameterBounds(lower: -40, upper: 40),
        scan: (0..<17).map { -8 + Double($0) }),
      KaplanDataLaw.exponent, KaplanDataLaw.exponent,
    ]
  }

  /// Kaplan's exponents are smaller than those of laws with a floor.
  static let exponent = NonlinearCoordinate(
    bounds: PowerTerm.exponent.bounds,
    scan: (0..<16).map { Double.exp(.log(0.02) + Double($0) * (.log(1) - .log(0.02)) / 15) })

  /// Without several sizes and several amounts of data their exponents have no meaning.
  public func missingVariation(in rows: LawRows) -> LawInput? {
    rows.missingVariation(of: [.modelSize, .tokens])
  }

  /// The column [n^(-αN/αD) + e^w/d]^αD.
  public func basis(for rows: LawRows) -> any SeparableModel {
    KaplanDataBasis(modelSizes: rows.relativeModelSizes, tokens: rows.relativeTokens)
  }

  /// Nc = 10^9·c^(1/αN) and Dc = 10^10·e^w·c^(1/αD).
  public func parameters(fromCoordinates coordinates: [Double]) -> [Double] {
    let (alphaN, alphaD) = (coordinates[2], coordinates[3])
    return [
      Reference.modelSize * .pow(coordinates[0], 1 / alphaN),
      Reference.tokens * .exp(coordinates[1]) * .pow(coordinates[0], 1 / alphaD), alphaN, alphaD,
    ]
  }

  /// The derivatives of Nc and Dc.
  public func parameterJacobian(atCoordinates coordinates: [Double]) -> Matrix {
    let values = parameters(fromCoordinates: coordinates)
    let height = coordinates[0]
    var jacobian = Matrix.identity(4)
    jacobian[0, 0] = values[0] / (values[2] * height)
    jacobian[0, 2] = -values[0] * .log(height) / (values[2] * values[2])
    jacobian[1, 0] = values[1] / (values[3] * height)
    jacobian[1, 1] = values[1]
    jacobian[1, 3] = -values[1] * .log(height) / (values[3] * values[3])
    return jacobian
  }

  /// c = (Nc/10^9)^αN and w = log(Dc/10^10) - αN/αD·log(Nc/10^9).
  public func coordinates(fromParameters parameters: [Double]) -> [Double] {
    let (alphaN, alphaD) = (parameters[2], parameters[3])
    let logSize = Double.log(parameters[0] / Reference.modelSize)
    return [
      .exp(alphaN * logSize),
      .log(parameters[1] / Reference.tokens) - alphaN / alphaD * logSize, alphaN, alphaD,
    ]
  }
}

extension LawParameter {
  /// αN of Kaplan's laws.
  static let kaplanSizeExponent = LawParameter(
    name: "alphaN", symbol: "αN", meaning: "exponent of the model size", unit: "1",
    range: "0.001–10", typicalRange: "0.076–0.077", isLinear: false,
    identifiedBy: "runs of several model sizes")
}
