/// The phases of a preset, one after another.
struct SchedulePresetExpansion {
  /// How a phase's rate goes.
  struct Curve {
    var shape: ScheduleShape.Name = .linear
    var parameters: [ScheduleKey: Double] = [:]
    var start: ScheduleRate?
    var target: ScheduleRate?
  }

  /// The peak.
  static let peak = ScheduleRate.multiple(1)

  /// The preset's place in the text, for errors of its phases.
  let name: ScheduleToken
  private(set) var phases: [(draft: SchedulePhaseDraft, steps: Int)] = []
  /// The steps of the phases so far.
  private(set) var steps = 0

  init(name: ScheduleToken) { self.name = name }

  /// Adds a linear rise to the peak or another rate; none for 0 steps.
  mutating func warmup(
    _ steps: Int, from start: ScheduleRate? = nil, to target: ScheduleRate = peak,
    shape: ScheduleShape.Name = .linear, skipping skipped: Double = 0, of whole: Double? = nil
  ) throws(ScheduleError) {
    try add(
      .warmup, steps, Curve(shape: shape, start: start ?? .absolute(0), target: target),
      skipping: skipped, of: whole)
  }

  /// Adds a constant rate; none for 0 steps.
  mutating func stable(_ steps: Int, at rate: ScheduleRate) throws(ScheduleError) {
    try add(.stable, steps, Curve(shape: .constant, start: rate))
  }

  /// Adds a decay; none for 0 steps.
  mutating func decay(
    _ steps: Int, _ curve: Curve, skipping skipped: Double = 0, of whole: Double? = nil
  ) throws(ScheduleError) {
    try add(.decay, steps, curve, skipping: skipped, of: whole)
  }

  /// Adds the positions between two real ones, the first of which is where the curve begins and
  /// the second where it ends, as far as they lie before `length`.
  mutating func segment(
    _ kind: SchedulePhaseKind, from first: Double, to last: Double, before length: Int,
    _ curve: Curve
  ) throws(ScheduleError) {
    // A boundary that is whole but for rounding is whole.
    let end = min(Double(length), (last - 1e-9 * max(1, last)).rounded(.up))
    let count = end - Double(steps)
    guard count >= 1 else { return }
    let gone = Double(steps) - first
    let skipped = abs(gone) <= 1e-9 * max(1, first) ? 0 : gone
    let whole = abs(last - first - count) <= 1e-9 * max(1, last) ? count : last - first
    try add(kind, Int(count), curve, skipping: skipped, of: whole)
  }

  private mutating func add(
    _ kind: SchedulePhaseKind, _ count: Int, _ curve: Curve, skipping skipped: Double = 0,
    of whole: Double? = nil
  ) throws(ScheduleError) {
    guard count > 0 else { return }
    guard phases.count < ScheduleResolver.phaseLimit else {
      throw ScheduleError.tooManyPhases(at: name)
    }
    var draft = SchedulePhaseDraft(name: name, kind: kind)
    draft.shape = kind == .stable ? nil : curve.shape
    draft.rates = [:]
    if let start = curve.start { draft.rates[.at] = (start, name) }
    if let target = curve.target { draft.rates[.to] = (target, name) }
    for (key, value) in curve.parameters { draft.parameters[key] = (value, name) }
    if skipped != 0 { draft.parameters[.skipped] = (skipped, name) }
    if let whole, whole != skipped + Double(count) { draft.parameters[.whole] = (whole, name) }
    phases.append((draft, count))
    steps += count
  }
}

extension ScheduleError {
  /// Too many phases, at the item that brings them above the limit.
  static func tooManyPhases(at token: ScheduleToken) -> ScheduleError {
    ScheduleError(
      .tooManyPhases, at: token,
      "'\(token.text)' brings the phases above the limit of \(ScheduleResolver.phaseLimit)")
  }
}

extension SchedulePresetCall {
  /// The curve of the decay that the user chose, or the preset's usual one.
  func decayCurve(
    from start: ScheduleRate, to target: ScheduleRate
  )
    -> SchedulePresetExpansion.Curve
  {
    SchedulePresetExpansion.Curve(
      shape: draft.shape?.name ?? draft.preset.usualShape ?? .linear,
      parameters: draft.shapeParameters.mapValues(\.value), start: start, target: target)
  }
}
