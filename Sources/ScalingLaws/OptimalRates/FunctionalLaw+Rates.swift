import RealModule
public import Schedules

extension FunctionalLaw: RateDifferentiableLaw {
  /// The last loss.
  ///
  /// A drop's gain depends on the area after it, Rₖ, and on the area up to it,
  /// T(k) = T - Rₖ, so that a rate moves the gains of earlier drops by Rₖ and those of later ones by
  /// T(k).
  public func lastLoss(
    of panels: RatePanels, facts: RunFacts, warmup: WarmupArea, coordinates: [Double],
    gradient: inout RatePanelGradient
  ) -> Double {
    let (height, steady, early) = (coordinates[1], coordinates[2], coordinates[3])
    let (s, slope, g) = (coordinates[4], Double.exp(coordinates[5]), coordinates[6])
    let first = panels.firstCounted(warmup)
    // T up to the middle step of each panel, which has no digits as a difference early on.
    var forward = first == 0 ? 0 : panels.warmupArea(warmup)
    for k in first..<panels.counts.count {
      let (n, mean, drop) = (panels.counts[k], panels.means[k], panels.drops[k])
      gradient.scratch[k] = forward + 0.5 * (n + 1) * (mean + 0.25 * (n - 1) / n * drop)
      forward += n * mean
    }
    var after = 0.0
    var sum = 0.0
    // Σ over later drops of what they lose by a larger T(k).
    var later = 0.0
    for k in stride(from: panels.counts.count - 1, through: first, by: -1) {
      let (n, mean, drop) = (panels.counts[k], panels.means[k], panels.drops[k])
      // Steps after the middle one, and how far their mean rate is below the panel's.
      let half = 0.5 * (n - 1)
      let lag = 0.25 * (n + 1) / n
      let area = max(after + half * (mean - lag * drop), 0)
      let reached = gradient.scratch[k]
      let rest = Double.exp(-g * .log(onePlus: slope * area))
      let effect = 1 - rest
      let fade = early * .pow(reached, -s)
      let byArea = drop * (steady + fade) * g * rest / (1 + slope * area) * slope
      let byReached = -drop * fade * s / reached * effect
      sum += drop * (steady + fade) * effect
      gradient.scratch[k] = byArea
      // Of its own steps, those after the middle count to the area, the others to T(k).
      gradient.means[k] = n * later + half * byArea + (n - half) * byReached
      gradient.drops[k] =
        -((steady + fade) * effect - (byArea - byReached) * half * lag)
      later += byReached
      after += n * mean
    }
    let power = height * .pow(forward, -s)
    let progress = -s * power / forward
    var before = 0.0
    for k in first..<panels.counts.count {
      let n = panels.counts[k]
      gradient.means[k] = n * progress - (n * before + gradient.means[k])
      before += gradient.scratch[k]
    }
    return coordinates[0] + power - sum
  }
}
