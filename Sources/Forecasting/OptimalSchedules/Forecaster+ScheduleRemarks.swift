import ScalingLaws
import Schedules

extension Forecaster {
  /// Where the best schedule leaves what the fitted runs have shown.
  func remarks(
    on best: OptimalSchedule, shape: DecayShape?, peaks: ClosedRange<Double>?, facts: RunFacts
  ) -> [String] {
    let limits = best.limits
    var remarks = warnings(lastPosition: limits.total, path: best.path, facts: facts)
    let lastFitted = model.data.compactMap(\.steps.last).max() ?? 0
    if lastFitted > 0, limits.total > lastFitted, limits.total <= 3 * lastFitted {
      remarks.append(
        "the schedule ends at step \(limits.total), beyond the last step fitted (\(lastFitted))")
    }
    let lowest = model.data.compactMap(\.lowest).min()
    let end = best.rates[best.rates.count - 1]
    if let lowest, end < 0.5 * lowest {
      remarks.append(
        "the best schedule ends at \(ScheduleFamily.rounded(end)), below every rate of the rows "
          + "fitted (\(ScheduleFamily.rounded(lowest)) at least): what such rates gain is the law's "
          + "guess; keep to rates seen with --min \(ScheduleFamily.rounded(lowest))")
    }
    if case .doubtful(let reason) = law.bestSchedule {
      remarks.append("the best schedule by '\(law.name)' is doubtful: \(reason)")
    }
    let early = best.path.learningRate(at: limits.warmup + limits.steps / 50) / limits.peak
    if early < 0.95 {
      remarks.append(
        "the best schedule falls to \(ScheduleFamily.rounded(100 * early)) % of the peak right after "
          + "the warm-up, where laws are tested least; the peak may be too high for them, or early "
          + "drops be overrated: compare with the best of the families")
    }
    if end == limits.peak {
      remarks.append(
        "the best schedule never falls: by the fitted parameters a decay gains nothing at this "
          + "length")
    } else if let shape, shape.fraction < 0.01 {
      remarks.append(
        "the best decay takes less than a hundredth of the steps: few runs fall that fast, and the "
          + "law is not tested there")
    }
    if law.knowsPeaks, peaks == nil {
      remarks.append(
        "the best peak is not searched for: runs of one peak do not tell it; fit runs of several")
    } else if !law.knowsPeaks {
      remarks.append(
        "the best peak is not searched for: the law does not know how the loss depends on it; "
          + "noise-floor does, from runs of several peaks")
    }
    return remarks
  }
}
