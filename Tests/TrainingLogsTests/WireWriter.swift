import Foundation
@testable import TrainingLogs

/// Writes protocol-buffer fields, TFRecord files and wandb run files byte by byte.
enum WireWriter {
  static func varint(_ number: UInt64) -> [UInt8] {
    var (bytes, rest) = ([UInt8](), number)
    while rest > 0x7F {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }

  static func integer(_ field: UInt64, _ number: UInt64) -> [UInt8] {
    varint(field << 3) + varint(number)
  }

  static func piece(_ field: UInt64, _ bytes: [UInt8]) -> [UInt8] {
    varint(field << 3 | 2) + varint(UInt64(bytes.count)) + bytes
  }

  static func piece(_ field: UInt64, _ text: String) -> [UInt8] { piece(field, Array(text.utf8)) }

  static func single(_ field: UInt64, _ number: Float) -> [UInt8] {
    varint(field << 3 | 5) + little(number.bitPattern)
  }

  static func double(_ field: UInt64, _ number: Double) -> [UInt8] {
    varint(field << 3 | 1) + little(number.bitPattern)
  }

  static func little<T: FixedWidthInteger>(_ number: T) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }

  /// An event with the scalars of a step; `extra` are further fields.
  static func event(
    _ step: Int, _ scalars: [(String, Float)], extra: [UInt8] = []
  ) -> [UInt8] {
    let values = scalars.flatMap { piece(1, piece(1, $0.0) + single(2, $0.1)) }
    return double(1, 1.7e9 + Double(step)) + integer(2, UInt64(bitPattern: Int64(step)))
      + piece(5, values) + extra
  }

  /// A record of a TFRecord file.
  static func record(_ data: [UInt8]) -> [UInt8] {
    let length = little(UInt64(data.count))
    return length + little(length.withUnsafeBytes { CRC32C.masked($0) }) + data
      + little(data.withUnsafeBytes { CRC32C.masked($0) })
  }

  /// A TFRecord file of events.
  static func eventFile(_ events: [[UInt8]]) -> [UInt8] {
    record(double(1, 1.7e9) + piece(3, "brain.Event:2")) + events.flatMap(record)
  }
}
