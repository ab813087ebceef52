import Testing

@testable import TrainingLogs

struct CRC32CTests {
  /// RFC 3720, appendix B.4, and the check value of the catalogue of parametrised CRC algorithms.
  static let known: [(bytes: [UInt8], check: UInt32)] = [
    (Array(repeating: 0, count: 32), 0x8A91_36AA),
    (Array(repeating: 0xFF, count: 32), 0x62A8_AB43),
    (Array(0..<32), 0x46DD_794E),
    ((0..<32).reversed(), 0x113F_DB5C),
    (
      [0x01, 0xC0, 0, 0] + Array(repeating: 0, count: 12) + [0x14, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0]
        + [0x14, 0, 0, 0, 0x18, 0x28, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0],
      0xD996_3A56
    ),
    (Array("123456789".utf8), 0xE306_9283),
    ([], 0),
  ]

  @Test(arguments: known.indices)
  func agreesWithKnownChecks(_ index: Int) {
    let (bytes, check) = Self.known[index]
    #expect(bytes.withUnsafeBytes { CRC32C.checksum($0) } == check)
  }

  /// The way by eight bytes and the one by single bytes give the same for every length.
  @Test func agreesBitByBitForEveryLength() {
    let bytes = (0..<100).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) }
    for count in 0...bytes.count {
      var crc = UInt32.max
      for byte in bytes[..<count] {
        crc ^= UInt32(byte)
        for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0x82F6_3B78 : crc >> 1 }
      }
      #expect(bytes[..<count].withUnsafeBytes { CRC32C.checksum($0) } == ~crc)
    }
  }
}
