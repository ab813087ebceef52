import TestSupport
import Testing

@testable import TrainingLogs

/// Vectors of FIPS 180-4 and its examples (NIST, "SHA-256 example values").
struct SHA256Tests {
  static let vectors: [(message: String, hash: String)] = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ]

  @Test(arguments: vectors, [true, false])
  func standardVector(vector: (message: String, hash: String), usesInstructions: Bool) {
    var hasher = SHA256(usesInstructions: usesInstructions)
    Array(vector.message.utf8).withUnsafeBytes { hasher.update($0) }
    #expect(hasher.hexadecimal() == vector.hash)
  }

  /// The processor's instructions give what the plain rounds give, whatever the message's length.
  @Test func instructionsAgreeWithPlainRounds() {
    var generator = SystemRandomNumberGenerator()
    let seed = generator.next()
    var random = SeededGenerator(seed: seed)
    for length in 0..<300 {
      let message = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
      let hashes = [true, false].map { usesInstructions in
        var hasher = SHA256(usesInstructions: usesInstructions)
        message.withUnsafeBytes { hasher.update($0) }
        return hasher.hexadecimal()
      }
      #expect(hashes[0] == hashes[1], "seed \(seed), length \(length)")
    }
  }

  /// The hash must not depend on how the message is cut.
  @Test(arguments: [1, 63, 64, 65, 1000, 1_000_000])
  func oneMillionTimesTheLetterA(chunk: Int) {
    let message = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    var hasher = SHA256()
    for start in stride(from: 0, to: message.count, by: chunk) {
      message[start..<min(start + chunk, message.count)].withUnsafeBytes { hasher.update($0) }
    }
    #expect(
      hasher.hexadecimal() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }
}
