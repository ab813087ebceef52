import Forecasting
import Foundation
import ScalingLaws
import Schedules
import TrainingLogs

/// Reads the runs that tasks name from a manifest.
///
/// Beyond a manifest's usual columns it knows `target` (the loss column), `segments` (the learning
/// rate of every step, as JSON) and `branch_step` (the last step of a parent's rows).
struct BenchmarkRuns {
  var runs: [String: BenchmarkRun] = [:]
  /// Runs that cannot be used, and why.
  var unusable: [String: String] = [:]
  /// What reading the logs turned up.
  var issues: [LogIssue] = []

  static func read(
    _ manifest: String, named names: Set<String>, keeping kept: Set<CleaningKind>, jobs: Int,
    console: Console
  ) async throws -> BenchmarkRuns {
    let entries: [Manifest.Entry]
    do throws(LogError) {
      entries = try Manifest.read(manifest).entries
    } catch {
      throw CommandFailure(
        error.isMissingInput ? .inputNotFound : .unusableData, error.description)
    }
    let wanted = entries.filter { names.contains($0.run) }
    let results = try await OrderedTasks.map(
      wanted, jobs: jobs, label: "reading", console: console
    ) { read($0, in: manifest, keeping: kept) }
    var loaded = BenchmarkRuns()
    let listed = entries.map(\.run)
    for name in names.subtracting(listed) {
      let nearest = NearestName.find(name, in: listed).map { "; did you mean '\($0)'?" } ?? ""
      loaded.unusable[name] = "it is not listed in \(manifest)\(nearest)"
    }
    var seen: Set<String> = []
    for (entry, result) in zip(wanted, results) {
      guard seen.insert(entry.run).inserted else {
        throw CommandFailure(.unusableData, "\(manifest): the run '\(entry.run)' is listed twice")
      }
      switch result {
      case .success(let (run, issues)):
        loaded.runs[entry.run] = run
        loaded.issues += issues
      case .failure(let failure): loaded.unusable[entry.run] = failure.description
      }
    }
    return loaded
  }

  private static func read(
    _ entry: Manifest.Entry, in manifest: String, keeping kept: Set<CleaningKind>
  ) -> Result<(BenchmarkRun, [LogIssue]), BenchmarkFailure> {
    let further = Dictionary(
      entry.metadata.map { ($0.name.lowercased(), $0.value) },
      uniquingKeysWith: { first, _ in first }
    )
    let file = ListedFile.path(of: entry.file, in: manifest)
    do {
      let choice = ColumnChoice(loss: further["target"] ?? entry.loss)
      let reading = try LogReader.read(file, columns: choice)
      guard var run = reading.entries.first?.run else {
        return .failure(BenchmarkFailure("\(file): there is no run in it"))
      }
      run.name = entry.run
      let path = try path(of: run, entry: entry, segments: further["segments"], keeping: kept)
      let facts = RunFacts(
        modelSize: entry.parameters, tokensPerStep: entry.tokensPerStep,
        uniqueTokens: entry.uniqueTokens, switchStep: entry.switchStep)
      return .success(
        (
          BenchmarkRun(
            run: run, sha256: reading.sha256, path: path, facts: facts,
            branch: further["branch_step"].flatMap(Int.init)),
          reading.issues
        ))
    } catch let error as LogError {
      return .failure(BenchmarkFailure(error.description))
    } catch {
      return .failure(BenchmarkFailure("\(error)"))
    }
  }

  /// The learning rate: the segments, else a schedule that is an expression, else the logged one.
  private static func path(
    of run: Run, entry: Manifest.Entry, segments: String?, keeping kept: Set<CleaningKind>
  ) throws -> LearningRatePath? {
    if let segments {
      do {
        return try JSONDecoder().decode(SegmentedRate.self, from: Data(segments.utf8)).path
      } catch DecodingError.dataCorrupted(let context) {
        throw BenchmarkFailure("its segments make no sense: \(context.debugDescription)")
      } catch {
        throw BenchmarkFailure(
          "its segments are no list of [start, end, \"shape\", first rate, last rate]")
      }
    }
    var schedule: Schedule?
    if let text = entry.schedule, text.contains(where: "=:".contains) {
      do throws(ScheduleError) {
        schedule = try Schedule(parsing: text)
      } catch {
        throw BenchmarkFailure("its schedule: \(error.description)")
      }
    }
    return try Trajectory(
      run: run, schedule: schedule,
      selection: RowSelection(warmupSteps: entry.warmupSteps, kept: kept)
    ).path
  }
}
