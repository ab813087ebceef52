public import LeastSquares
public import LinearAlgebra
import RealModule

/// Kaplan's law of learning curves: L(N, S) = (Nc/N)^αN + (Sc/S)^αS.
///
/// S is the least number of steps: that of a batch far above the critical one. At a batch B the paper
/// counts S/(1 + Bcrit/B) steps; here the steps of the log are taken as they are, so that runs should
/// have large batches, or all the same one and a Sc of their own.
///
/// In coordinates, the terms at 10^9 parameters and 10^4 steps stand for Nc and Sc.
///
/// Source: Kaplan et al., "Scaling Laws for Neural Language Models", arXiv 2001.08361, Eq. 1.6.
public struct KaplanStepsLaw: LossLaw {
  /// Creates the law.
  public init() {}

  /// `kaplan-steps`.
  public var name: String { "kaplan-steps" }

  /// What the law says.
  public var summary: String {
    "Powers of parameters and of steps add up; steps are those of a batch above the critical one."
  }

  /// The equation.
  public var equation: String { "L(N, S) = (Nc / N)^alphaN + (Sc / S)^alphaS" }

  /// The source.
  public var source: String { "Kaplan et al., arXiv 2001.08361, Eq. 1.6; N without embeddings" }

  /// Nc, Sc, alphaN and alphaS.
  public var parameters: [LawParameter] {
    [
      LawParameter(
        name: "Nc", symbol: "Nc", meaning: "parameters at which endless training gives a loss of 1",
        unit: "parameters", range: "≥ 0", typicalRange: "6.5e13", isLinear: false,
        coordinate: "(Nc/1e9)^alphaN", identifiedBy: "runs of several model sizes"),
      LawParameter(
        name: "Sc", symbol: "Sc", meaning: "steps at which the term of steps is 1", unit: "steps",
        range: "≥ 0", typicalRange: "2.1e3", isLinear: false, coordinate: "(Sc/1e4)^alphaS",
        identifiedBy: "rows of many steps"),
      .kaplanSizeExponent,
      LawParameter(
        name: "alphaS", symbol: "αS", meaning: "exponent of the steps", unit: "1",
        range: "0.001–10", typicalRange: "0.76", isLinear: false,
        identifiedBy: "rows of many steps"),
    ]
  }

  /// The fit of the paper.
  public var publishedFits: [PublishedFit] {
    [
      PublishedFit(
        setting: "transformers on WebText2", parameters: [6.5e13, 2.1e3, 0.077, 0.76],
        source: "Kaplan et al., arXiv 2001.08361, Sec. 5")
    ]
  }

  /// N.
  public var inputs: Set<LawInput> { [.modelSize] }

  /// The terms at 10^9 parameters and 10^4 steps.
  public var linearCoordinates: [LinearCoordinate] { [LinearCoordinate(), LinearCoordinate()] }

  /// αN and αS.
  public var nonlinearCoordinates: [NonlinearCoordinate] {
    [PowerTerm.exponent, PowerTerm.exponent]
  }

  /// Without several sizes αN has no meaning.
  public func missingVariation(in rows: LawRows) -> LawInput? {
    rows.missingVariation(of: [.modelSize])
  }

  /// The columns (N/10^9)^(-αN) and (S/10^4)^(-αS).
  public func basis(for rows: LawRows) -> any SeparableModel {
    PowerSumBasis(
      hasFloor: false, first: PowerTerm(arguments: rows.relativeModelSizes),
      second: PowerTerm(arguments: rows.steps.map { $0 / Reference.steps }))
  }

  /// Nc = 10^9·A^(1/αN) and Sc = 10^4·B^(1/αS) from the terms A and B.
  public func parameters(fromCoordinates coordinates: [Double]) -> [Double] {
    let (alphaN, alphaS) = (coordinates[2], coordinates[3])
    return [
      Reference.modelSize * .pow(coordinates[0], 1 / alphaN),
      Reference.steps * .pow(coordinates[1], 1 / alphaS), alphaN, alphaS,
    ]
  }

  /// The derivatives of Nc and Sc.
  public func parameterJacobian(atCoordinates coordinates: [Double]) -> Matrix {
    let values = parameters(fromCoordinates: coordinates)
    var jacobian = Matrix.identity(4)
    for index in 0..<2 {
      let (height, exponent) = (coordinates[index], coordinates[2 + index])
      jacobian[index, index] = values[index] / (exponent * height)
      jacobian[index, 2 + index] = -values[index] * .log(height) / (exponent * exponent)
    }
    return jacobian
  }

  /// The terms (Nc/10^9)^αN and (Sc/10^4)^αS.
  public func coordinates(fromParameters parameters: [Double]) -> [Double] {
    [
      .pow(parameters[0] / Reference.modelSize, parameters[2]),
      .pow(parameters[1] / Reference.steps, parameters[3]), parameters[2], parameters[3],
    ]
  }
}
