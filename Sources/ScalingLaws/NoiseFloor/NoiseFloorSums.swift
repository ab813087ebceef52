import RealModule
import Schedules
import VectorMath

/// The progress P and the filtered noise level F of ``NoiseFloorLaw`` at the rows of one run.
///
/// Both are sums over stretches of nearly constant rate. Over a stretch of n steps the noise level
/// x = (η/η*)^δ goes linearly from x₁ to xₙ = x₁ + (n-1)d while the filter forgets 1 - ρ a step, with
/// ρ = e^(-ch) and h = (η/η*)^μ:
/// ```
/// F ← xₙ + ρⁿ (F - x₁) - d g,  g = Σ_{k=1..n-1} ρ^k
/// ```
/// which is exact for that x and constant ρ. Against the sums step by step F is off by about 1e-5 of
/// its range.
struct NoiseFloorSums {
  private let stretches: LearningRateStretches
  private let warmup: WarmupArea
  /// (η/η*)^κ, x₁, xₙ and ρⁿ of each stretch.
  private var progressRates: [Double]
  private var firstLevels: [Double]
  private var lastLevels: [Double]
  private var memories: [Double]
  /// (η/η*)^μ of each stretch, and times its steps.
  private var speeds: [Double]
  private var spans: [Double]
  private var preparedSpeed = Double.nan
  private let kernels = VectorKernels.best

  init(path: LearningRatePath, positions: [Int], reference: Double, warmup: WarmupArea) {
    stretches = LearningRateStretches(path: path, positions: positions, reference: reference)
    self.warmup = warmup
    let zeros = [Double](repeating: 0, count: stretches.counts.count)
    progressRates = zeros
    firstLevels = zeros
    lastLevels = zeros
    memories = zeros
    speeds = zeros
    spans = zeros
  }

  var rowCount: Int { stretches.ends.count }
  /// log(η/η*) at the end of the first warm-up.
  var warmupLog: Double { stretches.warmupLog }

  /// Writes P and ∂P/∂κ of each row, from `start` on.
  mutating func progress(
    exponent kappa: Double, into values: inout [Double], derivatives: inout [Double], at start: Int
  ) {
    exponentials(of: stretches.meanLogs, scale: kappa, into: &progressRates)
    let warmupRate = Double.exp(kappa * stretches.warmupLog)
    var (sum, slope) = (0.0, 0.0)
    var next = 0
    for (row, end) in stretches.ends.enumerated() {
      while next < end {
        let isHeld = stretches.isWarmup[next] && warmup == .peak
        let log = isHeld ? stretches.warmupLog : stretches.meanLogs[next]
        let gain = stretches.counts[next] * (isHeld ? warmupRate : progressRates[next])
        sum += gain
        slope += gain * log
        next += 1
      }
      values[start + row] = sum
      derivatives[start + row] = slope
    }
  }

  /// Writes F, ∂F/∂δ and ∂F/∂log c of each row, from `start` on, for the exponent δ, what is forgotten
  /// a step at the reference rate, c, and the exponent of its speed, μ.
  mutating func noise(
    exponent delta: Double, forgetting: Double, speed mu: Double, into values: inout [Double],
    exponentDerivatives: inout [Double], forgettingDerivatives: inout [Double], at start: Int
  ) {
    prepareSpeeds(mu)
    exponentials(of: stretches.firstLogs, scale: delta, into: &firstLevels)
    exponentials(of: stretches.lastLogs, scale: delta, into: &lastLevels)
    exponentials(of: spans, scale: -forgetting, into: &memories)
    let begin = Double.exp(delta * stretches.warmupLog)
    var state = State(level: begin, byExponent: stretches.warmupLog * begin, byForgetting: 0)
    if warmup == .full { state = State(level: 0, byExponent: 0, byForgetting: 0) }
    var next = 0
    for (row, end) in stretches.ends.enumerated() {
      while next < end {
        // The first warm-up is held flat at its end unless its rises count.
        if !stretches.isWarmup[next] || warmup == .full {
          advance(&state, over: next, forgetting: forgetting)
        }
        next += 1
      }
      values[start + row] = state.level
      exponentDerivatives[start + row] = state.byExponent
      forgettingDerivatives[start + row] = state.byForgetting
    }
  }

  /// F and its derivatives.
  private struct State {
    var level: Double
    var byExponent: Double
    var byForgetting: Double
  }

  private func advance(_ state: inout State, over index: Int, forgetting: Double) {
    let memory = memories[index]
    let first = firstLevels[index]
    let last = lastLevels[index]
    let firstSlope = stretches.firstLogs[index] * first
    let lastSlope = stretches.lastLogs[index] * last
    let exponent = forgetting * spans[index]
    guard first != last else {
      let distance = memory * (state.level - first)
      state.byForgetting = memory * state.byForgetting - exponent * distance
      state.level = first + distance
      state.byExponent = firstSlope + memory * (state.byExponent - firstSlope)
      return
    }
    let intervals = stretches.counts[index] - 1
    let drift = (last - first) / intervals
    let driftSlope = (lastSlope - firstSlope) / intervals
    let step = forgetting * speeds[index]
    // In place of 1 - ρ, which has no digits where the rate is all but zero.
    let forgotten = Double.expMinusOne(step)
    let rest = Double.expMinusOne(-intervals * step)
    let lag = -rest / forgotten
    let lagSlope = (step / forgotten) * (intervals * (1 + rest) - lag * (1 + forgotten))
    let distance = memory * (state.level - first)
    state.byForgetting = memory * state.byForgetting - exponent * distance - drift * lagSlope
    state.level = last + distance - drift * lag
    state.byExponent = lastSlope + memory * (state.byExponent - firstSlope) - driftSlope * lag
  }

  private mutating func prepareSpeeds(_ mu: Double) {
    guard mu != preparedSpeed else { return }
    preparedSpeed = mu
    exponentials(of: stretches.meanLogs, scale: mu, into: &speeds)
    for index in speeds.indices { spans[index] = speeds[index] * stretches.counts[index] }
  }

  private func exponentials(of logs: [Double], scale: Double, into target: inout [Double]) {
    let kernels = kernels
    logs.withUnsafeBufferPointer { logs in
      target.withUnsafeMutableBufferPointer { kernels.exp(logs, scale: scale, into: $0) }
    }
  }
}
