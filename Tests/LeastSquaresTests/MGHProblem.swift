/// A test problem of Moré, Garbow, Hillstrom, "Testing unconstrained optimization software", ACM
/// TOMS 7 (1981) 17-41, as formulas of b1, b2, ….
struct MGHProblem: Sendable {
  /// The number in the paper.
  let number: Int
  let name: String
  let problem: FormulaProblem
  /// The standard start; the paper's others are 10 and 100 times as far from the origin.
  let start: [Double]
  /// The published values of Σ r² at local minima.
  let minima: [Double]
  /// How many digits of them are known, the last cut off or rounded; 0 is exact.
  let digits: Int
  /// Points where Σ r² is the first of `minima`; nil where none is published.
  let minimizer: [Double]?

  /// A block of residuals: one formula, and the columns of its variables.
  typealias Block = (text: String, names: [String], columns: [[Double]])

  init(
    _ number: Int, _ name: String, start: [Double], minima: [Double], digits: Int = 6,
    minimizer: [Double]? = nil, _ blocks: [Block]
  ) throws {
    self.number = number
    self.name = name
    self.start = start
    self.minima = minima
    self.digits = digits
    self.minimizer = minimizer
    var problem = FormulaProblem(parameterCount: start.count)
    for block in blocks { try problem.append(block.text, block.names, block.columns) }
    self.problem = problem
  }

  /// A problem whose residuals are formulas without variables.
  init(
    _ number: Int, _ name: String, start: [Double], minima: [Double], digits: Int = 6,
    minimizer: [Double]? = nil, rows: [String]
  ) throws {
    try self.init(
      number, name, start: start, minima: minima, digits: digits,
      minimizer: minimizer, rows.map { ($0, [], []) })
  }

  /// All problems: those of fixed shape and those of variable dimension.
  static func all() throws -> [MGHProblem] { try systems() + curves() + families() }

  /// first, first + step, …, `count` numbers.
  static func numbers(_ count: Int, from first: Double = 1, by step: Double = 1) -> [Double] {
    (0..<count).map { first + Double($0) * step }
  }

  /// term(1) + term(2) + … + term(n).
  static func sum(_ range: ClosedRange<Int>, _ term: (Int) -> String) -> String {
    "(" + range.map(term).joined(separator: "+") + ")"
  }
}
