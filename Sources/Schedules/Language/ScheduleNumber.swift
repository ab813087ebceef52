/// A decimal number at the start of a field, and what follows it.
struct ScheduleNumber {
  /// The number; infinite when it exceeds the range of `Double`.
  var value: Double
  /// What stands after the number.
  var suffix: Substring

  /// Reads a number: an optional minus, digits with an optional point, an optional exponent.
  ///
  /// The `e` of `2ep` is no exponent, as no digit follows. Nil when no digit stands there.
  init?(_ text: String) {
    var rest = Substring(text)
    if rest.first == "-" { rest.removeFirst() }
    let digits = Self.takeDigits(&rest)
    var fraction = 0
    if rest.first == "." {
      rest.removeFirst()
      fraction = Self.takeDigits(&rest)
    }
    guard digits + fraction > 0 else { return nil }
    Self.takeExponent(&rest)
    guard let value = Double(text[..<rest.startIndex]) else { return nil }
    self.value = value
    suffix = rest
  }

  private static func takeDigits(_ rest: inout Substring) -> Int {
    let digits = rest.prefix { ("0"..."9").contains($0) && $0.isASCII }
    rest = rest[digits.endIndex...]
    return digits.count
  }

  private static func takeExponent(_ rest: inout Substring) {
    guard rest.first == "e" || rest.first == "E" else { return }
    var tail = rest.dropFirst()
    if tail.first == "-" || tail.first == "+" { tail.removeFirst() }
    guard takeDigits(&tail) > 0 else { return }
    rest = tail
  }
}

/// A learning rate as written: absolute, or as a multiple of the peak.
enum ScheduleRate: Hashable {
  case absolute(Double)
  case multiple(Double)

  /// The rate for a peak.
  ///
  /// - Throws: `valueOutOfRange` when the product is infinite.
  func value(peak: Double, at token: ScheduleToken) throws(ScheduleError) -> Double {
    let rate =
      switch self {
      case .absolute(let rate): rate
      case .multiple(let factor): factor * peak
      }
    guard rate.isFinite else {
      throw ScheduleError(
        .valueOutOfRange, at: token, "'\(token.text)' is beyond the range of numbers")
    }
    return rate
  }
}

/// A phase's length as written.
enum ScheduleDuration: Hashable {
  /// What the other phases leave of the total.
  case rest
  /// A part of the total.
  case percent(Double)
  /// A count of steps, tokens, samples or epochs.
  case count(Double, Unit)

  /// What a length counts.
  enum Unit: String, CaseIterable {
    case steps = "st"
    case tokens = "tok"
    case samples = "sp"
    case epochs = "ep"

    /// The setting that gives the number of steps; nil for steps themselves.
    var setting: ScheduleSetting? {
      switch self {
      case .steps: nil
      case .tokens: .tokensPerBatch
      case .samples: .samplesPerBatch
      case .epochs: .stepsPerEpoch
      }
    }
  }

  /// What the suffixes of a number multiply it by.
  private static let factors: [Character: Double] = [
    "k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "B": 1e9, "T": 1e12,
  ]

  /// Reads a length.
  ///
  /// - Throws: `malformedNumber` or `valueOutOfRange`.
  init(reading token: ScheduleToken) throws(ScheduleError) {
    if token.text == "rest" {
      self = .rest
      return
    }
    guard let number = ScheduleNumber(token.text) else {
      throw ScheduleError(
        .malformedNumber, at: token,
        "'\(token.text)' is not a duration; write steps (300, 20k), a part (10%), or rest")
    }
    try token.requirePositive(number.value, "a duration")
    if number.suffix == "%" {
      self = .percent(number.value)
      return
    }
    var unitName = number.suffix
    var value = number.value
    if let letter = unitName.first, let factor = Self.factors[letter] {
      value *= factor
      unitName.removeFirst()
    }
    guard let unit = unitName.isEmpty ? .steps : Unit(rawValue: String(unitName)) else {
      throw ScheduleError(
        .malformedNumber, at: token,
        "unknown unit '\(number.suffix)' in '\(token.text)'; use k, M, B (= G) or T, then st, tok, "
          + "sp or ep; or %")
    }
    self = .count(value, unit)
  }
}

extension ScheduleToken {
  /// Throws `valueOutOfRange` unless a value is finite and above zero.
  func requirePositive(_ value: Double, _ what: String) throws(ScheduleError) {
    guard value > 0, value.isFinite else {
      throw ScheduleError(
        .valueOutOfRange, at: self,
        "\(what) must be positive and finite, not \(ScheduleNumberFormat.text(value))")
    }
  }

  /// The token as a plain finite number.
  func number(_ name: String) throws(ScheduleError) -> Double {
    guard let number = ScheduleNumber(text), number.suffix.isEmpty else {
      throw ScheduleError(.malformedNumber, at: self, "\(name)= needs a number, not '\(text)'")
    }
    guard number.value.isFinite else {
      throw ScheduleError(.valueOutOfRange, at: self, "\(name)= must be finite, not '\(text)'")
    }
    return number.value
  }

  /// The token as a learning rate, `3e-5` or `0.1x`, zero allowed.
  func rate(_ name: String) throws(ScheduleError) -> ScheduleRate {
    guard let number = ScheduleNumber(text), number.suffix.isEmpty || number.suffix == "x" else {
      throw ScheduleError(
        .malformedNumber, at: self,
        "\(name)= needs a learning rate (3e-5) or a multiple of the peak (0.1x), not '\(text)'")
    }
    guard number.value >= 0, number.value.isFinite else {
      throw ScheduleError(
        .valueOutOfRange, at: self, "\(name)= must be finite and not negative, not '\(text)'")
    }
    return number.suffix.isEmpty ? .absolute(number.value) : .multiple(number.value)
  }
}
