/// One `Event` of a TensorBoard event file, as far as scalars go.
///
/// Source: tensorflow/core/util/event.proto and framework/summary.proto (field numbers).
struct EventMessage {
  /// A named number.
  struct Scalar {
    /// The tag's bytes; they live as long as the event's.
    var tag: UnsafeRawBufferPointer
    /// The number.
    var value: Double
  }

  /// When it was written, in seconds since 1970.
  private(set) var wallTime = Double.nan
  /// The step.
  private(set) var step: Int64 = 0
  /// Whether a session starts here: what was written for this step and later is void.
  private(set) var isSessionStart = false
  /// The summary's values.
  private(set) var scalars: [Scalar] = []

  /// Reads an event into this value, whose memory is used again.
  ///
  /// - Returns: whether the bytes are an event.
  mutating func read(_ bytes: UnsafeRawBufferPointer) -> Bool {
    scalars.removeAll(keepingCapacity: true)
    (wallTime, step, isSessionStart) = (.nan, 0, false)
    var fields = WireReader(bytes)
    while let field = fields.next() {
      switch (field.number, field.value) {
      case (1, .fixed64(let bits)): wallTime = Double(bitPattern: bits)
      case (2, .integer(let bits)): step = Int64(bitPattern: bits)
      case (5, .bytes(let summary)): readSummary(summary)
      case (7, .bytes(let session)): isSessionStart = Self.starts(session)
      default: break
      }
    }
    return !fields.isDamaged
  }

  private mutating func readSummary(_ summary: UnsafeRawBufferPointer) {
    var fields = WireReader(summary)
    while let field = fields.next() {
      if field.number == 1, let value = field.value.message { readValue(value) }
    }
  }

  private mutating func readValue(_ bytes: UnsafeRawBufferPointer) {
    var tag: UnsafeRawBufferPointer?
    var value: Double?
    var isOther = false
    var fields = WireReader(bytes)
    while let field = fields.next() {
      switch (field.number, field.value) {
      case (1, .bytes(let name)): tag = name
      case (2, .fixed32(let bits)): value = Double(Float(bitPattern: bits))
      case (8, .bytes(let tensor)): value = TensorScalar.value(of: tensor)
      case (9, .bytes(let metadata)): isOther = Self.isNoScalar(metadata)
      default: break
      }
    }
    guard let tag, let value, !isOther, !fields.isDamaged else { return }
    scalars.append(Scalar(tag: tag, value: value))
  }

  /// Whether a summary's metadata say that it is for another plugin than the one for scalars.
  private static func isNoScalar(_ metadata: UnsafeRawBufferPointer) -> Bool {
    var plugin: UnsafeRawBufferPointer?
    var dataClass: UInt64 = 0
    var fields = WireReader(metadata)
    while let field = fields.next() {
      switch (field.number, field.value) {
      case (1, .bytes(let bytes)):
        var inner = WireReader(bytes)
        while let field = inner.next() {
          if field.number == 1 { plugin = field.value.message }
        }
      case (4, .integer(let number)): dataClass = number
      default: break
      }
    }
    // 0 unknown, 1 scalar, 2 tensor, 3 blob sequence.
    if dataClass > 1 { return true }
    guard dataClass == 0, let plugin, !plugin.isEmpty else { return false }
    return !plugin.elementsEqual("scalars".utf8)
  }

  /// Whether a `SessionLog` has the status START.
  private static func starts(_ session: UnsafeRawBufferPointer) -> Bool {
    var fields = WireReader(session)
    var status: UInt64?
    while let field = fields.next() {
      if field.number == 1 { status = field.value.number }
    }
    return status == 1
  }
}
