import Foundation
import TestSupport
import Testing

@testable import TrainingLogs

struct JSONScannerTests {
  /// The tokens of a text, numbers and texts written out.
  private func tokens(_ text: String) -> [String] { tokens(Array(text.utf8)) }

  private func tokens(_ bytes: [UInt8]) -> [String] {
    (bytes + [0]).withUnsafeBufferPointer { buffer in
      var scanner = JSONScanner(UnsafeBufferPointer(rebasing: buffer.dropLast()))
      var found: [String] = []
      while true {
        switch scanner.next() {
        case .beginObject: found.append("{")
        case .endObject: found.append("}")
        case .beginArray: found.append("[")
        case .endArray: found.append("]")
        case .key: found.append(JSONText.string(scanner) + ":")
        case .string: found.append("'\(JSONText.string(scanner))'")
        case .number: found.append("\(scanner.number)")
        case .null: found.append("null")
        case .boolean: found.append("bool")
        case .end: return found
        case .failure:
          let failure = scanner.failure
          return found + ["\(failure?.offset ?? -1)\(failure?.isAtEnd == true ? " end" : "")"]
        }
      }
    }
  }

  @Test func takesJSON() {
    #expect(
      tokens(#" { "a" : [ 1 , -2.5e3, {} , [] ], "b":null,"c":true } "#)
        == [
          "{", "a:", "[", "1.0", "-2500.0", "{", "}", "[", "]", "]", "b:", "null", "c:", "bool",
          "}",
        ])
  }

  @Test func takesWhatLoggersWrite() {
    #expect(
      tokens("[NaN,Infinity,-Infinity,nan,inf,-inf,.5,+1]")
        == ["[", "nan", "inf", "-inf", "nan", "inf", "-inf", "0.5", "1.0", "]"])
    #expect(tokens("{}\n[1]") == ["{", "}", "[", "1.0", "]"])
    #expect(tokens("1e999999") == ["inf"])
    #expect(tokens("1e-999999") == ["0.0"])
  }

  @Test func resolvesEscapes() {
    #expect(tokens(#""a\n\"\\\/é😀""#) == ["'a\n\"\\/é😀'"])
    #expect(tokens(#"{"lo\u0073s":1}"#) == ["{", "loss:", "1.0", "}"])
  }

  @Test(arguments: [#""\u12""#, #""\uZZZZ""#, #""\ud83d""#, #""\ud83d\u0041""#])
  func toleratesBrokenEscapes(_ text: String) {
    let found = tokens(text)
    #expect(found.count == 1)
    #expect(found.first?.contains("\u{FFFD}") == true, "\(found)")
  }

  @Test func toleratesBytesThatAreNoText() {
    #expect(tokens([0x22, 0xFF, 0xFE, 0x22]) == ["'\u{FFFD}\u{FFFD}'"])
  }

  @Test(arguments: [
    ("{\"a\" 1}", "5"), ("{a:1}", "1"), ("[1 2]", "3"), ("[1,]", "3"), ("]", "0"), ("[}", "1"),
    ("{\"a\":}", "5"), ("[tru]", "1"), ("{1:2}", "1"), ("{\"a\":1,}", "7"), ("[,1]", "1"),
  ])
  func saysWhereItIsBroken(_ text: String, _ place: String) {
    #expect(tokens(text).last == place)
  }

  @Test func saysThatTheTextEnds() {
    let text = #"{"loss": [1.25, -3e4, "x\"y", null, NaN], "b": {"c": true}}"#
    #expect(tokens(text).last == "}")
    for count in 1..<text.utf8.count {
      let last = tokens(Array(text.utf8.prefix(count))).last ?? ""
      #expect(last.hasSuffix(" end"), "cut after \(count) bytes: \(last)")
    }
  }

  @Test func refusesDepth() {
    let bytes = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    #expect(tokens(bytes).last == "512")
    #expect(
      tokens(String(repeating: "[", count: 512) + String(repeating: "]", count: 512)).count == 1024)
  }

  // Random values, written by Foundation.

  private func random(_ depth: Int, _ generator: inout SeededGenerator) -> Any {
    switch Int.random(in: 0..<(depth > 4 ? 5 : 7), using: &generator) {
    case 0: NSNull()
    case 1: Bool.random(using: &generator)
    case 2:
      Int.random(in: Int.min...Int.max, using: &generator)
        >> Int.random(in: 0..<60, using: &generator)
    case 3:
      Double(
        sign: Bool.random(using: &generator) ? .plus : .minus,
        exponent: Int.random(in: -1000...1000, using: &generator),
        significand: Double.random(in: 1..<2, using: &generator))
    case 4: randomText(&generator)
    case 5:
      (0..<Int.random(in: 0..<5, using: &generator)).map { _ in random(depth + 1, &generator) }
    default:
      Dictionary(
        (0..<Int.random(in: 0..<5, using: &generator)).map { _ in
          (randomText(&generator), random(depth + 1, &generator))
        }, uniquingKeysWith: { $1 })
    }
  }

  private func randomText(_ generator: inout SeededGenerator) -> String {
    let letters: [Character] = ["a", "/", "\"", "\\", "\n", "\u{1}", "é", "😀", "{", ",", " ", "5"]
    return String(
      (0..<Int.random(in: 0..<8, using: &generator)).map { _ in
        letters[Int.random(in: 0..<letters.count, using: &generator)]
      })
  }

  /// What the scanner should give for a value.
  private func expected(_ value: Any) -> [String] {
    switch value {
    case is NSNull: ["null"]
    case is Bool: ["bool"]
    case let text as String: ["'\(text)'"]
    case let list as [Any]: ["["] + list.flatMap(expected) + ["]"]
    case let object as [String: Any]:
      ["{"] + object.flatMap { ["\($0.key):"] + expected($0.value) } + ["}"]
    case let number as Double: ["\(number)"]
    case let number as Int: ["\(Double(number))"]
    default: ["?"]
    }
  }

  @Test func agreesWithFoundation() throws {
    let seed = UInt64.random(in: .min ... .max)
    print("seed \(seed)")
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let value = [random(0, &generator)]
      let pretty = Bool.random(using: &generator)
      let data = try JSONSerialization.data(
        withJSONObject: value, options: pretty ? [.sortedKeys, .prettyPrinted] : [.sortedKeys])
      let found = tokens([UInt8](data))
      // The order of keys is Foundation's own.
      #expect(
        found.sorted() == expected(value).sorted(),
        "seed \(seed): \(String(decoding: data, as: UTF8.self))")
    }
  }
}
