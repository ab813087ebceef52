import Schedules

/// A phase with ends that may lie between two positions.
///
/// Positions from `begin` on and before `end` are the phase's; the shape goes from `shapeBegin` to
/// `shapeEnd`, which may reach beyond the phase on either side.
struct PhaseSketch {
  /// The kinds of phases, as an expression names them.
  enum Kind: String {
    case warmup
    case stable
    case decay
  }

  var kind: Kind
  /// The shape's name and parameters in an expression, `poly:p=2`; empty for a stable phase.
  var shape: String
  var begin: Double
  var end: Double
  var shapeBegin: Double
  var shapeEnd: Double
  /// The rate where the shape begins; nil for the rate that the phase before hands on.
  var from: Double?
  /// The rate where the shape ends, or that it approaches; nil for a stable phase.
  var to: Double?

  /// The first position that the phase owns, as a whole number.
  var firstStep: Double { begin.rounded(.up) }

  /// How many positions the phase owns.
  var steps: Double { max(0, end.rounded(.up) - firstStep) }

  /// The phase as an expression writes it; nil when it owns no position.
  var text: String? {
    guard steps > 0 else { return nil }
    let number = ScheduleNumberFormat.text
    var fields = [kind.rawValue, number(steps), shape].filter { !$0.isEmpty }
    if let from { fields.append("at=\(number(from))") }
    if let to { fields.append("to=\(number(to))") }
    let skipped = firstStep - shapeBegin
    if skipped != 0, hasParts { fields.append("skip=\(number(skipped))") }
    let whole = shapeEnd - shapeBegin
    if whole != skipped + steps, hasParts, hasEnd { fields.append("of=\(number(whole))") }
    return fields.joined(separator: ":")
  }

  /// Whether the shape comes to its target.
  private var hasEnd: Bool {
    !["invsqrt", "half-life", "power"].contains { shape.hasPrefix($0) }
  }

  /// Whether a part of the shape may be taken.
  private var hasParts: Bool { kind != .stable && shape != "const" && !shape.hasPrefix("power") }
}
