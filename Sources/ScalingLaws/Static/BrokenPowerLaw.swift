public import LeastSquares
public import LinearAlgebra
import RealModule

/// A broken neural scaling law: L(x) = a + b·x^(-c0)·Πᵢ (1 + (x/dᵢ)^(1/fᵢ))^(-cᵢ·fᵢ), with one or two
/// breaks and x the steps.
///
/// On logarithmic axes L - a is a straight line of slope -c0 that bends smoothly to -(c0+c1) around d1,
/// and so on; small f are sharp bends. A break beyond the rows cannot be seen in them.
///
/// In coordinates, b·d1^(-c0), which is about the height at the first break, stands for b, log d1 and
/// log fᵢ for d1 and fᵢ, and log(d2/d1) ≥ 0 for d2, so that breaks keep their order.
///
/// Source: Caballero et al., "Broken Neural Scaling Laws", arXiv 2210.14891, Eq. 1.
public struct BrokenPowerLaw: LossLaw {
  /// 1 or 2.
  public let breakCount: Int

  /// Creates the law with one or two breaks.
  public init(breakCount: Int) {
    precondition((1...2).contains(breakCount), "breakCount is not 1 or 2")
    self.breakCount = breakCount
  }

  /// `broken-power` or `broken-power-2`.
  public var name: String { breakCount == 1 ? "broken-power" : "broken-power-2" }

  /// What the law says.
  public var summary: String {
    breakCount == 1
      ? "A power of the steps towards a floor, whose exponent changes smoothly at one place."
      : "A power of the steps towards a floor, whose exponent changes smoothly at two places."
  }

  /// The equation.
  public var equation: String {
    breakCount == 1
      ? "L(s) = a + b * s^(-c0) * (1 + (s/d1)^(1/f1))^(-c1*f1)"
      : """
      L(s) = a + b * s^(-c0) * F1(s) * F2(s)
      Fi(s) = (1 + (s/di)^(1/fi))^(-ci*fi)
      """
  }

  /// The source.
  public var source: String { "Caballero et al., arXiv 2210.14891, Eq. 1" }

  /// a, b and c0, then c, d and f of each break.
  public var parameters: [LawParameter] {
    [
      LawParameter(
        name: "a", symbol: "a", meaning: "limit of the loss", unit: "nats", range: "≥ 0",
        typicalRange: "depends on the curve", isLinear: true,
        identifiedBy: "rows far behind the last break"),
      LawParameter(
        name: "b", symbol: "b", meaning: "height of the power term at s = 1", unit: "nats",
        range: "≥ 0", typicalRange: "depends on c0", isLinear: true, coordinate: "b*d1^(-c0)"),
      LawParameter(
        name: "c0", symbol: "c0", meaning: "exponent before the first break", unit: "1",
        range: "0–10", typicalRange: "depends on the curve", isLinear: false,
        identifiedBy: "rows before the first break"),
    ] + (1...breakCount).flatMap(BrokenPowerLaw.parameters(ofBreak:))
  }

  private static func parameters(ofBreak number: Int) -> [LawParameter] {
    [
      LawParameter(
        name: "c\(number)", symbol: "c\(number)",
        meaning: "what break \(number) adds to the exponent", unit: "1", range: "-10–100",
        typicalRange: "depends on the curve", isLinear: false,
        identifiedBy: "rows behind break \(number)"),
      LawParameter(
        name: "d\(number)", symbol: "d\(number)", meaning: "where break \(number) is",
        unit: "steps", range: number == 1 ? "1–10^15" : "≥ d1", typicalRange: "within the rows",
        isLinear: false, coordinate: number == 1 ? "log(d1)" : "log(d2/d1)",
        identifiedBy: "rows on both sides of break \(number)"),
      LawParameter(
        name: "f\(number)", symbol: "f\(number)",
        meaning: "width of break \(number), in units of log s", unit: "1", range: "0.001–10",
        typicalRange: "depends on the curve", isLinear: false, coordinate: "log(f\(number))",
        identifiedBy: "many rows around break \(number)"),
    ]
  }

  /// Nothing but steps.
  public var inputs: Set<LawInput> { [] }

  /// a and b·d1^(-c0).
  public var linearCoordinates: [LinearCoordinate] { [LinearCoordinate(), LinearCoordinate()] }

  /// c0, then c, log d (log(d2/d1)) and log f of each break.
  public var nonlinearCoordinates: [NonlinearCoordinate] {
    let change = NonlinearCoordinate(
      bounds: ParameterBounds(lower: -10, upper: 100),
      scan: [-1, -0.5, -0.2, 0.1, 0.2, 0.5, 1, 2, 4, 8])
    let place = NonlinearCoordinate(
      bounds: ParameterBounds(lower: 0, upper: .log(1e15)),
      scan: (0..<16).map { Double.log(10) + Double($0) * .log(1e5) / 15 })
    let gap = NonlinearCoordinate(
      bounds: ParameterBounds(lower: 0, upper: .log(1e15)),
      scan: (0..<8).map { 0.2 + 0.6 * Double($0) })
    let width = NonlinearCoordinate(
      bounds: ParameterBounds(lower: .log(1e-3), upper: .log(10)),
      scan: (0..<10).map { .log(0.03) + Double($0) * .log(33) / 9 })
    return [
      NonlinearCoordinate(
        bounds: ParameterBounds(lower: 0, upper: 10),
        scan: [0, 0.05, 0.1, 0.2, 0.4, 0.7, 1, 1.5])
    ] + [change, place, width] + (breakCount == 2 ? [change, gap, width] : [])
  }

  /// There are many local minima, the more so with two breaks.
  public var startCount: Int { breakCount == 1 ? 5 : 8 }

  /// The first break is looked for within the rows, the second up to their end.
  public func scan(for rows: LawRows) -> [[Double]] {
    var scan = nonlinearCoordinates.map(\.scan)
    let logs = rows.steps.map { Double.log($0) }
    guard let first = logs.min(), let last = logs.max(), last > first else { return scan }
    let extent = last - first
    scan[2] = (0..<16).map { first + extent * Double($0) / 15 }
    if breakCount == 2 { scan[5] = (1...12).map { 0.8 * extent * Double($0) / 12 } }
    return scan
  }

  /// The columns 1 and (s/d1)^(-c0)·Πᵢ (1 + (s/dᵢ)^(1/fᵢ))^(-cᵢ·fᵢ).
  public func basis(for rows: LawRows) -> any SeparableModel {
    BrokenPowerBasis(steps: rows.steps, breakCount: breakCount)
  }

  /// b = b'·d1^c0, d1, d2 = d1·e^gap and the widths.
  public func parameters(fromCoordinates coordinates: [Double]) -> [Double] {
    var result = coordinates
    result[1] = coordinates[1] * .exp(coordinates[2] * coordinates[4])
    result[4] = .exp(coordinates[4])
    result[5] = .exp(coordinates[5])
    if breakCount == 2 {
      result[7] = .exp(coordinates[4] + coordinates[7])
      result[8] = .exp(coordinates[8])
    }
    return result
  }

  /// The derivatives of b, of the places and of the widths.
  public func parameterJacobian(atCoordinates coordinates: [Double]) -> Matrix {
    let values = parameters(fromCoordinates: coordinates)
    var jacobian = Matrix.identity(coordinates.count)
    jacobian[1, 1] = .exp(coordinates[2] * coordinates[4])
    jacobian[1, 2] = values[1] * coordinates[4]
    jacobian[1, 4] = values[1] * coordinates[2]
    for index in [4, 5] + (breakCount == 2 ? [7, 8] : []) { jacobian[index, index] = values[index] }
    if breakCount == 2 { jacobian[7, 4] = values[7] }
    return jacobian
  }

  /// b' = b·d1^(-c0) and the logarithms.
  public func coordinates(fromParameters parameters: [Double]) -> [Double] {
    var result = parameters
    result[4] = .log(parameters[4])
    result[1] = parameters[1] * .exp(-parameters[2] * result[4])
    result[5] = .log(parameters[5])
    if breakCount == 2 {
      result[7] = .log(parameters[7] / parameters[4])
      result[8] = .log(parameters[8])
    }
    return result
  }
}
