/// Collects issues; of many alike the first few and a count are kept.
struct IssueCollector {
  /// How many alike are told one by one.
  private static let limit = 5

  private struct Key: Hashable {
    var code: LogIssue.Code
    var column: Int
  }

  private struct Surplus {
    var line: Int
    var count: Int
    var subject: String
  }

  private let file: String
  private var issues: [LogIssue] = []
  private var counts: [Key: Int] = [:]
  private var surplus: [Key: Surplus] = [:]

  /// Starts with no issues.
  init(file: String) {
    self.file = file
  }

  /// Adds an issue.
  mutating func add(_ code: LogIssue.Code, line: Int = 0, column: Int = 0, _ message: String) {
    issues.append(
      LogIssue(file: file, line: line, column: column, code: code, message: message))
  }

  /// Adds an issue of which there may be very many in a column.
  ///
  /// The count of those not told stands before `subject`, as in `cells of 'loss' are not numbers`.
  mutating func addRepeating(
    _ code: LogIssue.Code, line: Int, column: Int, subject: String,
    _ message: @autoclosure () -> String
  ) {
    let key = Key(code: code, column: column)
    counts[key, default: 0] += 1
    if counts[key, default: 0] <= Self.limit {
      add(code, line: line, column: column, message())
    } else {
      surplus[key, default: Surplus(line: line, count: 0, subject: subject)].count += 1
    }
  }

  /// Adds what another one collected.
  mutating func append(_ other: IssueCollector) {
    issues += other.told()
  }

  /// All issues in the file's order.
  func sorted() -> [LogIssue] {
    told().sorted {
      ($0.file, $0.line, $0.column, $0.code.rawValue)
        < ($1.file, $1.line, $1.column, $1.code.rawValue)
    }
  }

  private func told() -> [LogIssue] {
    let rest = surplus.map { key, rest in
      LogIssue(
        file: file, line: rest.line, column: key.column, code: key.code,
        message: "\(rest.count) more \(rest.subject), from here on")
    }
    return issues + rest
  }
}
