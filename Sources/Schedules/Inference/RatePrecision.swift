internal import RealModule

/// How finely a log writes its learning rates.
public struct RatePrecision: Sendable, Hashable, CustomStringConvertible {
  /// The most significant digits that a rate has.
  public let significantDigits: Int
  /// The most digits behind the point that a rate has.
  public let decimals: Int
  /// Whether the rates are 32-bit numbers written out in full.
  public let isSinglePrecision: Bool

  /// From this many digits on a number is written in full.
  private static let fullDigits = 15
  /// The digits that a 32-bit number holds.
  private static let singleDigits = 7
  /// The digits that even the shortest formats in use write.
  private static let leastDigits = 3
  /// With fewer different rates the digits seen may not be all.
  private static let mostRatesWithoutDigits = 10
  /// As many rates as are looked at, spread over the log.
  private static let sampleSize = 4000

  /// Finds the precision of rates as a log printed them.
  ///
  /// - Parameter rates: finite rates.
  public init(of rates: [Double]) {
    var digits = 1
    var decimals = 0
    var isSingle = !rates.isEmpty
    for index in stride(from: 0, to: rates.count, by: max(1, rates.count / Self.sampleSize)) {
      let rate = rates[index]
      guard rate != 0 else { continue }
      let written = DecimalDigits(rate)
      digits = max(digits, written.count)
      decimals = max(decimals, written.decimals)
      isSingle = isSingle && Self.isSingle(rate)
    }
    isSinglePrecision = isSingle && digits >= 8
    if Self.distinctRates(rates) < Self.mostRatesWithoutDigits {
      // A few round rates do not show how many digits others would have had.
      digits = max(digits, Self.leastDigits)
      let top = DecimalDigits.magnitude(rates.max() ?? 0)
      decimals = max(decimals, Self.leastDigits - 1 - top)
    }
    significantDigits = digits
    self.decimals = decimals
  }

  /// How many different rates there are, counted up to where it matters.
  private static func distinctRates(_ rates: [Double]) -> Int {
    var seen: Set<Double> = []
    for rate in rates where seen.count < mostRatesWithoutDigits { seen.insert(rate) }
    return seen.count
  }

  /// Whether the rates are written in full.
  public var isFull: Bool { significantDigits >= Self.fullDigits }

  /// How far a rate may be from the number that was rounded to it.
  ///
  /// - Parameters:
  ///   - rate: the rate as printed.
  ///   - peak: the log's highest rate; arithmetic errors are in proportion to it.
  /// - Returns: half a printed unit and a little for arithmetic, or what the number format leaves.
  func halfUnit(of rate: Double, peak: Double) -> Double {
    if isSinglePrecision { return 1.3e-7 * rate + 3e-8 * peak }
    if isFull { return 1e-12 * rate + 4e-15 * peak }
    let relative =
      rate > 0 ? DecimalDigits.power(DecimalDigits.magnitude(rate) + 1 - significantDigits) : 0
    // Few digits may be those of a 32-bit number.
    let storage = significantDigits <= Self.singleDigits ? 6e-8 * rate : 0
    return 0.5 * max(relative, DecimalDigits.power(-decimals)) * (1 + 1e-6) + storage + 4e-15 * peak
  }

  /// The precision in words.
  public var description: String {
    if isSinglePrecision { return "32-bit numbers" }
    return isFull ? "64-bit numbers" : "\(significantDigits) digits"
  }

  /// Whether a number is a 32-bit one, or the shortest text of one.
  private static func isSingle(_ rate: Double) -> Bool {
    let single = Float(rate)
    return Double(single) == rate || Double("\(single)") == rate
  }
}

/// The digits of a number's shortest decimal text.
struct DecimalDigits {
  /// How many digits from the first that is not 0 to the last that is not 0.
  var count: Int
  /// How many digits stand behind the point.
  var decimals: Int

  /// Counts a finite number's digits.
  init(_ value: Double) {
    var exponent = 0
    var digits: [UInt8] = []
    var point: Int?
    var text = "\(abs(value))"[...]
    if let mark = text.firstIndex(of: "e") {
      exponent = Int(text[text.index(after: mark)...].drop { $0 == "+" }) ?? 0
      text = text[..<mark]
    }
    for character in text.utf8 {
      if character == UInt8(ascii: ".") { point = digits.count } else { digits.append(character) }
    }
    let behind = digits.count - (point ?? digits.count)
    let zeros = digits.reversed().prefix { $0 == UInt8(ascii: "0") }.count
    let leading = digits.prefix { $0 == UInt8(ascii: "0") }.count
    count = max(1, digits.count - zeros - leading)
    decimals = max(0, behind - zeros - exponent)
  }

  /// The exponent of the first digit: 0 from 1 to 10.
  static func magnitude(_ value: Double) -> Int {
    guard value > 0, value.isFinite else { return 0 }
    let guess = Int(Double.log10(value).rounded(.down))
    if value >= power(guess + 1) { return guess + 1 }
    return value < power(guess) ? guess - 1 : guess
  }

  /// A power of ten, the nearest number to it.
  static func power(_ exponent: Int) -> Double {
    powers[min(max(exponent, -330), 300) + 330]
  }

  private static let powers = (-330...300).map { Double("1e\($0)") ?? 0 }
}
