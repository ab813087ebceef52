import Foundation
import TestSupport
import Testing

/// A nonlinear-regression problem of NIST's Statistical Reference Datasets.
struct NISTProblem: Sendable {
  let name: String
  let problem: FormulaProblem
  /// The values of each predictor, and those of the response.
  let predictors: [[Double]]
  let responses: [Double]
  let starts: [[Double]]
  /// The optimum, solved at 60 digits from the data as doubles.
  let optimum: [Double]
  /// The parameters' standard errors there.
  let standardErrors: [Double]

  /// All 27 problems of `fixtures/nist`.
  static func all() throws -> [NISTProblem] {
    let data = try Data(contentsOf: URL(fileURLWithPath: Fixtures.path("nist/nist_strd.json")))
    return try JSONDecoder().decode(File.self, from: data).datasets.map { try NISTProblem($0) }
  }

  private init(_ set: DataSet) throws {
    name = set.name
    var problem = FormulaProblem(parameterCount: set.start1.count)
    try problem.append(
      "(\(set.model)) - \(set.response)", set.predictors + ["y"], set.x.columns + [set.y])
    self.problem = problem
    predictors = set.x.columns
    responses = set.y
    starts = [set.start1, set.start2]
    optimum = try set.refined.params.map { try #require(Double($0)) }
    standardErrors = try set.refined.std_devs.map { try #require(Double($0)) }
  }

  private struct File: Decodable { var datasets: [DataSet] }

  private struct DataSet: Decodable {
    var name: String
    var model: String
    var response: String
    var predictors: [String]
    var start1: [Double]
    var start2: [Double]
    var y: [Double]
    var x: Columns
    var refined: Refined
  }

  private struct Refined: Decodable {
    var params: [String]
    var std_devs: [String]
  }

  /// One list, or a list of lists.
  private struct Columns: Decodable {
    let columns: [[Double]]

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let list = try? container.decode([Double].self) {
        columns = [list]
      } else {
        columns = try container.decode([[Double]].self)
      }
    }
  }
}

/// The fewest correct digits of any value, between 0 and 11: -log10 of the relative error.
func correctDigits(_ values: [Double], _ expected: [Double]) -> Double {
  zip(values, expected).map { value, expected in
    let error = abs(value - expected) / abs(expected)
    return error.isNaN ? 0 : min(max(-log10(error), 0), 11)
  }.min() ?? 0
}
