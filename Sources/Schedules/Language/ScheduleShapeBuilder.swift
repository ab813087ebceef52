/// Gives a shape its parameters.
struct ScheduleShapeBuilder {
  let draft: SchedulePhaseDraft
  let warmupSteps: Int
  let firstStep: Int

  /// The shape of a name with the draft's parameters, the usual ones where it has none.
  func shape(_ name: ScheduleShape.Name) throws(ScheduleError) -> ScheduleShape {
    switch name {
    case .linear: return .linear
    case .cosine:
      return .cosine(
        power: try positive(.power) ?? ScheduleShape.usualPower,
        warp: try positive(.warp) ?? ScheduleShape.usualWarp)
    case .cosineLinear: return .cosineLinear
    case .oneMinusSquareRoot: return .oneMinusSquareRoot
    case .square: return .square
    case .mirrorCosine: return .mirrorCosine
    case .polynomial: return .polynomial(power: try positive(.power) ?? ScheduleShape.usualPower)
    case .exponential: return .exponential
    case .megatronExponential: return .megatronExponential(base: try base())
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

  private func base() throws(ScheduleError) -> Double {
    guard let (base, token) = draft.parameters[.base] else { return ScheduleShape.usualBase }
    guard base > 1e-300, base < 1 - 1e-9 else {
      throw ScheduleError(
        .valueOutOfRange, at: token,
        "g= must be between 0 and 1, not \(ScheduleNumberFormat.text(base)); near 1 it is linear")
    }
    return base
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
        .valueOutOfRange, at: token,
        "b= must be negative for the rate to fall, not \(ScheduleNumberFormat.text(exponent))"
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
