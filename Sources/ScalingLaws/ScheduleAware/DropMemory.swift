import LeastSquares
import RealModule

/// What the laws with a memory of every drop share.

extension NonlinearCoordinate {
  /// A logarithm, scanned at twelve values.
  init(lowest: Double, highest: Double, scanFrom: Double, to scanTo: Double) {
    let (first, last) = (Double.log(scanFrom), Double.log(scanTo))
    self.init(
      bounds: ParameterBounds(lower: .log(lowest), upper: .log(highest)),
      scan: (0..<12).map { first + (last - first) * Double($0) / 11 })
  }

  /// β, between its bounds by the paper's advice: below 0.05 only B·β matters.
  static let memoryExponent = NonlinearCoordinate(
    bounds: ParameterBounds(lower: 0.05, upper: 1),
    scan: (0..<8).map { 0.05 + 0.95 * Double($0) / 7 })
}

extension LawRows {
  /// Whether the rates after all drops that count are one and the same, to a millionth; drops to a
  /// rate of zero act at once and do not count.
  var dropsReachOneRate: Bool {
    let rates = segments.flatMap { segment in
      segment.path.map { RateDrops(path: $0, positions: segment.positions, warmup: warmup).rates }
        ?? []
    }.filter { $0 > 0 }
    let (least, largest) = (rates.min() ?? 0, rates.max() ?? 0)
    return largest - least <= 1e-6 * largest
  }
}

extension LawParameter {
  /// A over S1.
  static let forwardHeight = LawParameter(
    name: "A", symbol: "A", meaning: "height of the power term at S1 = 1", unit: "nats",
    range: "≥ 0", typicalRange: "0.4–1.1", isLinear: true)
  /// B.
  static let dropGain = LawParameter(
    name: "B", symbol: "B",
    meaning: "loss gained in the end for each unit of lowered learning rate",
    unit: "nats per learning rate", range: "≥ 0", typicalRange: "300–650", isLinear: true,
    identifiedBy: "a run whose rate falls, beside one whose rate does not")
  /// β.
  static let memoryExponent = LawParameter(
    name: "beta", symbol: "β", meaning: "exponent by which a drop's effect is completed", unit: "1",
    range: "0.05–1", typicalRange: "0.4–0.9", isLinear: false,
    identifiedBy: "rows soon and long after a fall of the rate; near 0.05 only B·β is known")
  /// γ.
  static let ratePower = LawParameter(
    name: "gamma", symbol: "γ", meaning: "how much faster a drop to a lower rate takes effect",
    unit: "1", range: "0–1", typicalRange: "0.5–0.7", isLinear: false,
    identifiedBy: "falls to different rates")
}
