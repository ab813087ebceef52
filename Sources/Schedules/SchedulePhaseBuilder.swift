/// Turns drafted phases into phases one after another, filling in the rates that are left out.
struct SchedulePhaseBuilder {
  let peak: Double
  let minimum: Double
  /// The steps of the first phase when it is a warm-up, else 0.
  let warmupSteps: Int
  private(set) var phases: [SchedulePhase] = []

  init(peak: Double, minimum: Double, warmupSteps: Int) {
    self.peak = peak
    self.minimum = minimum
    self.warmupSteps = warmupSteps
  }

  /// The rate that a phase begins with when it has no `at=`.
  static func usualStart(
    of kind: SchedulePhaseKind, after previous: SchedulePhase?, peak: Double
  ) -> Double {
    previous?.endRate ?? (kind == .warmup ? 0 : peak)
  }

  /// The rate that a phase ends with when it has no `to=`.
  static func usualEnd(
    of kind: SchedulePhaseKind, shape: ScheduleShape.Name, start: Double, peak: Double,
    minimum: Double
  ) -> Double {
    switch kind {
    case .warmup: peak
    case .stable: start
    case .decay: shape == .constant ? start : minimum
    }
  }

  /// Appends a constant phase at the peak.
  mutating func appendStable(steps: Int) {
    phases.append(
      SchedulePhase(
        kind: .stable, shape: .constant, firstStep: 0, steps: steps, startRate: peak, endRate: peak)
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
    let end =
      try rate(.to, draft)
      ?? Self.usualEnd(of: draft.kind, shape: name, start: start, peak: peak, minimum: minimum)
    if name.needsPositiveEnds { try checkPositive(start, end, draft, name) }
    let shape = try ScheduleShapeBuilder(
      draft: draft, warmupSteps: warmupSteps, firstStep: firstStep
    ).shape(name)
    let phase = SchedulePhase(
      kind: draft.kind, shape: shape, firstStep: firstStep, steps: steps, startRate: start,
      endRate: end)
    phases.append(phase.withComputedEnd())
  }

  private func rate(
    _ key: ScheduleKey, _ draft: SchedulePhaseDraft
  ) throws(ScheduleError) -> Double? {
    guard let (written, token) = draft.rates[key] else { return nil }
    let rate = written.value(peak: peak)
    guard rate.isFinite else {
      throw ScheduleError(
        .valueOutOfRange, at: token, "'\(token.text)' is beyond the range of numbers")
    }
    return rate
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
      if shape.isOpenEnded {
        throw ScheduleError(
          .notApplicable, at: token,
          "'\(shape.rawValue)' has no end rate of its own, so to= does not apply; follow it by a "
            + "decay to reach one")
      }
    }
    for key in ScheduleKey.allCases {
      guard let owner = key.shape, owner != shape, let parameter = draft.parameters[key] else {
        continue
      }
      throw ScheduleError(
        .notApplicable, at: parameter.token,
        "\(key.rawValue)= belongs to the shape '\(owner.rawValue)', not to '\(shape.rawValue)'")
    }
  }

  private func checkPositive(
    _ start: Double, _ end: Double, _ draft: SchedulePhaseDraft, _ name: ScheduleShape.Name
  ) throws(ScheduleError) {
    guard start <= 0 || end <= 0 else { return }
    let side = end <= 0 ? "to 0" : "from 0"
    let remedy = end <= 0 ? "give it to=, as in to=0.01x, or min=" : "give it at="
    throw ScheduleError(
      .valueOutOfRange, at: draft.rates[end <= 0 ? .to : .at]?.token ?? draft.name,
      "'\(name.rawValue)' cannot go \(side); \(remedy)")
  }
}

/// Gives a shape its parameters.
struct ScheduleShapeBuilder {
  let draft: SchedulePhaseDraft
  let warmupSteps: Int
  let firstStep: Int

  /// The shape of a name with the draft's parameters, the usual ones where it has none.
  func shape(_ name: ScheduleShape.Name) throws(ScheduleError) -> ScheduleShape {
    switch name {
    case .linear: return .linear
    case .cosine: return .cosine
    case .oneMinusSquareRoot: return .oneMinusSquareRoot
    case .square: return .square
    case .mirrorCosine: return .mirrorCosine
    case .polynomial: return .polynomial(power: try positive(.power) ?? ScheduleShape.usualPower)
    case .exponential: return .exponential
    case .megatronExponential: return .megatronExponential
    case .halfLife: return .halfLife(steps: try halfLife())
    case .inverse: return .inverse
    case .inverseSquareRoot:
      let usual = ScheduleShape.usualTimescale(warmupSteps: warmupSteps)
      return .inverseSquareRoot(timescale: try positive(.timescale) ?? usual)
    case .power: return try power()
    case .rex: return try rex()
    case .hyperbolicTangent: return try hyperbolicTangent()
    case .constant: return .constant
    case .quadratic: return .quadratic
    case .logarithmic: return .logarithmic
    }
  }

  private func positive(_ key: ScheduleKey) throws(ScheduleError) -> Double? {
    guard let (value, token) = draft.parameters[key] else { return nil }
    try token.requirePositive(value, "\(key.rawValue)=")
    return value
  }

  private func halfLife() throws(ScheduleError) -> Double {
    guard let steps = try positive(.halfLife) else {
      throw ScheduleError(
        .missingParameter, at: draft.name, "'half-life' needs h=, the steps of one halving")
    }
    return steps
  }

  private func power() throws(ScheduleError) -> ScheduleShape {
    guard firstStep > 0 else {
      throw ScheduleError(
        .notApplicable, at: draft.name,
        "'power' scales with the run's step and cannot begin at step 0; put a warm-up before it")
    }
    guard let (exponent, token) = draft.parameters[.exponent] else {
      return .power(exponent: ScheduleShape.usualExponent)
    }
    guard exponent < 0 else {
      throw ScheduleError(
        .valueOutOfRange, at: token, "b= must be negative for the rate to fall, not '\(token.text)'"
      )
    }
    return .power(exponent: exponent)
  }

  private func rex() throws(ScheduleError) -> ScheduleShape {
    guard let (beta, token) = draft.parameters[.beta] else {
      return .rex(beta: ScheduleShape.usualBeta)
    }
    guard beta < 1 else {
      throw ScheduleError(
        .valueOutOfRange, at: token, "beta= must be below 1, not \(ScheduleNumberFormat.text(beta))"
      )
    }
    return .rex(beta: beta)
  }

  private func hyperbolicTangent() throws(ScheduleError) -> ScheduleShape {
    let lower = draft.parameters[.lowerBound]?.value ?? ScheduleShape.usualLowerBound
    let upper = draft.parameters[.upperBound]?.value ?? ScheduleShape.usualUpperBound
    guard lower < upper else {
      let token = draft.parameters[.lowerBound]?.token ?? draft.parameters[.upperBound]?.token
      throw ScheduleError(
        .valueOutOfRange, at: token ?? draft.name,
        "lb= must be below ub=; they are \(ScheduleNumberFormat.text(lower)) and "
          + "\(ScheduleNumberFormat.text(upper))")
    }
    return .hyperbolicTangent(lower: lower, upper: upper)
  }
}
