/// Turns drafted phases into phases one after another, filling in the rates that are left out.
struct SchedulePhaseBuilder {
  let peak: Double
  let minimum: Double
  let convention: ScheduleConvention
  /// The steps of the warm-ups at the beginning.
  let warmupSteps: Int
  private(set) var phases: [SchedulePhase] = []

  init(peak: Double, minimum: Double, convention: ScheduleConvention, warmupSteps: Int) {
    self.peak = peak
    self.minimum = minimum
    self.convention = convention
    self.warmupSteps = warmupSteps
  }

  /// The rate that a phase begins with when it has no `at=`.
  static func usualStart(
    of kind: SchedulePhaseKind, after previous: SchedulePhase?, peak: Double
  ) -> Double {
    previous?.endRate ?? (kind == .warmup ? 0 : peak)
  }

  /// The rate that a phase ends with when it has no `to=`.
  static func usualTarget(
    of kind: SchedulePhaseKind, shape: ScheduleShape.Name, start: Double, peak: Double,
    minimum: Double
  ) -> Double {
    switch kind {
    case .warmup: peak
    case .stable: start
    case .decay: shape == .constant ? start : shape.isOpenEnded ? 0 : minimum
    }
  }

  /// Appends a constant phase as the first one.
  mutating func appendStable(steps: Int, at rate: Double) {
    phases.append(
      SchedulePhase(
        kind: .stable, shape: .constant, firstStep: 0, steps: steps, startRate: rate, target: rate)
    )
  }

  /// Appends a drafted phase of a known length.
  mutating func append(_ draft: SchedulePhaseDraft, steps: Int) throws(ScheduleError) {
    let name = draft.shape ?? (draft.kind == .stable ? .constant : .linear)
    let firstStep = phases.last?.endStep ?? 0
    try checkKeys(draft, shape: name)
    let start =
      try rate(.at, draft)
      ?? Self.usualStart(of: draft.kind, after: phases.last, peak: peak)
    let target =
      try rate(.to, draft)
      ?? Self.usualTarget(of: draft.kind, shape: name, start: start, peak: peak, minimum: minimum)
    if name.needsPositiveEnds { try checkPositive(start, target, draft, name) }
    let shape = try ScheduleShapeBuilder(
      draft: draft, warmupSteps: warmupSteps, firstStep: firstStep
    ).shape(name)
    let (skipped, shapeSteps) = try part(draft, shape: name, steps: steps)
    phases.append(
      SchedulePhase(
        kind: draft.kind, shape: shape, firstStep: firstStep, steps: steps, startRate: start,
        target: target, skipped: skipped, shapeSteps: shapeSteps))
  }

  /// Which part of its shape a phase goes through: `skip=`, and `of=` where it is given.
  private func part(
    _ draft: SchedulePhaseDraft, shape: ScheduleShape.Name, steps: Int
  ) throws(ScheduleError) -> (skipped: Double, shapeSteps: Double?) {
    let skip = draft.parameters[.skipped]
    let whole = draft.parameters[.whole]
    if let (key, token) = skip.map({ ("skip", $0.token) }) ?? whole.map({ ("of", $0.token) }),
      draft.kind == .stable || shape == .constant || shape == .power
    {
      throw ScheduleError(
        .notApplicable, at: token, "\(key)= takes a part of a shape, and this phase has none")
    }
    if let token = whole?.token, shape.isOpenEnded {
      throw ScheduleError(
        .notApplicable, at: token, "'\(shape.rawValue)' has no end, so of= does not apply")
    }
    let skipped = skip?.value ?? 0
    if let skip, !(0...Double(ScheduleResolver.stepLimit)).contains(skipped) {
      throw ScheduleError(
        .valueOutOfRange, at: skip.token, "skip= must be from 0 to 10^12, not '\(skip.token.text)'")
    }
    guard let whole else { return (skipped, nil) }
    // The last position may stand on the shape's end.
    guard whole.value >= (skipped + Double(steps - 1)) * (1 - 1e-12), whole.value > 0,
      whole.value <= 2 * Double(ScheduleResolver.stepLimit)
    else {
      throw ScheduleError(
        .valueOutOfRange, at: whole.token,
        "of= must be at least the phase's own steps with those of skip=, less one, not "
          + "'\(whole.token.text)'")
    }
    try checkEnd(draft, steps: steps, skipped: skipped, whole)
    return (skipped, whole.value)
  }

  /// Refuses a warm-up that the convention would carry past its shape's end.
  private func checkEnd(
    _ draft: SchedulePhaseDraft, steps: Int, skipped: Double,
    _ whole: (value: Double, token: ScheduleToken)
  ) throws(ScheduleError) {
    let shift = convention.warmupNumeratorShift - convention.warmupDenominatorShift
    guard draft.kind == .warmup, shift > 0,
      whole.value < (skipped + Double(steps - 1 + shift)) * (1 - 1e-12)
    else { return }
    throw ScheduleError(
      .valueOutOfRange, at: whole.token,
      "with conv=\(convention.rawValue) the warm-up of '\(draft.name.text)' passes its end; "
        + (whole.token == draft.name ? "leave conv= out" : "raise of= by a step"))
  }

  private func rate(
    _ key: ScheduleKey, _ draft: SchedulePhaseDraft
  ) throws(ScheduleError) -> Double? {
    guard let (written, token) = draft.rates[key] else { return nil }
    return try written.value(peak: peak, at: token)
  }

  private func checkKeys(
    _ draft: SchedulePhaseDraft, shape: ScheduleShape.Name
  ) throws(ScheduleError) {
    if let token = draft.rates[.to]?.token {
      if draft.kind == .stable {
        throw ScheduleError(
          .notApplicable, at: token,
          "a stable phase holds its rate, so to= does not apply; at= makes it hold another one")
      }
    }
    for key in ScheduleKey.allCases {
      guard let owner = key.shapes.first, !key.shapes.contains(shape),
        let parameter = draft.parameters[key]
      else { continue }
      throw ScheduleError(
        .notApplicable, at: parameter.token,
        "\(key.rawValue)= belongs to the shape '\(owner.rawValue)', not to '\(shape.rawValue)'")
    }
  }

  private func checkPositive(
    _ start: Double, _ end: Double, _ draft: SchedulePhaseDraft, _ name: ScheduleShape.Name
  ) throws(ScheduleError) {
    guard start > 0, end > 0 else {
      let side = end <= 0 ? "to 0" : "from 0"
      let remedy = end <= 0 ? "give it to=, as in to=0.01x, or min=" : "give it at="
      throw ScheduleError(
        .valueOutOfRange, at: draft.rates[end <= 0 ? .to : .at]?.token ?? draft.name,
        "'\(name.rawValue)' cannot go \(side); \(remedy)")
    }
    let ratio = end / start
    guard ratio > 0, ratio.isFinite else {
      throw ScheduleError(
        .valueOutOfRange, at: draft.name,
        "the rates at the ends of '\(name.rawValue)' are too far apart")
    }
  }
}
