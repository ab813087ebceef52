import TestSupport
import Testing

@testable import TrainingLogs

/// The parser against the standard library's correctly rounded conversion.
struct NumberParserTests {
  private func parsed(_ text: String, separator: UInt8 = Ascii.dot) -> (value: Double, end: Int)? {
    (Array(text.utf8) + [0]).withUnsafeBufferPointer { bytes in
      bytes.baseAddress.flatMap { NumberParser.number(in: $0, from: 0, separator: separator) }
    }
  }

  private func expectSame(_ text: String) {
    let number = parsed(text)
    #expect(number?.end == text.utf8.count, "\(text)")
    #expect(number?.value.bitPattern == Double(text)?.bitPattern, "\(text)")
  }

  @Test(
    arguments: [
      "0", "-0", "+1", "1.", ".5", "-.5", "1e5", "1E-5", "1e+05", "9007199254740992",
      "9007199254740993", "9007199254740995", "9007199254740993e5", "9007199254740993e-27",
      "18014398509481989e-3", "9999999999999999999", "99999999999999999999", "1e22", "1e23",
      "8.5e-27", "1e308", "1e309", "-1e999999999999", "4.9e-324", "2e-324", "1e-400",
      "2.2250738585072014e-308", "0.1000000000000000055511151231257827", "0e0", "0.000e-5",
      "123456789012345678e1", "00000000000000000000001.5",
    ])
  func agreesOnEdgeCases(text: String) {
    expectSame(text)
  }

  @Test func agreesOnRandomBitPatterns() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<20_000 {
      let value = Double(bitPattern: generator.next())
      if value.isFinite { expectSame("\(value)") }
    }
  }

  @Test func agreesOnRandomDigitsAndExponents() {
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<50_000 {
      let digits = String(generator.next() >> UInt64.random(in: 0..<60, using: &generator))
      let point = Int.random(in: 0...digits.count, using: &generator)
      let exponent = Int.random(in: -30...30, using: &generator)
      let sign = Bool.random(using: &generator) ? "-" : ""
      expectSame("\(sign)\(digits.prefix(point)).\(digits.dropFirst(point))e\(exponent)")
    }
  }

  /// Halves between two doubles must go to the even one, and their neighbours must not.
  @Test func agreesNearTies() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<20_000 {
      let odd = (generator.next() >> 11 | 1 << 52) << 1 | 1
      let tie = odd << UInt64.random(in: 0..<10, using: &generator)
      for near in [tie - 1, tie, tie + 1] {
        expectSame("\(near)")
        expectSame("\(near)e-\(Int.random(in: 0...27, using: &generator))")
      }
    }
  }

  @Test(arguments: ["", "-", "+", ".", "-.", "e5", "x", "--1", "inf", "nan", ",5"])
  func takesNoNumber(text: String) {
    #expect(parsed(text) == nil)
  }

  @Test(
    arguments: [("1e", 1), ("1e+", 1), ("1.5x", 3), ("1.2.3", 3), ("0x10", 1), ("12,5", 2)])
  func stopsWhereTheNumberEnds(text: String, end: Int) {
    #expect(parsed(text)?.end == end)
  }

  @Test func takesADecimalComma() {
    let number = parsed("-2,5e1", separator: Ascii.comma)
    #expect(number?.value == -25)
    #expect(number?.end == 6)
  }
}
