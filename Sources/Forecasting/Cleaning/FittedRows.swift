import ScalingLaws
import Schedules
import TrainingLogs

/// The rows of a run that are fitted: those in the range asked for, after cleaning.
struct FittedRows {
  /// Updates done at each row, strictly ascending, at least 1.
  private(set) var positions: [Int] = []
  /// The loss of each row, finite.
  private(set) var losses: [Double] = []
  /// What was found in that range.
  private(set) var findings: [CleaningFinding] = []

  /// Takes the rows of a run from the step `start` on.
  init(
    run: Run, path: LearningRatePath?, facts: RunFacts, selection: RowSelection, start: Double
  ) {
    let end = selection.to.map { last in run.steps.prefix { $0 <= last }.count } ?? run.steps.count
    let all = run.loss
    let count = min(end, all.count)
    let cleaning = LossCleaning(
      steps: count == run.steps.count ? run.steps : Array(run.steps.prefix(count)),
      losses: count == all.count ? all : Array(all.prefix(count)), path: path,
      switchStep: facts.switchStep, keeping: selection.kept)
    let windows = WindowMiddles(run, losses: all)
    let moved = selection.kept.contains(.windows) ? nil : windows
    var (previous, largestShift) = (0.0, 0.0)
    var first: Double?
    for row in 0..<count where !Run.isMissing(all[row]) {
      let shift = moved?.shift(step: run.steps[row], previous: previous) ?? 0
      previous = run.steps[row]
      guard all[row].isFinite, !cleaning.isLeftOut[row] else { continue }
      let step = run.steps[row] - shift
      guard step >= start, let position = Position.of(step), position > positions.last ?? 0
      else { continue }
      if first == nil { first = run.steps[row] }
      positions.append(position)
      losses.append(all[row])
      largestShift = max(largestShift, shift)
    }
    findings = cleaning.findings.filter { $0.steps[1] >= start }
    if windows != nil, let first {
      findings.append(
        CleaningFinding(
          kind: .windows, steps: [first, previous], rows: positions.count,
          shift: moved == nil ? nil : largestShift, isTreated: moved != nil))
    }
  }
}
