import TrainingLogs

/// The hash by which a page's security policy knows its own script and style.
enum ContentHash {
  /// SHA-256 of the text's UTF-8, in Base64, as a content security policy writes it.
  static func base64(of text: String) -> String {
    var hash = SHA256()
    Array(text.utf8).withUnsafeBytes { hash.update($0) }
    return base64(hash.digest())
  }

  /// Bytes in Base64 (RFC 4648, section 4).
  static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let chunk = bytes[start..<min(start + 3, bytes.count)]
      let bits = (0..<3).reduce(0) { sum, place in
        sum << 8 | (place < chunk.count ? Int(chunk[start + place]) : 0)
      }
      for place in 0..<4 {
        text.append(place <= chunk.count ? alphabet[bits >> (18 - 6 * place) & 63] : "=")
      }
    }
    return text
  }
}
