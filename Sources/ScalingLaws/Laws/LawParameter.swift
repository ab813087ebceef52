/// A parameter of a law as people report it.
public struct LawParameter: Sendable, Hashable {
  /// The symbol in ASCII, as in `alpha`.
  public var name: String
  /// The symbol as papers print it, as in `α`.
  public var symbol: String
  /// What it means, in a short phrase.
  public var meaning: String
  /// Its unit, or `1` when it has none.
  public var unit: String
  /// The values allowed, as text, as in `≥ 0`.
  public var range: String
  /// Values that published fits have, as text.
  public var typicalRange: String
  /// The coordinate that stands for it in a fit, as in `log(1-λ)`; empty when it is the parameter.
  public var coordinate: String
  /// Which data tell it apart from the other parameters.
  public var identifiedBy: String
  /// Whether the loss is linear in it once the others are fixed.
  public var isLinear: Bool
  /// The value from which its size is measured: 1 for a decay factor, which lies close to 1.
  public var origin: Double

  /// Whether only values above zero are allowed.
  public var isPositive: Bool { range == "> 0" }

  /// Creates a parameter.
  public init(
    name: String, symbol: String, meaning: String, unit: String, range: String,
    typicalRange: String, isLinear: Bool, coordinate: String = "", identifiedBy: String = "",
    origin: Double = 0
  ) {
    self.name = name
    self.symbol = symbol
    self.meaning = meaning
    self.unit = unit
    self.range = range
    self.typicalRange = typicalRange
    self.isLinear = isLinear
    self.coordinate = coordinate
    self.identifiedBy = identifiedBy
    self.origin = origin
  }
}
