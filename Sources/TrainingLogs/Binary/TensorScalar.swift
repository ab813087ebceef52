/// The one number of a TensorFlow `TensorProto` that holds a single one.
///
/// Source: tensorflow/core/framework/tensor.proto and types.proto (field and type numbers).
struct TensorScalar {
  /// Kinds of numbers that a tensor may hold, by their number in `types.proto`.
  private enum Kind: UInt64 {
    case float = 1
    case double = 2
    case int32 = 3
    case int64 = 9
    case bfloat16 = 14
    case half = 19
  }

  private var kind: Kind?
  private var content: UnsafeRawBufferPointer?
  /// Numbers of the typed fields; more than one is no scalar.
  private var listed: [Double] = []
  private var isDamaged = false

  /// The number; nil for tensors of several numbers and of other kinds.
  static func value(of tensor: UnsafeRawBufferPointer) -> Double? {
    var scalar = TensorScalar()
    var fields = WireReader(tensor)
    while let field = fields.next() { scalar.take(field.number, field.value) }
    guard !fields.isDamaged, !scalar.isDamaged else { return nil }
    return scalar.value
  }

  private mutating func take(_ number: Int, _ value: WireReader.Value) {
    switch (number, value) {
    case (1, .integer(let type)): kind = Kind(rawValue: type)
    case (4, .bytes(let bytes)): content = bytes
    case (5, .fixed32(let bits)): add(Double(Float(bitPattern: bits)))
    case (5, .bytes(let bytes)):
      takeFixed(bytes, UInt32.self) { Double(Float(bitPattern: $0)) }
    case (6, .fixed64(let bits)): add(Double(bitPattern: bits))
    case (6, .bytes(let bytes)): takeFixed(bytes, UInt64.self) { Double(bitPattern: $0) }
    case (7, .integer(let bits)), (10, .integer(let bits)), (13, .integer(let bits)):
      add(integer(bits))
    case (7, .bytes(let bytes)), (10, .bytes(let bytes)), (13, .bytes(let bytes)):
      takeIntegers(bytes)
    default: break
    }
  }

  private mutating func add(_ value: Double) {
    // Two are enough to know that it is none.
    if listed.count < 2 { listed.append(value) }
  }

  private mutating func takeFixed<T: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: UnsafeRawBufferPointer, _: T.Type, _ number: (T) -> Double
  ) {
    guard bytes.count == MemoryLayout<T>.size else {
      isDamaged = !bytes.isEmpty
      return
    }
    add(number(T(littleEndian: bytes.loadUnaligned(as: T.self))))
  }

  private mutating func takeIntegers(_ bytes: UnsafeRawBufferPointer) {
    var list = WireReader(bytes)
    guard bytes.count <= 20 else { return isDamaged = true }
    while let bits = list.varint() { add(integer(bits)) }
  }

  /// An element of `int_val`, `int64_val` or `half_val`: the last has the bits of a 16-bit number.
  private func integer(_ bits: UInt64) -> Double {
    switch kind {
    case .half: HalfFloat.value(UInt16(truncatingIfNeeded: bits))
    case .bfloat16: HalfFloat.brain(UInt16(truncatingIfNeeded: bits))
    default: Double(Int64(bitPattern: bits))
    }
  }

  private var value: Double? {
    guard let kind else { return nil }
    guard let content, !content.isEmpty else { return listed.count == 1 ? listed[0] : nil }
    return switch kind {
    case .float: whole(content, UInt32.self).map { Double(Float(bitPattern: $0)) }
    case .double: whole(content, UInt64.self).map { Double(bitPattern: $0) }
    case .int32: whole(content, UInt32.self).map { Double(Int32(bitPattern: $0)) }
    case .int64: whole(content, UInt64.self).map { Double(Int64(bitPattern: $0)) }
    case .bfloat16: whole(content, UInt16.self).map(HalfFloat.brain)
    case .half: whole(content, UInt16.self).map(HalfFloat.value)
    }
  }

  private func whole<T: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: UnsafeRawBufferPointer, _: T.Type
  ) -> T? {
    guard bytes.count == MemoryLayout<T>.size else { return nil }
    return T(littleEndian: bytes.loadUnaligned(as: T.self))
  }
}

/// Numbers of 16 bits; `Float16` is not there on every platform.
enum HalfFloat {
  /// A binary16 of IEEE 754.
  static func value(_ bits: UInt16) -> Double {
    let sign: Double = bits >> 15 == 1 ? -1 : 1
    let exponent = Int(bits >> 10 & 0x1F)
    let fraction = Double(bits & 0x3FF)
    switch exponent {
    case 0: return sign * Double(sign: .plus, exponent: -24, significand: 1) * fraction
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default:
      return sign * Double(sign: .plus, exponent: exponent - 25, significand: 1024 + fraction)
    }
  }

  /// A bfloat16: the upper half of a single.
  static func brain(_ bits: UInt16) -> Double {
    Double(Float(bitPattern: UInt32(bits) << 16))
  }
}
