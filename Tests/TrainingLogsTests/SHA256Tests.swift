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

  @Test(arguments: vectors)
  func standardVector(message: String, hash: String) {
    var hasher = SHA256()
    Array(message.utf8).withUnsafeBytes { hasher.update($0) }
    #expect(hasher.hexadecimal() == hash)
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
