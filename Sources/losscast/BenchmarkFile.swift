import Forecasting
import Foundation

/// Reads tasks files.
enum BenchmarkFile {
  static func read(_ path: String) throws -> BenchmarkSuite {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw CommandFailure(.inputNotFound, "\(path): no such tasks file")
    }
    guard !isDirectory.boolValue, let data = FileManager.default.contents(atPath: path) else {
      throw CommandFailure(.inputNotFound, "\(path): cannot be read as a tasks file")
    }
    let suite: BenchmarkSuite
    do {
      suite = try JSONDecoder().decode(BenchmarkSuite.self, from: data)
    } catch {
      let fault =
        JSONFault.text(error).map { "not a tasks file: \($0)" } ?? "not JSON, or cut short"
      throw CommandFailure(.unusableData, "\(path): \(fault)")
    }
    guard suite.version == 1 else {
      throw CommandFailure(
        .unusableData,
        "\(path): the tasks have format version \(suite.version), this program reads version 1")
    }
    guard !suite.tasks.isEmpty else {
      throw CommandFailure(.unusableData, "\(path): there is no task in it")
    }
    return suite
  }
}
