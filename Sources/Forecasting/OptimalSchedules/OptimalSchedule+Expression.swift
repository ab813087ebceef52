import Schedules

extension OptimalSchedule {
  /// The schedule as a chain of linear decays between the steps where it crosses certain heights.
  ///
  /// - Returns: nil when the rate does not fall.
  func chain(of heights: [Double] = Self.heights) -> Schedule? {
    var phases = ["peak=\(limits.peak)"]
    if limits.warmup > 0 { phases.append("warmup:\(limits.warmup)") }
    let last = rates[rates.count - 1] / limits.peak
    var (step, level) = (limits.warmup, 1.0)
    for height in heights where height > 1.05 * last {
      let next = path.lastStep(notBelow: height * limits.peak, within: limits)
      guard next > step else { continue }
      phases.append(phase(steps: next - step, from: level, to: height))
      (step, level) = (next, height)
    }
    guard limits.total > step, level > last else { return nil }
    phases.append(phase(steps: limits.total - step, from: level, to: last))
    return try? Schedule(parsing: phases.joined(separator: ","))
  }

  private static let heights = [
    1, 0.9, 0.75, 0.6, 0.45, 0.3, 0.2, 0.13, 0.08, 0.05, 0.03, 0.02, 0.01, 0.005, 0.002,
  ]

  private func phase(steps: Int, from level: Double, to height: Double) -> String {
    height == level
      ? "stable:\(steps)"
      : "decay:\(steps):to=\(ScheduleFamily.text(ofHeight: height, within: limits))"
  }
}
