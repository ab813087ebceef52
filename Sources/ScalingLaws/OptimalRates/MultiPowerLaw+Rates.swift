import RealModule
public import Schedules

extension MultiPowerLaw: RateDifferentiableLaw {
  /// All forms but the one that counts steps, of which no schedule is the best.
  public var givesRateDerivatives: Bool { !form.countsSteps }

  /// The last loss.
  ///
  /// With aₖ = C ηₖ^(-γ), xₖ = aₖ Sₖ and wₖ = dₖ G'(xₖ) aₖ,
  /// ```
  /// ∂LD/∂η_j = B [Σ_{k≤j} w_k - γ w_j S_j/η_j],  ∂LD/∂d_k = B G(x_k)
  /// ```
  /// taken at the middle step of each panel.
  public func lastLoss(
    of panels: RatePanels, facts: RunFacts, warmup: WarmupArea, coordinates: [Double],
    gradient: inout RatePanelGradient
  ) -> Double {
    let (height, gain, alpha) = (coordinates[1], coordinates[2], coordinates[3])
    let memory = DropMemoryTerm(
      response: form.response, logSlope: coordinates[4],
      exponent: form.response == .power ? coordinates[5] : 1,
      ratePower: form.hasRatePower ? coordinates[6] : 0)
    let first = panels.firstCounted(warmup)
    let forward = panels.forwardArea(warmup)
    var after = 0.0
    var sum = 0.0
    for k in stride(from: panels.counts.count - 1, through: first, by: -1) {
      let (n, mean, drop) = (panels.counts[k], panels.means[k], panels.drops[k])
      // Steps from the middle one to the last, it included, and how far their mean rate is below.
      let half = 0.5 * (n + 1)
      let lag = 0.25 * (n - 1) / n
      let area = after + half * (mean - lag * drop)
      let (effect, slope) = memory.effect(rate: mean, area: area)
      let weight = drop * slope
      sum += drop * effect
      gradient.scratch[k] = weight
      gradient.means[k] = weight * (half - memory.ratePower * area / mean)
      gradient.drops[k] = -gain * (effect - weight * half * lag)
      after += n * mean
    }
    let power = height * .pow(forward, -alpha)
    let progress = -alpha * power / forward
    var before = 0.0
    for k in first..<panels.counts.count {
      let n = panels.counts[k]
      gradient.means[k] = n * progress - gain * (n * before + gradient.means[k])
      before += gradient.scratch[k]
    }
    return coordinates[0] + power - gain * sum
  }
}

/// G of a drop and its derivative by the area since.
private struct DropMemoryTerm {
  let response: DropResponse
  let logSlope: Double
  let exponent: Double
  let ratePower: Double

  /// G(x) and ∂G/∂S = G'(x)·a, with a = exp(logSlope)·(rate/η₀)^(-γ) and x = a·S.
  func effect(rate: Double, area: Double) -> (effect: Double, slope: Double) {
    let a: Double =
      ratePower == 0
      ? .exp(logSlope)
      : .exp(logSlope - ratePower * .log(rate / MultiPowerLaw.referenceRate))
    let x = a * area
    switch response {
    case .power:
      let rest = Double.exp(-exponent * .log(onePlus: x))
      return (1 - rest, exponent * rest / (1 + x) * a)
    case .exponential:
      let rest = Double.exp(-x)
      return (1 - rest, rest * a)
    }
  }
}
