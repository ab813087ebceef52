#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Numbers for the keys of a log, by their bytes, without a `String` a look-up.
///
/// Lines of a log name the same keys in the same order, so the key that came behind the last one
/// before is tried first.
struct KeyTable {
  private struct Key {
    var start: Int
    var count: Int
    /// The key that came behind it the last time.
    var successor = 0
  }

  /// The bytes of all keys, one behind the other.
  private var bytes: [UInt8] = []
  private var keys: [Key] = []
  /// Open addressing; -1 is free.
  private var slots: [Int32] = Array(repeating: -1, count: 256)
  private var last = 0

  /// How many keys there are.
  var count: Int { keys.count }

  /// More keys than this belong to no log of a training run.
  static let mostKeys = 20_000
  /// Longer walks mean a file made to be slow.
  private static let longestProbe = 64

  /// The number of a key, counted from 0 in the order in which they are met.
  ///
  /// - Returns: `count` before the call for a new key; -1 for a key beyond the limits.
  mutating func id(of key: Range<Int>, in line: TextLine) -> Int {
    guard let base = line.bytes.baseAddress, key.lowerBound >= 0, key.upperBound <= line.count
    else { return -1 }
    let text = UnsafeBufferPointer(start: base + key.lowerBound, count: key.count)
    if !keys.isEmpty {
      let guess = keys[last].successor
      if isEqual(guess, text) {
        last = guess
        return guess
      }
    }
    let id = look(up: text)
    if id >= 0, !keys.isEmpty {
      keys[last].successor = id
      last = id
    }
    return id
  }

  private mutating func look(up text: UnsafeBufferPointer<UInt8>) -> Int {
    if keys.count * 2 >= slots.count { grow() }
    let mask = slots.count - 1
    var slot = Self.hash(text) & mask
    for _ in 0..<Self.longestProbe {
      let id = Int(slots[slot])
      if id < 0 {
        guard keys.count < Self.mostKeys else { return -1 }
        slots[slot] = Int32(keys.count)
        keys.append(Key(start: bytes.count, count: text.count))
        bytes.append(contentsOf: text)
        return keys.count - 1
      }
      if isEqual(id, text) { return id }
      slot = (slot + 1) & mask
    }
    return -1
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    let mask = slots.count - 1
    bytes.withUnsafeBufferPointer { bytes in
      for (id, key) in keys.enumerated() {
        let text = UnsafeBufferPointer(rebasing: bytes[key.start..<key.start + key.count])
        var slot = Self.hash(text) & mask
        while slots[slot] >= 0 { slot = (slot + 1) & mask }
        slots[slot] = Int32(id)
      }
    }
  }

  @inline(__always)
  private func isEqual(_ id: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let key = keys[id]
    guard key.count == text.count else { return false }
    guard let other = text.baseAddress, key.count > 0 else { return true }
    return bytes.withUnsafeBufferPointer { bytes in
      bytes.baseAddress.map { memcmp($0 + key.start, other, key.count) == 0 } ?? false
    }
  }

  /// FNV-1a.
  private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return Int(truncatingIfNeeded: hash ^ hash >> 32)
  }
}
