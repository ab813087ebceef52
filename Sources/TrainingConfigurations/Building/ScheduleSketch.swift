import Schedules

/// A schedule in the making: phases that end at real positions.
///
/// Frameworks count tokens or samples, or take fractions, so that a phase may end between two
/// updates; whole positions and parts of shapes come out when the sketch is written down.
struct ScheduleSketch {
  /// The peak learning rate.
  let peak: Double
  /// The index convention's name in an expression.
  let convention: String
  private(set) var phases: [PhaseSketch] = []

  init(peak: Double, convention: String = "hf") {
    self.peak = peak
    self.convention = convention
  }

  /// Where the last phase ends.
  var end: Double { phases.last?.end ?? 0 }

  /// Adds a warm-up up to a position; one without a length adds nothing.
  mutating func warmup(
    until position: Double, from start: Double = 0, to target: Double? = nil,
    shape: String = "linear", shapeBegin: Double? = nil, shapeEnd: Double? = nil
  ) {
    append(
      .warmup, shape, until: position, from: start, to: target ?? peak, shapeBegin: shapeBegin,
      shapeEnd: shapeEnd)
  }

  /// Adds a constant rate up to a position: the rate before it, unless another is given.
  mutating func hold(until position: Double, at rate: Double? = nil) {
    append(.stable, "", until: position, from: rate, to: nil, shapeBegin: nil, shapeEnd: nil)
  }

  /// Adds a decay up to a position; from the rate before it, unless another is given.
  mutating func decay(
    _ shape: String, until position: Double, from start: Double? = nil, to target: Double,
    shapeBegin: Double? = nil, shapeEnd: Double? = nil
  ) {
    append(
      .decay, shape, until: position, from: start, to: target,
      shapeBegin: shapeBegin, shapeEnd: shapeEnd)
  }

  /// Adds a phase that begins where the last one ends.
  mutating func append(_ phase: PhaseSketch) {
    var phase = phase
    phase.begin = Self.snapped(phase.begin)
    phase.end = Self.snapped(phase.end)
    phase.shapeBegin = Self.snapped(phase.shapeBegin)
    phase.shapeEnd = Self.snapped(phase.shapeEnd)
    if phase.kind == .stable, var last = phases.last, last.kind == .stable,
      phase.from == nil || phase.from == last.from
    {
      // One hold behind another at the same rate is one hold.
      last.end = phase.end
      phases[phases.count - 1] = last
    } else {
      phases.append(phase)
    }
  }

  private mutating func append(
    _ kind: PhaseSketch.Kind, _ shape: String, until position: Double, from start: Double?,
    to target: Double?, shapeBegin: Double?, shapeEnd: Double?
  ) {
    let position = Self.snapped(position)
    guard position > end else { return }
    append(
      PhaseSketch(
        kind: kind, shape: shape, begin: end, end: position, shapeBegin: shapeBegin ?? end,
        shapeEnd: shapeEnd ?? position, from: start, to: target))
  }

  /// A position that only rounding keeps from a whole number, as that number.
  private static func snapped(_ position: Double) -> Double {
    let whole = position.rounded()
    return abs(position - whole) <= 1e-9 * max(1, abs(whole)) ? whole : position
  }

  /// Cuts off what lies behind a position, or holds the last rate up to it.
  mutating func finish(at position: Double) {
    hold(until: position)
    while let last = phases.last, last.begin >= position, phases.count > 1 {
      phases.removeLast()
    }
    guard var last = phases.popLast() else { return }
    last.end = min(last.end, position)
    phases.append(last)
  }

  /// The sketch as an expression.
  var text: String {
    var items = ["peak=\(ScheduleNumberFormat.text(peak))"]
    if convention != "hf" { items.append("conv=\(convention)") }
    return (items + phases.compactMap(\.text)).joined(separator: ",")
  }

  /// The schedule of the sketch.
  ///
  /// - Throws: `invalid` with the reason that the schedule's own reader gives.
  func schedule() throws(ConfigurationError) -> Schedule {
    do {
      return try Schedule(parsing: text)
    } catch {
      throw ConfigurationError(
        .invalid, "these settings make no schedule: \(error.message) (in '\(text.prefix(400))')")
    }
  }
}
