import Testing

@testable import Reports

@Suite struct ContentHashTests {
  /// SHA-256 of "abc" (FIPS 180-4), ba7816bf…15ad, in Base64.
  @Test func knownHash() {
    #expect(ContentHash.base64(of: "abc") == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")
  }

  /// Vectors of RFC 4648, section 10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ])
  func knownBase64(text: String, expected: String) {
    #expect(ContentHash.base64(Array(text.utf8)) == expected)
  }
}
