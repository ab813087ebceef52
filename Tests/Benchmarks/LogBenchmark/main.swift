// Reads logs and prints how many values were kept: LogBenchmark table|all|only FILE, or directory FOLDER [workers].
//
// `table` keeps what fits use, `all` every column, `only` step, learning rate and loss, `hash` is `table`
// with the file's SHA-256. The script read_logs.py makes the files, measures and compares.

import Foundation
import TrainingLogs

/// Reads one log and returns how many values were kept.
func readLog(_ source: LogSource, _ kept: KeptColumns) throws -> Int {
  let reading = try LogReader.read(source, columns: ColumnChoice(kept: kept), hashing: false)
  return reading.entries.reduce(0) { sum, entry in
    sum + entry.run.steps.count * (entry.run.series.count + 1)
  }
}

/// Reads all logs of a folder with several workers and returns how many values were kept.
func readFolder(_ path: String, workers: Int) async throws -> Int {
  let sources = try LogSearch.sources(for: [path])
  return try await withThrowingTaskGroup(of: Int.self) { group in
    for worker in 0..<workers {
      group.addTask {
        var count = 0
        for index in stride(from: worker, to: sources.count, by: workers) {
          count += try readLog(sources[index], .usual)
        }
        return count
      }
    }
    return try await group.reduce(0, +)
  }
}

let arguments = CommandLine.arguments
guard arguments.count >= 3 else {
  print("usage: LogBenchmark table|all|only|hash FILE | directory FOLDER [WORKERS]")
  exit(64)
}
let values: Int
switch arguments[1] {
case "directory":
  values = try await readFolder(
    arguments[2], workers: arguments.count > 3 ? Int(arguments[3]) ?? 2 : 2)
case "hash":
  values = try LogReader.read(arguments[2]).entries.reduce(0) { $0 + $1.run.steps.count }
case "all": values = try readLog(LogSource(file: arguments[2]), .all)
case "only": values = try readLog(LogSource(file: arguments[2]), .only(["step", "lr", "loss"]))
default: values = try readLog(LogSource(file: arguments[2]), .usual)
}
print(values)
