import RealModule
import Schedules

/// Finds a family's schedule of the least loss: a coarse grid, then a compass search.
struct FamilySearch {
  let family: ScheduleFamily
  /// The losses of schedules within given limits.
  let objective: ScheduleObjective
  /// The peaks allowed, when the peak is to be chosen as well.
  var peaks: ClosedRange<Double>?

  /// The best schedule; nil when none has a finite loss.
  func best() -> Schedule? {
    let points = grid().map { ($0, loss(at: $0)) }.filter(\.1.isFinite)
    guard var (place, least) = points.min(by: { $0.1 < $1.1 }) else { return nil }
    var steps = firstSteps
    while steps.contains(where: { $0 > 2e-3 }) {
      var improved = false
      for axis in steps.indices where steps[axis] > 2e-3 {
        for sign in [1.0, -1] {
          var trial = place
          trial[axis] += sign * steps[axis]
          let value = loss(at: trial)
          guard value < least - 1e-9 else { continue }
          (place, least, improved) = (trial, value, true)
          break
        }
      }
      if !improved { for axis in steps.indices { steps[axis] *= 0.5 } }
    }
    guard let limits = limits(at: place) else { return nil }
    return try? family.schedule(decay(at: place), within: limits)
  }

  /// Coordinates are log fraction, √end, log power and log peak.
  private var firstSteps: [Double] {
    [
      family.isWhole || family.shape.isEmpty ? 0 : 0.3, family.shape.isEmpty ? 0 : 0.08,
      family.hasPower ? 0.2 : 0, peaks == nil ? 0 : 0.2,
    ]
  }

  private func grid() -> [[Double]] {
    let fractions = firstSteps[0] == 0 ? [1] : [0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 1]
    let ends = firstSteps[1] == 0 ? [0] : [0.001, 0.01, 0.05, 0.15]
    let powers = firstSteps[2] == 0 ? [1] : [1, 1.6, 2.5]
    let peaks = peaks.map { [$0.lowerBound, $0.upperBound] } ?? [objective.limits.peak]
    return fractions.flatMap { fraction in
      ends.flatMap { end in
        powers.flatMap { power in
          peaks.map { [.log(fraction), end.squareRoot(), .log(power), .log($0)] }
        }
      }
    }
  }

  private func decay(at place: [Double]) -> ScheduleFamily.Decay {
    ScheduleFamily.Decay(
      fraction: .exp(min(place[0], 0)), end: min(max(place[1], 0) * max(place[1], 0), 1),
      power: .exp(min(max(place[2], -1.5), 2.5)))
  }

  private func limits(at place: [Double]) -> RateLimits? {
    guard let peaks else { return objective.limits }
    let limits = objective.limits
    // Twelve digits: the logarithm's rounding must not be seen.
    let peak = min(max(ScheduleFamily.rounded(.exp(place[3])), peaks.lowerBound), peaks.upperBound)
    return try? RateLimits(
      total: limits.total, warmup: limits.warmup, peak: peak, minimum: limits.minimum)
  }

  private func loss(at place: [Double]) -> Double {
    guard let limits = limits(at: place),
      let schedule = try? family.schedule(decay(at: place), within: limits)
    else { return .infinity }
    let loss = objective.within(limits).loss(of: schedule)
    return loss.isFinite ? loss : .infinity
  }
}
