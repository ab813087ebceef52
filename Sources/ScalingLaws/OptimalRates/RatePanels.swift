import Schedules

/// The learning rates of a run up to its last step, as panels of steps over which the rate goes in a
/// straight line.
///
/// A sum over steps becomes a sum over panels by the rule of the midpoint: exact for panels of one
/// step, and off by the square of the rate's relative change over longer ones.
public struct RatePanels: Sendable, Hashable {
  /// The steps of each panel.
  public let counts: [Double]
  /// The mean rate of each panel, positive.
  public var means: [Double]
  /// The rate before a panel minus the rate of its last step.
  public var drops: [Double]
  /// How many of the panels belong to the first warm-up, its last step included; at least 1.
  public let warmupCount: Int
  /// The rate at the end of the first warm-up.
  public let warmupRate: Double

  /// Creates panels.
  ///
  /// - Precondition: the arrays are of one size.
  public init(
    counts: [Double], means: [Double], drops: [Double], warmupCount: Int, warmupRate: Double
  ) {
    precondition(counts.count == means.count && counts.count == drops.count, "sizes differ")
    self.counts = counts
    self.means = means
    self.drops = drops
    self.warmupCount = warmupCount
    self.warmupRate = warmupRate
  }

  /// The first panel whose drop counts.
  func firstCounted(_ warmup: WarmupArea) -> Int { warmup == .full ? 0 : warmupCount }

  /// Σ rate over the steps of the first warm-up as S1 counts it.
  func warmupArea(_ warmup: WarmupArea) -> Double {
    var area = 0.0
    for panel in 0..<warmupCount {
      area += counts[panel] * (warmup == .peak ? warmupRate : means[panel])
    }
    return area
  }

  /// Σ rate over all steps as S1 counts it.
  func forwardArea(_ warmup: WarmupArea) -> Double {
    var area = warmupArea(warmup)
    for panel in warmupCount..<counts.count { area += counts[panel] * means[panel] }
    return area
  }
}

/// The derivatives of a loss by what ``RatePanels`` hold.
public struct RatePanelGradient: Sendable {
  /// ∂L/∂mean of each panel.
  public var means: [Double]
  /// ∂L/∂drop of each panel.
  public var drops: [Double]
  /// Room for one value a panel.
  var scratch: [Double]

  /// Creates zeros.
  public init(count: Int) {
    means = [Double](repeating: 0, count: count)
    drops = means
    scratch = means
  }
}
