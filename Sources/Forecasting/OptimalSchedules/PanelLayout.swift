import ScalingLaws
import Schedules

/// Panels of steps on the warm-up and between knots, eight at most between two.
struct PanelLayout: Sendable {
  private let knots: RateKnots
  /// The panels, with the warm-up's rates set.
  private(set) var panels: RatePanels
  /// For each panel after the warm-up, the knot before it, where its middle lies between the knots,
  /// and its part of the steps between them.
  private let places: [(knot: Int, middle: Double, share: Double)]
  private(set) var gradient: RatePanelGradient

  init(_ knots: RateKnots) {
    self.knots = knots
    let limits = knots.limits
    var (counts, means, drops) = PanelLayout.warmupPanels(limits)
    let warmupCount = counts.count
    var places: [(knot: Int, middle: Double, share: Double)] = []
    for knot in 0..<(knots.positions.count - 1) {
      let length = knots.positions[knot + 1] - knots.positions[knot]
      let pieces = min(length, 8)
      var done = 0
      for piece in 1...pieces {
        let end = Int((Double(length) * Double(piece) / Double(pieces)).rounded())
        let count = end - done
        places.append(
          (
            knot, (Double(done) + 0.5 * Double(count + 1)) / Double(length),
            Double(count) / Double(length)
          ))
        counts.append(Double(count))
        means.append(limits.peak)
        drops.append(0)
        done = end
      }
    }
    self.places = places
    panels = RatePanels(
      counts: counts, means: means, drops: drops, warmupCount: warmupCount,
      warmupRate: limits.peak)
    gradient = RatePanelGradient(count: counts.count)
  }

  /// Panels of the positions 0 to the end of the warm-up, short at its start.
  static func warmupPanels(
    _ limits: RateLimits
  ) -> (counts: [Double], means: [Double], drops: [Double]) {
    let slope = limits.warmup > 0 ? limits.peak / Double(limits.warmup) : 0
    var counts = [1.0]
    var means = [limits.warmup > 0 ? 1e-7 * limits.peak : limits.peak]
    var drops = [0.0]
    var done = 0
    while done < limits.warmup {
      let count = min(max(done / 16, 1), limits.warmup - done)
      counts.append(Double(count))
      means.append(slope * (Double(done) + 0.5 * Double(count + 1)))
      drops.append(-slope * Double(count))
      done += count
    }
    return (counts, means, drops)
  }

  /// The loss at the last step of a schedule, with its derivatives by the heights.
  mutating func lastLoss(
    of heights: [Double], gradient byHeight: inout [Double],
    law: (RatePanels, inout RatePanelGradient) -> Double
  ) -> Double {
    let peak = knots.limits.peak
    let offset = panels.warmupCount
    for (index, place) in places.enumerated() {
      let left = place.knot == 0 ? 1 : heights[place.knot - 1]
      let right = heights[place.knot]
      panels.means[offset + index] = peak * (left + (right - left) * place.middle)
      panels.drops[offset + index] = peak * (left - right) * place.share
    }
    let loss = law(panels, &gradient)
    for index in byHeight.indices { byHeight[index] = 0 }
    for (index, place) in places.enumerated() {
      let byMean = peak * gradient.means[offset + index]
      let byDrop = peak * gradient.drops[offset + index] * place.share
      if place.knot > 0 { byHeight[place.knot - 1] += byMean * (1 - place.middle) + byDrop }
      byHeight[place.knot] += byMean * place.middle - byDrop
    }
    return loss
  }
}
