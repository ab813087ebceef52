/// Forecasting tasks over runs that are listed elsewhere: what a tasks file holds.
public struct BenchmarkSuite: Sendable, Hashable, Decodable {
  /// The version of the form; this program reads version 1.
  public var version: Int
  /// The tasks, in order.
  public var tasks: [BenchmarkTask]
}

/// One question to laws, asked of one or more sets of runs.
public struct BenchmarkTask: Sendable, Hashable {
  /// The task's name.
  public var name: String
  /// What it tests, in words; may be empty.
  public var tests: String
  /// Rows that are averaged before they are compared.
  public var binRows: Int
  /// The sets of runs, in order.
  public var cases: [BenchmarkCase]
}

extension BenchmarkTask: Decodable {
  private enum CodingKeys: String, CodingKey {
    case name, tests, cases
    case binRows = "bin_rows"
  }

  /// Decodes a task; `tests` and `bin_rows` may be absent, further keys are passed over.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    tests = try container.decodeIfPresent(String.self, forKey: .tests) ?? ""
    binRows = try container.decodeIfPresent(Int.self, forKey: .binRows) ?? 1
    cases = try container.decode([BenchmarkCase].self, forKey: .cases)
    guard binRows >= 1 else {
      throw DecodingError.dataCorruptedError(
        forKey: .binRows, in: container, debugDescription: "it must be at least 1")
    }
  }
}

/// Runs to fit a law to, and runs to forecast with it.
public struct BenchmarkCase: Sendable, Hashable, Decodable {
  /// The case's name within its task.
  public var name: String
  /// What is fitted, jointly.
  public var fit: [BenchmarkRows]
  /// What is forecast.
  public var predict: [BenchmarkRows]
}

/// Rows of a run.
public struct BenchmarkRows: Sendable, Hashable, Decodable {
  /// The run's name.
  public var run: String
  /// The first step; nil: the end of the warm-up.
  public var from: Double?
  /// The last step; nil: the last row.
  public var to: Double?
}
