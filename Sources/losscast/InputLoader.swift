import Forecasting
import Foundation
import ScalingLaws
import Schedules
import TrainingLogs

/// Turns what the user names into runs: files, directories, patterns, manifests.
struct InputLoader {
  var columns: ColumnChoice
  var selection: RowSelection
  /// The hidden warm-up of logs for which neither the user nor a manifest gives one.
  var usualWarmupSteps: Int?
  /// What is known of every run; a manifest's facts of a run go before it.
  var facts = RunFacts()
  /// Replaces the learning rate of every log.
  var schedule: Schedule?
  var console: Console
  var jobs: Int = 1

  /// What loading gave.
  struct Loaded {
    var inputs: [BatchInput] = []
    var failures: [FailedInput] = []
    /// The exit code when nothing could be loaded.
    var failureCode = CommandFailure.Code.unusableData
  }

  /// One log to read, with what a manifest says of it.
  private struct Request: Sendable {
    var source: LogSource
    var entry: Manifest.Entry?
  }

  /// Reads everything; a bad log is a failure, not an error.
  func load(paths: [String], manifest: String?) async throws -> Loaded {
    var loaded = Loaded()
    let requests = try requests(paths: paths, manifest: manifest, into: &loaded)
    let results = try await OrderedTasks.map(
      requests, jobs: jobs, label: "reading", console: console
    ) { request in read(request) }
    for (request, result) in zip(requests, results) {
      switch result {
      case .success(let inputs): loaded.inputs += inputs
      case .failure(let error):
        if error.code == .notFound { loaded.failureCode = .inputNotFound }
        loaded.failures.append(FailedInput(file: request.source.path, reason: error.reason))
      }
    }
    makeNamesUnique(&loaded.inputs)
    return loaded
  }

  /// Loads and fails when nothing usable is left; failures are printed.
  func loadSome(paths: [String], manifest: String?) async throws -> Loaded {
    let loaded = try await load(paths: paths, manifest: manifest)
    guard !loaded.inputs.isEmpty else {
      let lines = loaded.failures.map { "\($0.file): \($0.reason)" }
      throw CommandFailure(
        loaded.failureCode, lines.isEmpty ? "no logs to read" : lines.joined(separator: "\n"))
    }
    for failure in loaded.failures { Console.fail("\(failure.file): \(failure.reason)") }
    return loaded
  }

  private func requests(
    paths: [String], manifest: String?, into loaded: inout Loaded
  ) throws
    -> [Request]
  {
    var requests: [Request] = []
    if let manifest {
      do throws(LogError) {
        requests += try entries(of: manifest)
      } catch {
        throw CommandFailure(
          error.isMissingInput ? .inputNotFound : .unusableData, error.description)
      }
    }
    for path in paths {
      do throws(LogError) {
        if let inner = try LogSearch.manifest(in: path) {
          requests += try entries(of: inner)
          continue
        }
        requests += try LogSearch.sources(for: [path]).map { Request(source: $0, entry: nil) }
      } catch {
        loaded.failures.append(FailedInput(file: error.file, reason: error.reason))
        if error.isMissingInput { loaded.failureCode = .inputNotFound }
      }
    }
    return requests
  }

  /// The runs of a manifest.
  private func entries(of manifest: String) throws(LogError) -> [Request] {
    try Manifest.read(manifest).entries.map { entry in
      Request(
        source: LogSearch.source(for: ListedFile.path(of: entry.file, in: manifest)), entry: entry)
    }
  }

  private func read(_ request: Request) -> Result<[BatchInput], LogError> {
    var columns = columns
    if let loss = request.entry?.loss { columns.loss = loss }
    do throws(LogError) {
      let schedule = try listedSchedule(request)
      let reading = try LogReader.read(request.source, columns: columns)
      return .success(
        reading.entries.map { entry in
          input(entry, reading: reading, request: request, schedule: schedule)
        })
    } catch {
      return .failure(error)
    }
  }

  /// The manifest's schedule when it is an expression, which has `=` and `:`, and not a name.
  private func listedSchedule(_ request: Request) throws(LogError) -> Schedule? {
    guard let text = request.entry?.schedule, text.contains(where: "=:".contains) else {
      return nil
    }
    do throws(ScheduleError) {
      return try Schedule(parsing: text)
    } catch {
      throw LogError(
        code: .badManifest, file: request.source.path,
        message: "in the manifest's schedule: \(error)")
    }
  }

  private func input(
    _ entry: LogReading.Entry, reading: LogReading, request: Request, schedule: Schedule?
  ) -> BatchInput {
    var run = entry.run
    var selection = selection
    selection.warmupSteps =
      selection.warmupSteps ?? request.entry?.warmupSteps ?? usualWarmupSteps
    var metadata: [RunReport.Field] = []
    var facts = facts
    if let listed = request.entry {
      run.name = reading.entries.count > 1 ? "\(listed.run)/\(run.name)" : listed.run
      facts = RunFacts(
        modelSize: listed.parameters, tokensPerStep: listed.tokensPerStep,
        uniqueTokens: listed.uniqueTokens, switchStep: listed.switchStep
      ).completed(by: facts)
      let shown = [
        ("parameters", listed.parameters.map(NumberFormat.step)),
        ("tokens per step", listed.tokensPerStep.map(NumberFormat.step)),
        ("schedule", schedule == nil ? listed.schedule : nil),
      ]
      metadata += shown.compactMap { name, value in
        value.map { RunReport.Field(name: name, value: $0) }
      }
      metadata += listed.metadata.map { RunReport.Field(name: $0.name, value: $0.value) }
    }
    if let tokensPerStep = facts.tokensPerStep { run = run.inUpdates(tokensPerStep: tokensPerStep) }
    return BatchInput(
      run: run, sha256: reading.sha256, issues: reading.issues, hasDiverged: entry.hasDiverged,
      schedule: self.schedule ?? schedule, facts: facts, selection: selection,
      group: request.entry?.group,
      metadata: metadata)
  }

  /// Runs of one name get the folders that tell them apart.
  private func makeNamesUnique(_ inputs: inout [BatchInput]) {
    let counts = Dictionary(grouping: inputs, by: \.run.name).mapValues(\.count)
    for index in inputs.indices where counts[inputs[index].run.name] ?? 0 > 1 {
      let folder = URL(fileURLWithPath: inputs[index].run.file).deletingLastPathComponent()
      inputs[index].run.name = "\(folder.lastPathComponent)/\(inputs[index].run.name)"
    }
  }
}

extension LogError {
  /// The message with its line and column but without the file.
  var reason: String {
    let place = [line > 0 ? "line \(line)" : "", column > 0 ? "column \(column)" : ""]
      .filter { !$0.isEmpty }.joined(separator: ", ")
    return place.isEmpty ? message : "\(place): \(message)"
  }

  /// Whether the input is not there at all.
  var isMissingInput: Bool { code == .notFound || code == .noLogsInDirectory }
}
