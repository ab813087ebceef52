/// The cyclic redundancy check with Castagnoli's polynomial.
///
/// Source: RFC 3720 (iSCSI), section 12.1 and appendix B.4. Eight bytes a step by eight tables, as
/// in M. Kounavis and F. Berry, "A Systematic Approach to Building High Performance Software-based
/// CRC Generators", 2005.
enum CRC32C {
  /// The check of some bytes.
  static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    tables.withUnsafeBufferPointer { tables in
      var crc = UInt32.max
      var index = 0
      while bytes.count &- index >= 8 {
        let word =
          UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
          ^ UInt64(crc)
        crc = 0
        for byte in 0..<8 {
          crc ^= tables[(7 &- byte) &* 256 &+ Int(word >> UInt64(8 &* byte) & 0xFF)]
        }
        index &+= 8
      }
      while index < bytes.count {
        crc = tables[Int((crc ^ UInt32(bytes[index])) & 0xFF)] ^ (crc >> 8)
        index &+= 1
      }
      return ~crc
    }
  }

  /// The check as TensorFlow stores it: turned and moved, so that a check of bytes that hold checks
  /// is no special case (tensorflow/core/lib/hash/crc32c.h).
  static func masked(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    let crc = checksum(bytes)
    return ((crc >> 15) | (crc << 17)) &+ 0xA282_EAD8
  }

  /// The polynomial with its bits in reverse order.
  private static let polynomial: UInt32 = 0x82F6_3B78

  /// Table k has the check of a byte with k zero bytes behind it.
  private static let tables: [UInt32] = {
    var tables = (0..<256).map { byte in
      (0..<8).reduce(UInt32(byte)) { crc, _ in crc & 1 == 1 ? (crc >> 1) ^ polynomial : crc >> 1 }
    }
    for index in 256..<2048 {
      let before = tables[index - 256]
      tables.append(tables[Int(before & 0xFF)] ^ (before >> 8))
    }
    return tables
  }()
}
