import RealModule
import Schedules

/// A family of schedules: warm-up, a stretch at the peak and a decay of one shape.
public struct ScheduleFamily: Sendable, Hashable {
  /// What people call it.
  public var name: String
  /// The decay's shape as schedules write it; empty for a rate that stays.
  var shape: String
  /// Whether the decay takes all steps after the warm-up.
  var isWhole = false

  /// Whether the decay has an exponent to choose.
  var hasPower: Bool { shape == "poly" }
  /// The least end over the peak that the shape can reach.
  var lowestEnd: Double { shape == "exp" ? 1e-4 : 0 }

  /// A decay in a form that a search can vary.
  struct Decay: Sendable, Hashable {
    /// The part of the steps after the warm-up.
    var fraction: Double
    /// Where the decay ends, over the peak.
    var end: Double
    /// The exponent of `poly`.
    var power: Double
  }

  /// The schedule of a decay within limits.
  func schedule(_ decay: Decay, within limits: RateLimits) throws(ScheduleError) -> Schedule {
    var phases = ["peak=\(limits.peak)"]
    if limits.warmup > 0 { phases.append("warmup:\(limits.warmup)") }
    let length =
      isWhole
      ? limits.steps
      : min(max(Int((decay.fraction * Double(limits.steps)).rounded()), 1), limits.steps)
    if shape.isEmpty || length < limits.steps {
      phases.append("stable:\(shape.isEmpty ? limits.steps : limits.steps - length)")
    }
    if !shape.isEmpty {
      let power = hasPower ? ":p=\(Self.rounded(decay.power))" : ""
      let end = max(decay.end, lowestEnd, limits.minimum / limits.peak)
      phases.append(
        "decay:\(length):\(shape)\(power):to=\(Self.text(ofHeight: end, within: limits))")
    }
    return try Schedule(parsing: phases.joined(separator: ","))
  }

  /// Three significant digits.
  static func rounded(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return value }
    let unit = Double.pow(10, Double.log10(value).rounded(.down) - 2)
    let steps = (value / unit).rounded()
    // Division by a whole power of ten rounds once, where multiplication by a tenth would twice.
    return unit < 1 ? steps / (1 / unit).rounded() : steps * unit
  }

  /// A rate over the peak as a schedule writes it, of three digits unless that falls below the least.
  static func text(ofHeight height: Double, within limits: RateLimits) -> String {
    let short = rounded(height)
    return short * limits.peak < limits.minimum ? "\(limits.minimum)" : "\(short)x"
  }

  /// The families compared.
  public static let all = [
    constant,
    ScheduleFamily(name: "cosine", shape: "cosine", isWhole: true),
    ScheduleFamily(name: "WSD linear", shape: "linear"),
    ScheduleFamily(name: "WSD cosine", shape: "cosine"),
    ScheduleFamily(name: "WSD 1-sqrt", shape: "1-sqrt"),
    ScheduleFamily(name: "WSD square", shape: "square"),
    ScheduleFamily(name: "WSD exp", shape: "exp"),
    poly,
  ]

  /// The rate stays.
  static let constant = ScheduleFamily(name: "constant", shape: "")

  /// Powers of what is left, of any exponent.
  static let poly = ScheduleFamily(name: "WSD poly", shape: "poly")
}
