import ScalingLaws
import Schedules

/// Panels of steps for a given schedule, short at both ends of its last phase, where shapes bend.
enum SchedulePanels {
  /// The panels of a schedule whose rates stay at the peak after the warm-up until its decay.
  static func panels(of schedule: Schedule, limits: RateLimits) -> RatePanels {
    var (counts, means, drops) = PanelLayout.warmupPanels(limits)
    let warmupCount = counts.count
    var last = limits.warmup
    var rate = limits.peak
    for end in ends(stable: SchedulePanels.stableEnd(of: schedule, limits: limits), limits) {
      let next = max(schedule.learningRate(at: end), limits.floor)
      counts.append(Double(end - last))
      means.append(max(mean(of: schedule, from: last + 1, through: end), limits.floor))
      drops.append(rate - next)
      (last, rate) = (end, next)
    }
    return RatePanels(
      counts: counts, means: means, drops: drops, warmupCount: warmupCount,
      warmupRate: limits.peak)
  }

  /// The last position at the peak, by bisection: the rate does not rise after the warm-up.
  private static func stableEnd(of schedule: Schedule, limits: RateLimits) -> Int {
    var (low, high) = (limits.warmup, limits.total)
    while low < high {
      let middle = low + (high - low + 1) / 2
      if schedule.learningRate(at: middle) >= limits.peak {
        low = middle
      } else {
        high = middle - 1
      }
    }
    return low
  }

  /// The last positions of panels.
  private static func ends(stable: Int, _ limits: RateLimits) -> [Int] {
    let length = limits.total - stable
    var offsets: [Int] = []
    var offset = 0
    while offset < length {
      let room = min(offset, length - offset)
      offset = min(offset + max(1, room / 25), length)
      offsets.append(stable + offset)
    }
    return (stable > limits.warmup ? [stable] : []) + offsets
  }

  /// Simpson's rule over a panel.
  private static func mean(of schedule: Schedule, from first: Int, through last: Int) -> Double {
    let (left, right) = (schedule.learningRate(at: first), schedule.learningRate(at: last))
    guard last - first > 1 else { return 0.5 * (left + right) }
    let middle = first + (last - first) / 2
    let centre =
      (last - first) % 2 == 0
      ? schedule.learningRate(at: middle)
      : 0.5 * (schedule.learningRate(at: middle) + schedule.learningRate(at: middle + 1))
    return (left + 4 * centre + right) / 6
  }
}
