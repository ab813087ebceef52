public import Foundation

/// Runs the `losscast` that was built with the tests.
public struct CommandLineTool: Sendable {
  /// What a run of the tool gave.
  public struct Outcome: Sendable {
    /// The exit code.
    public var status: Int32
    /// What it printed to stdout.
    public var output: String
    /// What it printed to stderr.
    public var errors: String

    /// stdout as JSON.
    public func json() throws -> [String: Any] {
      try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any] ?? [:]
    }
  }

  /// The directory to run in.
  public var directory: URL

  /// Creates a tool that runs in a directory.
  public init(in directory: URL = Fixtures.root) {
    self.directory = directory
  }

  /// Runs the tool to its end.
  ///
  /// - Parameters:
  ///   - arguments: the words after `losscast`.
  ///   - input: what stdin holds.
  /// - Returns: exit code and printed text.
  /// - Throws: when the tool cannot be started.
  public func callAsFunction(_ arguments: [String], input: Data = Data()) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Bundle.main.bundlePath)
      .appendingPathComponent("losscast")
    process.arguments = arguments
    process.currentDirectoryURL = directory
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["NO_COLOR": "1", "COLUMNS": "80"]
    ) { $1 }
    // Files, not pipes: a pipe that fills up while nobody reads would block the tool.
    let workdir = try Workdir()
    defer { workdir.remove() }
    let standardInput = try workdir.write(input, to: "stdin")
    let outputPath = try workdir.write("", to: "stdout")
    let errorPath = try workdir.write("", to: "stderr")
    process.standardInput = FileHandle(forReadingAtPath: standardInput)
    process.standardOutput = FileHandle(forWritingAtPath: outputPath)
    process.standardError = FileHandle(forWritingAtPath: errorPath)
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: try text(of: outputPath),
      errors: try text(of: errorPath))
  }

  private func text(of path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }
}
