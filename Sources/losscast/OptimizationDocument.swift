import Forecasting
import Schedules

/// What `schedule optimize --json` prints.
struct OptimizationDocument: Encodable {
  var law: String
  var level: Double
  var total: Int
  var warmup: Int
  var peak: Double
  var minimum: Double
  /// The best schedule: straight lines between these steps.
  var best: Best
  var yours: Candidate?
  /// The best of each family, by their losses.
  var families: [Candidate]
  /// The best of the family of powers with any peak between those fitted.
  var bestPeak: Candidate?
  /// A schedule of few words near the best.
  var compact: Candidate?
  var warnings: [String]

  struct Best: Encodable {
    var predicted: Double
    var lower: Double
    var upper: Double
    /// First-order bound on how far the minimum can be below.
    var gap: Double
    var shape: DecayShape?
    var steps: [Int]
    var learningRates: [Double]
  }

  struct Candidate: Encodable {
    var name: String
    var schedule: String?
    var peak: Double
    var predicted: Double
    var lower: Double
    var upper: Double
    var aboveBest: LossDifference
    /// Whether the interval of the difference leaves out zero; nil without standard errors.
    var isDistinct: Bool?
    var aboveBestByOtherLaws: [String: Double]

    init(_ candidate: ScheduleComparison.Candidate) {
      name = candidate.name
      schedule = candidate.schedule?.description
      peak = candidate.peak
      predicted = candidate.loss
      lower = candidate.lower
      upper = candidate.upper
      aboveBest = candidate.aboveBest
      isDistinct = candidate.aboveBest.isDistinct
      aboveBestByOtherLaws = candidate.byOtherLaws
    }
  }

  init(_ comparison: ScheduleComparison, law: String, level: Double) {
    let found = comparison.best
    self.law = law
    self.level = level
    total = found.limits.total
    warmup = found.limits.warmup
    peak = found.limits.peak
    minimum = found.limits.minimum
    best = Best(
      predicted: comparison.forecast.loss, lower: comparison.forecast.lower,
      upper: comparison.forecast.upper, gap: found.gap, shape: comparison.shape,
      steps: found.steps, learningRates: found.rates)
    yours = comparison.own.map(Candidate.init)
    families = comparison.families.map(Candidate.init)
    bestPeak = comparison.bestPeak.map(Candidate.init)
    compact = comparison.compact.map(Candidate.init)
    warnings = comparison.warnings
  }
}
