import LeastSquares
import RealModule

/// A parameter of a learning curve's shape, with the coordinate that stands for it in a fit.
struct CurveParameter: Sendable {
  /// What people read of it.
  let description: LawParameter
  /// The values allowed and scanned.
  let coordinate: NonlinearCoordinate
  /// Whether the coordinate is the parameter's logarithm.
  private let isLogarithmic: Bool

  /// The parameter at a coordinate.
  func value(fromCoordinate coordinate: Double) -> Double {
    isLogarithmic ? .exp(coordinate) : coordinate
  }

  /// The coordinate at a value of the parameter.
  func coordinate(fromValue value: Double) -> Double {
    isLogarithmic ? .log(value) : value
  }

  /// ∂parameter/∂coordinate.
  func slope(atCoordinate coordinate: Double) -> Double {
    isLogarithmic ? .exp(coordinate) : 1
  }
}

extension CurveParameter {
  /// A parameter fitted as its logarithm, because nobody knows its size beforehand.
  ///
  /// - Parameters:
  ///   - description: what people read of it.
  ///   - bounds: the values allowed, above 0.
  ///   - scan: the values between which `count` are tried, evenly spread in the logarithm.
  ///   - count: how many are tried.
  /// - Returns: the parameter, whose coordinate is its natural logarithm.
  static func logarithmic(
    _ description: LawParameter, bounds: ClosedRange<Double>, scan: ClosedRange<Double>,
    count: Int
  ) -> CurveParameter {
    var description = description
    description.coordinate = "log(\(description.symbol))"
    return CurveParameter(
      description: description,
      coordinate: NonlinearCoordinate(
        bounds: ParameterBounds(lower: .log(bounds.lowerBound), upper: .log(bounds.upperBound)),
        scan: logarithms(scan, count: count)),
      isLogarithmic: true)
  }

  /// A parameter fitted as it is.
  static func plain(
    _ description: LawParameter, bounds: ClosedRange<Double>, scan: [Double]
  ) -> CurveParameter {
    CurveParameter(
      description: description,
      coordinate: NonlinearCoordinate(
        bounds: ParameterBounds(lower: bounds.lowerBound, upper: bounds.upperBound), scan: scan),
      isLogarithmic: false)
  }

  /// An exponent α or δ: 0.01 to 10.
  static func exponent(_ name: String, symbol: String, meaning: String) -> CurveParameter {
    plain(
      LawParameter(
        name: name, symbol: symbol, meaning: meaning, unit: "1", range: "0.01–10",
        typicalRange: "–", isLinear: false),
      bounds: 0.01...10, scan: logarithms(0.03...4, count: 16).map { .exp($0) })
  }

  /// k, one over a number of steps.
  static func rate(_ meaning: String) -> CurveParameter {
    logarithmic(
      LawParameter(
        name: "k", symbol: "k", meaning: meaning, unit: "1/step", range: "1e-12–10",
        typicalRange: "–", isLinear: false),
      bounds: 1e-12...10, scan: 1e-8...1, count: 25)
  }

  /// The logarithms of `count` values from one to another, evenly spread.
  private static func logarithms(_ range: ClosedRange<Double>, count: Int) -> [Double] {
    let (first, last) = (Double.log(range.lowerBound), Double.log(range.upperBound))
    return (0..<count).map { first + (last - first) * Double($0) / Double(count - 1) }
  }
}
