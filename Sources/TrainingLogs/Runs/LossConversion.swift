#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

extension LossUnit {
  /// A value in this unit in nats, by definition of the unit.
  ///
  /// Bits times log 2; the logarithm of a perplexity. Bits per byte become nats per byte. Values of an
  /// unknown unit stay as they are.
  @inline(__always)
  func nats(_ value: Double) -> Double {
    if RowTable.isMissing(value) { return value }
    return switch self {
    case .nats, .unknown: value
    case .bits, .bitsPerByte: value * 0.693_147_180_559_945_3
    case .perplexity: log(value)
    }
  }

  /// Whether values are changed by the conversion.
  var isConverted: Bool { self != .nats && self != .unknown }

  /// What the unit is called in messages.
  var phrase: String {
    switch self {
    case .nats: "nats"
    case .bits: "bits"
    case .bitsPerByte: "bits per byte"
    case .perplexity: "a perplexity"
    case .unknown: "an unknown unit"
    }
  }
}
