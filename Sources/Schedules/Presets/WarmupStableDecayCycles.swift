/// WSD-S: the periods of one run, each with a decay at its end.
extension SchedulePreset {
  /// The lengths of the periods; nil when only their number is given.
  static func periods(of call: SchedulePresetCall) throws(ScheduleError) -> [Int]? {
    guard call.has("periods") else { return nil }
    if call.has("cycles") {
      throw ScheduleError(
        .notApplicable, at: call.token("cycles"), "periods= gives the cycles; leave cycles= out")
    }
    var periods: [Int] = []
    var sum = 0
    for part in try call.list("periods") {
      let steps = try call.steps(part, of: { () throws(ScheduleError) in try call.length() })
      // The sum must not overflow; a schedule's limit is checked later.
      guard sum <= ScheduleResolver.stepLimit else {
        throw ScheduleError(
          .tooManySteps, at: part, "the periods bring the steps above the limit of 10^12")
      }
      guard steps > 0 else {
        throw ScheduleError(.valueOutOfRange, at: part, "a period needs at least one step")
      }
      periods.append(steps)
      sum += steps
    }
    return periods
  }

  /// The periods, equal ones where only their number is given.
  private static func allPeriods(of call: SchedulePresetCall) throws(ScheduleError) -> [Int] {
    if let periods = try periods(of: call) {
      guard try call.rest(after: periods) == 0 else {
        throw ScheduleError(
          .totalMismatch, at: call.token("periods"),
          "the periods sum to \(periods.reduce(0, +)) steps, but '\(call.name.text)' has "
            + "\(try call.length())")
      }
      return periods
    }
    let count = try call.count("cycles")
    let length = try call.length()
    guard count <= length else {
      throw ScheduleError(
        .valueOutOfRange, at: call.token("cycles"), "there are more cycles than steps")
    }
    // Whole steps; the parts that do not divide go to the last periods.
    let ends = (0...count).map { Int(Double(length) * (Double($0) / Double(count))) }
    return zip(ends.dropFirst(), ends).map { $0 - $1 }
  }

  static func expandWSDS(
    _ call: SchedulePresetCall, _ phases: inout SchedulePresetExpansion
  ) throws(ScheduleError) {
    let periods = try allPeriods(of: call)
    let decays = try call.list("decay")
    let peaks = try call.list("peaks")
    try checkCount(of: decays, "decay", periods, call)
    try checkCount(of: peaks, "peaks", periods, call)
    let isShareOfEnd = try call.choice("share", of: ["period", "end"]) == "end"
    let isInclusive = try call.choice("inclusive", of: ["no", "yes"]) == "yes"
    let warmup = try call.steps("warmup")
    let rewarm = try call.steps("rewarm")
    let floor = try call.end()
    var end = 0
    for (index, period) in periods.enumerated() {
      end += period
      let whole = isShareOfEnd ? end : period
      let decay = try call.steps(
        decays[min(index, decays.count - 1)], of: { () throws(ScheduleError) in whole })
      let factor = try factor(peaks[min(index, peaks.count - 1)])
      let rise = index == 0 ? warmup : rewarm
      // With an inclusive end the period before has taken one step of this one.
      let borrowed = isInclusive && index > 0 ? 1 : 0
      let stable = period - rise - decay - borrowed
      guard stable >= 0 else {
        throw ScheduleError(
          .totalMismatch, at: call.name,
          "period \(index + 1) of '\(call.name.text)' has \(period) steps, fewer than its warm-up "
            + "of \(rise) and its decay of \(decay)")
      }
      let top = ScheduleRate.multiple(factor)
      try phases.warmup(rise, from: index == 0 ? try call.rate("start") : floor, to: top)
      try phases.stable(stable, at: top)
      let lends = isInclusive && index + 1 < periods.count ? 1 : 0
      guard decay > 0 else {
        try phases.stable(lends, at: top)
        continue
      }
      try phases.decay(
        decay + lends, call.decayCurve(from: top, to: floor), of: Double(decay))
    }
  }

  private static func factor(_ token: ScheduleToken) throws(ScheduleError) -> Double {
    let factor = try token.number("peaks")
    try token.requirePositive(factor, "a multiple of peaks=")
    return factor
  }

  private static func checkCount(
    of list: [ScheduleToken], _ key: String, _ periods: [Int], _ call: SchedulePresetCall
  ) throws(ScheduleError) {
    guard list.count != 1, list.count != periods.count else { return }
    throw ScheduleError(
      .valueOutOfRange, at: call.token(key),
      "\(key)= has \(list.count) values for \(periods.count) periods; give one, or one a period")
  }
}
