/// A learning-rate schedule: a peak, an index convention, and phases one after another.
///
/// Written in one line, for example `peak=3e-4,warmup:300,stable:20000,decay:4000:1-sqrt`. Two
/// schedules are equal when they have the same peak, convention and phases, however the text wrote
/// their lengths and rates.
public struct Schedule: Sendable, Hashable, CustomStringConvertible {
  /// The rate that warm-ups rise to, and the unit of multiples such as `0.1x`.
  public let peak: Double
  package let convention: ScheduleConvention
  package let phases: [SchedulePhase]

  /// Reads a schedule from its text.
  ///
  /// - Items are separated by `,` (or `>` or `->`). An item is a setting `name=value` or a phase
  ///   `name:field:field` with its fields in any order; `name(a, k=v)` reads as `name:a:k=v`.
  /// - Settings: `peak` (required), `total` steps, `min` rate that decays end with, `conv` index
  ///   convention (`hf`, `megatron`, `optax`, `llmc`, `torchtitan`, `nanogpt`, `olmo`, `deepspeed`), `tpb` tokens
  ///   and `spb` samples per batch, `spe` steps per epoch.
  /// - Phases: `warmup`, `stable`, `decay`, or a decay's shape as its name. Each begins where the
  ///   last one ended, unless `at=` says another rate, and goes to `to=`: by default the peak for
  ///   a warm-up, `min=` or 0 for a decay.
  /// - Durations: steps (`300`, `20k`), `2Btok`, `300ksp`, `4ep`, or parts of `total=`: `10%` (half
  ///   a step rounds to even) and, once, `rest`. The steps must sum to `total=` where it is given.
  /// - Shapes: `linear`, `cosine` (`p=`, `k=`), `cosine-linear`, `1-sqrt`, `square`,
  ///   `mirror-cosine`, `poly` (`p=`), `exp`, `mexp` (`g=`), `half-life` (`h=`), `inv`, `invsqrt`
  ///   (`tau=`), `power` (`b=`), `rex` (`beta=`), `tanh` (`lb=`, `ub=`), `const`; of warm-ups
  ///   `linear`, `cosine`, `1-sqrt`, `quad`, `log`, `const`.
  /// - A part of a shape: `of=N` steps is the whole shape's length, `skip=K` how much of it has gone
  ///   when the phase begins; both may be fractions of a step.
  ///
  /// - Presets, such as `wsd:warmup=300` or `onecycle:1000`, stand for phases; `ScheduleCatalogue` has
  ///   their keys. A schedule has at most 10,000 phases.
  /// - `from=` needs a run: read such a text as a `ScheduleBranch`.
  ///
  /// - Parameter text: the schedule, such as `peak=3e-4,total=24k,warmup:300,stable:rest,decay:10%`.
  /// - Throws: `ScheduleError` with the place of the first fault.
  public init(parsing text: String) throws(ScheduleError) {
    do {
      var draft = ScheduleDraft()
      for item in try ScheduleLexer.items(of: text) { try draft.read(item) }
      self = try ScheduleResolver(draft: draft).schedule()
    } catch {
      throw error.located(in: text)
    }
  }

  init(peak: Double, convention: ScheduleConvention, phases: [SchedulePhase]) {
    self.peak = peak
    self.convention = convention
    self.phases = phases
  }

  /// The schedule's canonical text; reading it gives an equal schedule.
  ///
  /// Settings stand first, aliases are resolved, lengths are in steps and rates absolute or in
  /// multiples of the peak; what is usual is left out.
  public var description: String { SchedulePrinter(schedule: self).text }

  /// The position after the last phase; nil for a constant rate without a length.
  public var totalSteps: Int? { phases.last?.endStep }

  /// The steps of the warm-ups at the beginning.
  public var warmupSteps: Int {
    phases.prefix { $0.kind == .warmup }.reduce(0) { $0 + $1.steps }
  }

  /// The learning rate that an update uses.
  ///
  /// - Parameter position: the update's index, at least 0.
  /// - Returns: the rate, as the convention counts; past the last phase its end rate.
  public func learningRate(at position: Int) -> Double {
    precondition(position >= 0, "position is negative")
    // A position near Int.max must not overflow; the rate holds there anyway.
    let step = max(0, min(position, Int.max - 1) + convention.shift)
    guard let phase = phase(at: step) else { return peak }
    guard step < phase.endStep else { return phase.endRate }
    return phase.rate(elapsed: step - phase.firstStep, convention)
  }

  /// The phase that owns a position, or the last one before it.
  private func phase(at step: Int) -> SchedulePhase? {
    guard !phases.isEmpty else { return nil }
    var low = 0
    var high = phases.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if phases[middle].firstStep <= step { low = middle } else { high = middle - 1 }
    }
    return phases[low]
  }
}
