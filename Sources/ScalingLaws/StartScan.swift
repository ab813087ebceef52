import LeastSquares
import LinearAlgebra

/// Finds starts by scanning the nonlinear coordinates; the linear ones are solved for at each
/// point by non-negative least squares on (P - L)/L, the first order of log P - log L.
///
/// The separation is that of Golub and Pereyra, SIAM J. Numer. Anal. 10 (1973).
struct StartScan {
  let law: any LossLaw
  let losses: [Double]
  let objective: FitObjective
  /// The fixed coordinates: index and value.
  let fixed: [Int: Double]

  /// A point of the scan.
  struct Start {
    var coordinates: [Double]
    var cost: Double
  }

  /// The best points, best first, no two neighbours of each other on the grid.
  func best(_ count: Int, rows: LawRows) -> [Start] {
    var basis = law.basis(for: rows)
    var values = Matrix(rows: losses.count, columns: law.linearCoordinates.count)
    var starts: [(index: [Int], start: Start)] = []
    for index in gridIndices() {
      let nonlinear = zip(law.nonlinearCoordinates.indices, index).map { coordinate, place in
        fixed[law.linearCoordinates.count + coordinate]
          ?? law.nonlinearCoordinates[coordinate].scan[place]
      }
      basis.evaluate(nonlinear, values: &values)
      let coefficients = linearCoefficients(values)
      let cost = cost(coefficients, values)
      guard cost.isFinite else { continue }
      starts.append((index, Start(coordinates: coefficients + nonlinear, cost: cost)))
    }
    starts.sort { $0.start.cost < $1.start.cost }
    var chosen: [(index: [Int], start: Start)] = []
    for candidate in starts where chosen.count < count {
      let isNew = chosen.allSatisfy { other in
        zip(other.index, candidate.index).contains { abs($0 - $1) > 1 }
      }
      if isNew { chosen.append(candidate) }
    }
    return chosen.map(\.start)
  }

  /// Every combination of places on the nonlinear coordinates' scans; one place where fixed.
  private func gridIndices() -> [[Int]] {
    var combinations: [[Int]] = [[]]
    for (coordinate, nonlinear) in law.nonlinearCoordinates.enumerated() {
      let isFixed = fixed[law.linearCoordinates.count + coordinate] != nil
      let places = isFixed ? 0..<1 : nonlinear.scan.indices
      combinations = combinations.flatMap { head in places.map { head + [$0] } }
    }
    return combinations
  }

  private func linearCoefficients(_ values: Matrix) -> [Double] {
    let count = law.linearCoordinates.count
    let free = (0..<count).filter { fixed[$0] == nil }
    var gram = Matrix(rows: free.count, columns: free.count)
    var projection = [Double](repeating: 0, count: free.count)
    let rows = losses.count
    values.storage.withUnsafeBufferPointer { values in
      for row in 0..<rows {
        let weight = objective.isLogarithmic ? 1 / (losses[row] * losses[row]) : 1
        var target = losses[row]
        for (index, value) in fixed where index < count {
          target -= value * values[index * rows + row]
        }
        for (a, j) in free.enumerated() {
          let left = values[j * rows + row] * weight
          projection[a] += left * target
          for (b, k) in free.enumerated() where b >= a {
            gram[a, b] += left * values[k * rows + row]
          }
        }
      }
    }
    for a in free.indices { for b in 0..<a { gram[a, b] = gram[b, a] } }
    let solution = NonNegativeLeastSquares.solve(
      gram: gram, projection: projection,
      mayBeNegative: free.map { law.linearCoordinates[$0].mayBeNegative })
    var coefficients = (0..<count).map { fixed[$0] ?? 0 }
    for (index, value) in zip(free, solution) { coefficients[index] = value }
    return coefficients
  }

  private func cost(_ coefficients: [Double], _ values: Matrix) -> Double {
    let loss = objective.loss
    let rows = losses.count
    return values.storage.withUnsafeBufferPointer { values in
      var sum = 0.0
      for row in 0..<rows {
        var predicted = 0.0
        for (column, coefficient) in coefficients.enumerated() where coefficient != 0 {
          predicted += coefficient * values[column * rows + row]
        }
        sum += loss.value(objective.residual(predicted: predicted, observed: losses[row]))
      }
      return sum
    }
  }
}
