import CTextScan

/// The SHA-256 hash of a stream of bytes.
///
/// The processor's own instructions do the work where it has them.
///
/// Source: FIPS PUB 180-4, "Secure Hash Standard", 2015, sections 4.1.2, 5.1.1 and 6.2.
package struct SHA256: Sendable {
  private var state = SIMD8<UInt32>(
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19)
  /// The bytes of a block that is not full yet.
  private var pending: [UInt8] = []
  private var length: UInt64 = 0

  private static let blockSize = 64

  /// Whether the processor's own instructions are used.
  private let usesInstructions: Bool

  private static let hasInstructions = sha256_supported() != 0

  /// Creates the hash of an empty message.
  package init() { self.init(usesInstructions: true) }

  /// Creates the hash of an empty message, computed without the processor's instructions if so wanted.
  init(usesInstructions: Bool) {
    self.usesInstructions = usesInstructions && Self.hasInstructions
  }

  /// Adds bytes to the message.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    length &+= UInt64(bytes.count)
    var rest = bytes[...]
    if !pending.isEmpty {
      let taken = rest.prefix(Self.blockSize - pending.count)
      pending.append(contentsOf: taken)
      rest = rest.dropFirst(taken.count)
      guard pending.count == Self.blockSize else { return }
      let block = pending
      block.withUnsafeBytes { compress($0) }
      pending.removeAll(keepingCapacity: true)
    }
    let whole = rest.count - rest.count % Self.blockSize
    compress(UnsafeRawBufferPointer(rebasing: rest.prefix(whole)))
    pending.append(contentsOf: rest.dropFirst(whole))
  }

  /// The hash of the message so far, in lower-case hexadecimal.
  func hexadecimal() -> String {
    digestWords().map(Self.hexadecimal).joined()
  }

  /// The hash of the message so far, 32 bytes.
  package func digest() -> [UInt8] {
    digestWords().flatMap { word in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
    }
  }

  private func digestWords() -> [UInt32] {
    var last = self
    var padding: [UInt8] = [0x80]
    let used = (pending.count + 1) % Self.blockSize
    let zeros = (used <= 56 ? 56 : 56 + Self.blockSize) - used
    padding.append(contentsOf: repeatElement(0, count: zeros))
    let bits = length &* 8
    padding.append(contentsOf: (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * $0)) })
    padding.withUnsafeBytes { last.update($0) }
    return last.state.indices.map { last.state[$0] }
  }

  private static func hexadecimal(_ word: UInt32) -> String {
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  /// Runs the compression function over whole blocks (section 6.2.2).
  private mutating func compress(_ blocks: UnsafeRawBufferPointer) {
    guard !blocks.isEmpty else { return }
    if usesInstructions {
      let count = blocks.count / Self.blockSize
      withUnsafeMutableBytes(of: &state) { state in
        sha256_compress(
          state.bindMemory(to: UInt32.self).baseAddress,
          blocks.bindMemory(to: UInt8.self).baseAddress, count)
      }
      return
    }
    Self.constants.withUnsafeBufferPointer { constants in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
        for start in stride(from: 0, to: blocks.count, by: Self.blockSize) {
          Self.expand(blocks, from: start, into: schedule)
          rounds(schedule, constants)
        }
      }
    }
  }

  /// Fills the message schedule of the block at `start`.
  @inline(__always)
  private static func expand(
    _ blocks: UnsafeRawBufferPointer, from start: Int,
    into schedule: UnsafeMutableBufferPointer<UInt32>
  ) {
    for index in 0..<16 {
      schedule[index] = UInt32(
        bigEndian: blocks.loadUnaligned(fromByteOffset: start + 4 * index, as: UInt32.self))
    }
    for index in 16..<64 {
      let early = schedule[index - 15]
      let late = schedule[index - 2]
      let small0 = rotated(early, 7) ^ rotated(early, 18) ^ (early &>> 3)
      let small1 = rotated(late, 17) ^ rotated(late, 19) ^ (late &>> 10)
      schedule[index] = small1 &+ schedule[index - 7] &+ small0 &+ schedule[index - 16]
    }
  }

  /// The 64 rounds over one schedule; the variables change places by their names, not by copies.
  @inline(__always)
  private mutating func rounds(
    _ schedule: UnsafeMutableBufferPointer<UInt32>, _ constants: UnsafeBufferPointer<UInt32>
  ) {
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for index in stride(from: 0, to: 64, by: 8) {
      Self.round(a, b, c, &d, e, f, g, &h, schedule[index] &+ constants[index])
      Self.round(h, a, b, &c, d, e, f, &g, schedule[index + 1] &+ constants[index + 1])
      Self.round(g, h, a, &b, c, d, e, &f, schedule[index + 2] &+ constants[index + 2])
      Self.round(f, g, h, &a, b, c, d, &e, schedule[index + 3] &+ constants[index + 3])
      Self.round(e, f, g, &h, a, b, c, &d, schedule[index + 4] &+ constants[index + 4])
      Self.round(d, e, f, &g, h, a, b, &c, schedule[index + 5] &+ constants[index + 5])
      Self.round(c, d, e, &f, g, h, a, &b, schedule[index + 6] &+ constants[index + 6])
      Self.round(b, c, d, &e, f, g, h, &a, schedule[index + 7] &+ constants[index + 7])
    }
    state &+= SIMD8(a, b, c, d, e, f, g, h)
  }

  /// One round; `d` and `h` become the next round's `e` and `a`.
  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32,
    _ g: UInt32, _ h: inout UInt32, _ word: UInt32
  ) {
    let choice = g ^ (e & (f ^ g))
    let first = h &+ (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) &+ choice &+ word
    let majority = (a & b) | (c & (a | b))
    d = d &+ first
    h = first &+ (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) &+ majority
  }

  @inline(__always)
  private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
    (word &>> count) | (word &<< (32 &- count))
  }

  /// The constants of section 4.2.2.
  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]
}
