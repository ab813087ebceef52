import Foundation

/// JSON as Losscast prints it: sorted keys, two spaces, numbers with all their digits.
enum JSONText {
  static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      guard let text = String(data: try encoder.encode(value), encoding: .utf8) else {
        throw CommandFailure(.unusableData, "the result is not text")
      }
      return text
    } catch let error as EncodingError {
      throw CommandFailure(.unusableData, "the result has a number that JSON cannot hold: \(error)")
    }
  }
}
