/// Writes a schedule in its canonical form.
struct SchedulePrinter {
  let schedule: Schedule

  /// The settings and phases, separated by commas.
  var text: String { text(withoutFirst: 0) }

  /// The settings and the phases after the first ones.
  func text(withoutFirst count: Int) -> String {
    var items = ["peak=\(ScheduleNumberFormat.text(schedule.peak))"]
    if schedule.convention != .hf { items.append("conv=\(schedule.convention.rawValue)") }
    var previous = count > 0 ? schedule.phases.prefix(count).last : nil
    for phase in schedule.phases.dropFirst(count) {
      items.append(text(of: phase, after: previous))
      previous = phase
    }
    return items.joined(separator: ",")
  }

  private func text(of phase: SchedulePhase, after previous: SchedulePhase?) -> String {
    var fields = [phase.kind.rawValue, "\(phase.steps)"]
    let shape = phase.shape.name
    if shape != (phase.kind == .stable ? .constant : .linear) { fields.append(shape.rawValue) }
    let start = SchedulePhaseBuilder.usualStart(
      of: phase.kind, after: previous, peak: schedule.peak)
    if phase.startRate != start { fields.append("at=\(text(ofRate: phase.startRate))") }
    let target = SchedulePhaseBuilder.usualTarget(
      of: phase.kind, shape: shape, start: phase.startRate, peak: schedule.peak, minimum: 0)
    if phase.target != target { fields.append("to=\(text(ofRate: phase.target))") }
    if phase.skipped != 0 { fields.append("skip=\(ScheduleNumberFormat.text(phase.skipped))") }
    if phase.shapeSteps != phase.skipped + Double(phase.steps), !shape.isOpenEnded {
      fields.append("of=\(ScheduleNumberFormat.text(phase.shapeSteps))")
    }
    for (key, value) in phase.shape.unusualParameters(warmupSteps: schedule.warmupSteps) {
      fields.append("\(key.rawValue)=\(ScheduleNumberFormat.text(value))")
    }
    return fields.joined(separator: ":")
  }

  /// A rate as a number, or as a multiple of the peak where that is shorter and gives the same.
  private func text(ofRate rate: Double) -> String {
    let absolute = ScheduleNumberFormat.text(rate)
    let ratio = rate / schedule.peak
    guard ratio.isFinite else { return absolute }
    for scale in [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6] {
      let factor = (ratio * scale).rounded() / scale
      guard factor * schedule.peak == rate else { continue }
      let multiple = ScheduleNumberFormat.text(factor) + "x"
      return multiple.count < absolute.count ? multiple : absolute
    }
    return absolute
  }
}

/// The shortest text that reads back as the same number.
package enum ScheduleNumberFormat {
  /// Whole numbers without a point, exponents without leading zeros.
  package static func text(_ value: Double) -> String {
    if abs(value) < 1e15, value == value.rounded() { return "\(Int(value))" }
    let text = "\(value)"
    guard let mark = text.firstIndex(of: "e") else { return text }
    let mantissa = text[..<mark]
    let exponent = Int(text[text.index(after: mark)...].drop { $0 == "+" }) ?? 0
    let plain = mantissa.hasSuffix(".0") ? mantissa.dropLast(2) : mantissa
    return "\(plain)e\(exponent)"
  }
}
