import RealModule
public import Schedules

extension NoiseFloorLaw: RateDifferentiableLaw {
  /// The last loss.
  ///
  /// F follows from panel to panel; how the last F depends on an earlier one is the
  /// product of the memories between, which a pass backwards collects.
  public func lastLoss(
    of panels: RatePanels, facts: RunFacts, warmup: WarmupArea, coordinates: [Double],
    gradient: inout RatePanelGradient
  ) -> Double {
    let law = Exponents(coordinates)
    let first = panels.warmupCount
    let (count, reference) = (panels.counts.count, law.reference)
    let warmupLevel = panels.warmupRate / reference
    var progress = 0.0
    for panel in 0..<first {
      let rate = warmup == .peak ? panels.warmupRate : panels.means[panel]
      progress += panels.counts[panel] * .pow(rate / reference, law.kappa)
    }
    var floor = warmup == .full ? 0 : Double.pow(warmupLevel, law.delta)
    if warmup == .full {
      for panel in 0..<first {
        floor =
          law.floor(
            after: floor, rate: panels.means[panel] / reference, steps: panels.counts[panel]
          ).value
      }
    }
    for panel in first..<count {
      let (rate, steps) = (panels.means[panel] / reference, panels.counts[panel])
      let gain = steps * .pow(rate, law.kappa)
      progress += gain
      let next = law.floor(after: floor, rate: rate, steps: steps)
      floor = next.value
      gradient.means[panel] = next.byRate / reference
      gradient.drops[panel] = gain * law.kappa / panels.means[panel]
      gradient.scratch[panel] = next.memory
    }
    let power = coordinates[1] * .pow(progress, -law.alpha)
    let own = progress * .pow(warmupLevel, -law.kappa)
    let transient = coordinates[3] / (own * own)
    let byProgress = -(law.alpha * power + 2 * transient) / progress
    var carried = coordinates[2]
    for panel in stride(from: count - 1, through: first, by: -1) {
      gradient.means[panel] =
        carried * gradient.means[panel] + byProgress * gradient.drops[panel]
      gradient.drops[panel] = 0
      carried *= gradient.scratch[panel]
    }
    let size = facts.modelSize.map { coordinates[4] * .pow($0 / 1e6, -Double.exp(coordinates[9])) }
    return coordinates[0] + power + coordinates[2] * floor + transient + (size ?? 0)
  }

  /// The nonlinear parameters.
  private struct Exponents {
    let alpha: Double
    let kappa: Double
    let delta: Double
    let forgetting: Double
    let mu: Double
    let reference: Double

    init(_ coordinates: [Double]) {
      alpha = .exp(coordinates[5])
      kappa = coordinates[6]
      delta = coordinates[7]
      forgetting = .exp(coordinates[8])
      mu = coordinates[10]
      reference = coordinates[11]
    }

    /// F after some steps at a rate, its derivative by the rate, and what is left of the F before.
    func floor(
      after before: Double, rate: Double, steps: Double
    ) -> (value: Double, byRate: Double, memory: Double) {
      let level = Double.pow(rate, delta)
      let forgotten = forgetting * .pow(rate, mu) * steps
      let memory = Double.exp(-forgotten)
      let fresh = -Double.expMinusOne(-forgotten)
      let byRate =
        (fresh * delta * level - (before - level) * memory * forgotten * mu) / rate
      return (memory * before + fresh * level, byRate, memory)
    }
  }
}
