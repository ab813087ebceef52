/// Square systems of variable dimension: discretised equations, Broyden's, Chebyquad.
extension MGHProblem {
  static func boundaryValue(_ n: Int) throws -> MGHProblem {
    let h = 1 / Double(n + 1)
    return try MGHProblem(
      28, "Discrete boundary value",
      start: (1...n).map { Double($0) * h * (Double($0) * h - 1) }, minima: [0],
      rows: (1...n).map { i in
        let left = i > 1 ? "-b\(i - 1)" : ""
        let right = i < n ? "-b\(i + 1)" : ""
        return "2*b\(i)\(left)\(right)+1/\(n + 1)^2*(b\(i)+\(i)/\(n + 1)+1)^3/2"
      })
  }

  static func integralEquation(_ n: Int) throws -> MGHProblem {
    let h = 1 / Double(n + 1)
    return try MGHProblem(
      29, "Discrete integral equation",
      start: (1...n).map { Double($0) * h * (Double($0) * h - 1) }, minima: [0],
      rows: (1...n).map { i in
        let kernel = sum(1...n) { j in
          let weight = "\(min(i, j))*\(n + 1 - max(i, j))/\(n + 1)^2"
          return "\(weight)*(b\(j)+\(j)/\(n + 1)+1)^3"
        }
        return "b\(i)+\(kernel)/(2*\(n + 1))"
      })
  }

  static func broydenTridiagonal(_ n: Int) throws -> MGHProblem {
    try MGHProblem(
      30, "Broyden tridiagonal", start: numbers(n, from: -1, by: 0), minima: [0],
      rows: (1...n).map { i in
        let left = i > 1 ? "-b\(i - 1)" : ""
        let right = i < n ? "-2*b\(i + 1)" : ""
        return "(3-2*b\(i))*b\(i)\(left)\(right)+1"
      })
  }

  static func broydenBanded(_ n: Int) throws -> MGHProblem {
    try MGHProblem(
      31, "Broyden banded", start: numbers(n, from: -1, by: 0), minima: [0],
      rows: (1...n).map { i in
        let band = (max(1, i - 5)...min(n, i + 1)).filter { $0 != i }
        let terms = band.map { "b\($0)*(1+b\($0))" }.joined(separator: "+")
        return "b\(i)*(2+5*b\(i)^2)+1-(\(terms))"
      })
  }

  static func chebyquad(_ n: Int, _ minimum: Double) throws -> MGHProblem {
    try MGHProblem(
      35, "Chebyquad, n = \(n)", start: (1...n).map { Double($0) / Double(n + 1) },
      minima: [minimum],
      rows: (1...n).map { i in
        let mean = sum(1...n) { shiftedChebyshev(i, of: "b\($0)") } + "/\(n)"
        return i % 2 == 0 ? "\(mean)+1/(\(i)^2-1)" : mean
      })
  }

  /// Tᵢ(2x - 1) as a nested product.
  private static func shiftedChebyshev(_ degree: Int, of x: String) -> String {
    var (last, current) = ([1], [-1, 2])
    for _ in 1..<max(degree, 1) {
      var next = [Int](repeating: 0, count: current.count + 1)
      for (power, coefficient) in current.enumerated() {
        next[power + 1] += 4 * coefficient
        next[power] -= 2 * coefficient
      }
      for (power, coefficient) in last.enumerated() { next[power] -= coefficient }
      (last, current) = (current, next)
    }
    return current.dropLast().reversed().reduce("\(current[degree])") { "(\($0)*\(x)+\($1))" }
  }
}
