import Foundation
import TestSupport

/// Which parameters of the NIST problems may change places or signs without a change of the model.
struct NISTSymmetries: Decodable, Sendable {
  /// Groups of parameters, from 1, that belong to equal terms.
  let exchangeable: [String: [[Int]]]
  /// Parameters, from 1, whose sign does not matter.
  let even: [String: [Int]]

  static func read() throws -> NISTSymmetries {
    let data = try Data(contentsOf: URL(fileURLWithPath: Fixtures.path("nist/symmetries.json")))
    return try JSONDecoder().decode(NISTSymmetries.self, from: data)
  }

  /// The most digits that agree with any of the equivalent optima.
  func correctDigits(_ parameters: [Double], of problem: NISTProblem) -> Double {
    var parameters = parameters
    var optimum = problem.optimum
    for number in even[problem.name] ?? [] {
      parameters[number - 1] = abs(parameters[number - 1])
      optimum[number - 1] = abs(optimum[number - 1])
    }
    let groups = exchangeable[problem.name] ?? []
    return permutations(of: Array(groups.indices)).map { order in
      var moved = optimum
      for (group, place) in zip(groups, order) {
        for (from, to) in zip(group, groups[place]) { moved[to - 1] = optimum[from - 1] }
      }
      return LeastSquaresTests.correctDigits(parameters, moved)
    }.max() ?? 0
  }

  /// All orders; one, the empty one, of nothing.
  private func permutations(of values: [Int]) -> [[Int]] {
    guard !values.isEmpty else { return [[]] }
    return values.indices.flatMap { index in
      var rest = values
      let first = rest.remove(at: index)
      return permutations(of: rest).map { [first] + $0 }
    }
  }
}
