import Testing

@testable import Reports

@Suite struct SHA256Tests {
  /// Vectors of NIST's "Secure Hash Standard Validation System": empty, short, two blocks;
  /// the long one is from GNU coreutils' sha256sum.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      String(repeating: "a", count: 10_000),
      "27dd1f61b867b6a0f6e9d8a41c43231de52107e53ae424de8f847b821db4b711"
    ),
  ])
  func knownDigests(message: String, expected: String) {
    let digest = SHA256.digest(message.utf8)
    let text = digest.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    #expect(text == expected)
  }

  /// Vectors of RFC 4648, section 10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ])
  func knownBase64(text: String, expected: String) {
    #expect(SHA256.base64(Array(text.utf8)) == expected)
  }
}
