/// A schedule that branches off a run: `from=20000,decay:4000:1-sqrt`.
///
/// It is read without the run and worked out with it: the run's own rates up to the branch, then
/// phases whose steps count from there. Two branches are equal when they print the same.
public struct ScheduleBranch: Sendable, Hashable, CustomStringConvertible {
  /// Where a branch leaves its run.
  public enum Start: Sendable, Hashable {
    /// At a step of the run, at least 1.
    case step(Int)
    /// At the run's last logged step.
    case last
  }

  /// Where it leaves the run.
  public let start: Start
  /// The canonical text: settings first, presets expanded, lengths in steps, rates as written.
  public let description: String

  /// Whether a text is a branch: one of its items is `from=`.
  ///
  /// False for a text that cannot be cut into items.
  public static func isBranch(_ text: String) -> Bool {
    guard let items = try? ScheduleLexer.items(of: text) else { return false }
    return items.contains { $0.head.assignment?.name.text == ScheduleSetting.from.rawValue }
  }

  /// Reads a branch.
  ///
  /// The text is that of a schedule with `from=STEP` or `from=last`. `peak=` may be left out, and is
  /// then the run's highest rate; presets need it. `total=` counts from the branch. The first phase
  /// begins at the run's rate at the branch, unless `at=` says another one.
  ///
  /// - Throws: `ScheduleError` with the place of the first fault, as far as it shows without the run.
  public init(parsing text: String) throws(ScheduleError) {
    do throws(ScheduleError) {
      let draft = try ScheduleBranchDraft(reading: text)
      start = draft.start
      description = try draft.text()
      // What can be refused without the run is refused here.
      let peak = try draft.peak() ?? 1
      _ = try draft.schedule(from: 1, observedRate: peak, peak: peak)
    } catch {
      throw error.located(in: text)
    }
  }

  /// The whole schedule: a run's rates, and the branch.
  ///
  /// - Parameters:
  ///   - run: the run's rates.
  ///   - lastStep: the run's last logged step.
  /// - Returns: the two joined.
  /// - Throws: `ScheduleError`, about the canonical text: `outsideRun` when the run ends before the
  ///   branch, or a phase that the run's rates do not allow.
  public func continuing(
    _ run: LearningRatePath, lastStep: Int
  ) throws(ScheduleError) -> ContinuedSchedule {
    do throws(ScheduleError) {
      let draft = try ScheduleBranchDraft(reading: description)
      let step =
        switch start {
        case .step(let step): step
        case .last: lastStep
        }
      guard step <= lastStep, step >= 1 else {
        throw ScheduleError(
          .outsideRun, at: draft.token,
          lastStep < 1
            ? "the run has no step to branch off"
            : "the run is logged up to step \(lastStep) and cannot be branched at \(step); write "
              + "from=last, or an earlier step")
      }
      let observedRate = run.learningRate(at: step)
      let peak = try draft.peak() ?? run.peak
      guard peak > 0, peak.isFinite, observedRate.isFinite, observedRate >= 0 else {
        throw ScheduleError(
          .outsideRun, at: draft.token, "the run has no learning rate above zero to go on from")
      }
      return ContinuedSchedule(
        run: run, branchStep: step, observedRate: observedRate,
        schedule: try draft.schedule(from: step, observedRate: observedRate, peak: peak))
    } catch {
      throw error.located(in: description)
    }
  }
}
