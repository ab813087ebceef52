/// Problems of variable dimension, each at one or more of the dimensions with published minima.
extension MGHProblem {
  static func families() throws -> [MGHProblem] {
    [
      try watson(6, 2.28767e-3), try watson(9, 1.39976e-6), try watson(12, 4.72238e-10),
      try extendedRosenbrock(10), try extendedPowell(12),
      try penalty1(4, 2.24997e-5), try penalty1(10, 7.08765e-5),
      try penalty2(4, 9.37629e-6), try penalty2(10, 2.93660e-4),
      try variablyDimensioned(10), try trigonometric(10), try brownAlmostLinear(10),
      try boundaryValue(10), try integralEquation(10), try broydenTridiagonal(10),
      try broydenBanded(10), try linearFullRank(5, 10), try linearRank1(5, 10),
      try linearRank1WithZeros(5, 10), try chebyquad(7, 0), try chebyquad(8, 3.51687e-3),
      try chebyquad(9, 0), try chebyquad(10, 6.50395e-3),
    ]
  }

  private static func watson(_ n: Int, _ minimum: Double) throws -> MGHProblem {
    let slope = sum(2...n) { "\($0 - 1)*b\($0)*t^\($0 - 2)" }
    let value = sum(1...n) { "b\($0)*t^\($0 - 1)" }
    return try MGHProblem(
      20, "Watson, n = \(n)", start: numbers(n, from: 0, by: 0), minima: [minimum],
      [
        ("\(slope)-\(value)^2-1", ["t"], [(1...29).map { Double($0) / 29 }]), ("b1", [], []),
        ("b2-b1^2-1", [], []),
      ])
  }

  private static func extendedRosenbrock(_ n: Int) throws -> MGHProblem {
    try MGHProblem(
      21, "Extended Rosenbrock", start: (1...n).map { $0 % 2 == 1 ? -1.2 : 1 }, minima: [0],
      minimizer: numbers(n, by: 0),
      rows: (1...n).map { $0 % 2 == 1 ? "10*(b\($0 + 1)-b\($0)^2)" : "1-b\($0 - 1)" })
  }

  private static func extendedPowell(_ n: Int) throws -> MGHProblem {
    try MGHProblem(
      22, "Extended Powell singular", start: (0..<n).map { [3, -1, 0, 1][$0 % 4] }, minima: [0],
      minimizer: numbers(n, from: 0, by: 0),
      rows: stride(from: 1, through: n, by: 4).flatMap { i in
        [
          "b\(i)+10*b\(i + 1)", "sqrt(5)*(b\(i + 2)-b\(i + 3))", "(b\(i + 1)-2*b\(i + 2))^2",
          "sqrt(10)*(b\(i)-b\(i + 3))^2",
        ]
      })
  }

  private static func penalty1(_ n: Int, _ minimum: Double) throws -> MGHProblem {
    try MGHProblem(
      23, "Penalty I, n = \(n)", start: numbers(n), minima: [minimum],
      rows: (1...n).map { "sqrt(0.00001)*(b\($0)-1)" } + [sum(1...n) { "b\($0)^2" } + "-0.25"])
  }

  private static func penalty2(_ n: Int, _ minimum: Double) throws -> MGHProblem {
    let differences = (2...n).map { i in
      "sqrt(0.00001)*(exp(b\(i)/10)+exp(b\(i - 1)/10)-exp(\(i)/10)-exp(\(i - 1)/10))"
    }
    let values = (2...n).map { "sqrt(0.00001)*(exp(b\($0)/10)-exp(-1/10))" }
    return try MGHProblem(
      24, "Penalty II, n = \(n)", start: numbers(n, from: 0.5, by: 0), minima: [minimum],
      rows: ["b1-0.2"] + differences + values + [sum(1...n) { "\(n - $0 + 1)*b\($0)^2" } + "-1"])
  }

  private static func variablyDimensioned(_ n: Int) throws -> MGHProblem {
    let weighted = sum(1...n) { "\($0)*(b\($0)-1)" }
    return try MGHProblem(
      25, "Variably dimensioned", start: (1...n).map { 1 - Double($0) / Double(n) }, minima: [0],
      minimizer: numbers(n, by: 0),
      rows: (1...n).map { "b\($0)-1" } + [weighted, "\(weighted)^2"])
  }

  private static func trigonometric(_ n: Int) throws -> MGHProblem {
    let cosines = sum(1...n) { "cos(b\($0))" }
    // The second value is a local minimum that the paper names for n = 10.
    return try MGHProblem(
      26, "Trigonometric", start: numbers(n, from: 1 / Double(n), by: 0), minima: [0, 2.79506e-5],
      minimizer: numbers(n, from: 0, by: 0),
      rows: (1...n).map { "\(n)-\(cosines)+\($0)*(1-cos(b\($0)))-sin(b\($0))" })
  }

  private static func brownAlmostLinear(_ n: Int) throws -> MGHProblem {
    let total = sum(1...n) { "b\($0)" }
    let product = (1...n).map { "b\($0)" }.joined(separator: "*")
    return try MGHProblem(
      27, "Brown almost-linear", start: numbers(n, from: 0.5, by: 0), minima: [0, 1],
      minimizer: numbers(n, by: 0),
      rows: (1..<n).map { "b\($0)+\(total)-\(n + 1)" } + ["\(product)-1"])
  }

  private static func linearFullRank(_ n: Int, _ m: Int) throws -> MGHProblem {
    let mean = "2/\(m)*" + sum(1...n) { "b\($0)" }
    return try MGHProblem(
      32, "Linear, full rank", start: numbers(n, by: 0), minima: [Double(m - n)], digits: 13,
      minimizer: numbers(n, from: -1, by: 0),
      rows: (1...m).map { $0 <= n ? "b\($0)-\(mean)-1" : "-\(mean)-1" })
  }

  private static func linearRank1(_ n: Int, _ m: Int) throws -> MGHProblem {
    try MGHProblem(
      33, "Linear, rank 1", start: numbers(n, by: 0),
      minima: [Double(m * (m - 1)) / Double(2 * (2 * m + 1))], digits: 13,
      rows: (1...m).map { i in "\(i)*" + sum(1...n) { "\($0)*b\($0)" } + "-1" })
  }

  private static func linearRank1WithZeros(_ n: Int, _ m: Int) throws -> MGHProblem {
    try MGHProblem(
      34, "Linear, rank 1, zero columns and rows", start: numbers(n, by: 0),
      minima: [Double(m * m + 3 * m - 6) / Double(2 * (2 * m - 3))], digits: 13,
      rows: (1...m).map { i in
        i == 1 || i == m ? "-1" : "\(i - 1)*" + sum(2...(n - 1)) { "\($0)*b\($0)" } + "-1"
      })
  }
}
