/// A few logged rows with the errors that printing left, to fit curves to.
struct RateRows: Sendable {
  /// The steps of the rows, ascending.
  var steps: [Double]
  /// The rates as logged.
  var rates: [Double]
  /// How far the true rate may be, per row; above 0.
  var tolerances: [Double]

  /// At most `limit` of the rows, spread evenly over steps and over rates; the first and last are
  /// among them.
  func thinned(to limit: Int) -> RateRows {
    guard steps.count > limit, limit > 1 else { return self }
    let length = steps[steps.count - 1] - steps[0]
    let travelled = travelledRates()
    let whole = travelled[travelled.count - 1]
    var kept = [0]
    for row in 1..<steps.count {
      var way = (steps[row] - steps[0]) / length
      if whole > 0 { way += travelled[row] / whole }
      let next = 2 * Double(kept.count) / Double(limit - 1)
      if way >= next || row == steps.count - 1 { kept.append(row) }
    }
    return RateRows(
      steps: kept.map { steps[$0] }, rates: kept.map { rates[$0] },
      tolerances: kept.map { tolerances[$0] })
  }

  /// How far the rate has moved up to each row; a printed step of it counts evenly over the rows of
  /// equal rates before it, so that none of them is preferred.
  private func travelledRates() -> [Double] {
    var travelled = [0.0]
    travelled.reserveCapacity(rates.count)
    var first = 0
    for row in 1..<rates.count where rates[row] != rates[first] {
      let change = abs(rates[row] - rates[first])
      let start = travelled[first]
      for inner in 1...(row - first) {
        travelled.append(start + change * Double(inner) / Double(row - first))
      }
      first = row
    }
    while travelled.count < rates.count { travelled.append(travelled[first]) }
    return travelled
  }

  /// The largest deviation of a curve from a row, in tolerances; infinite where there is none.
  func worst(of curve: RateCurve, _ parameters: RateCurveParameters) -> Double {
    var worst = 0.0
    for index in steps.indices {
      let deviation = abs(curve.rate(at: steps[index], parameters) - rates[index])
      guard deviation.isFinite else { return .infinity }
      worst = max(worst, deviation / tolerances[index])
    }
    return worst
  }

  /// The sum of squared deviations in tolerances.
  func cost(of curve: RateCurve, _ parameters: RateCurveParameters) -> Double {
    var sum = 0.0
    for index in steps.indices {
      let deviation = (curve.rate(at: steps[index], parameters) - rates[index]) / tolerances[index]
      guard deviation.isFinite else { return .infinity }
      sum += deviation * deviation
    }
    return sum
  }
}

/// Fits the free parameters of a curve to rows by Levenberg and Marquardt's method.
struct RateCurveFit {
  /// The parameters found.
  private(set) var parameters: RateCurveParameters
  /// The sum of squared deviations in tolerances.
  private(set) var cost: Double
  /// How far each free parameter may be off, by the rows' tolerances; 0 for the others.
  private(set) var spread = RateCurveParameters()

  private static let mostIterations = 40

  /// Searches from a start.
  ///
  /// - Parameters:
  ///   - curve: the curve.
  ///   - rows: the rows.
  ///   - start: where to begin; parameters that are not free stay as they are.
  ///   - free: the lanes to change.
  init(_ curve: RateCurve, to rows: RateRows, from start: RateCurveParameters, free: [Int]) {
    parameters = start
    cost = rows.cost(of: curve, start)
    guard !free.isEmpty, cost.isFinite else { return }
    var damping = 1e-3
    var system = RateNormalEquations(size: free.count)
    var isFresh = false
    for _ in 0..<Self.mostIterations {
      if !isFresh { system.accumulate(curve, rows, parameters, free: free) }
      isFresh = true
      guard let step = system.step(damping: damping) else { break }
      var trial = parameters
      for (index, lane) in free.enumerated() { trial[lane] -= step[index] }
      let trialCost = rows.cost(of: curve, trial)
      guard trialCost < cost else {
        damping *= 8
        if damping > 1e8 { break }
        continue
      }
      let gain = cost - trialCost
      (parameters, cost) = (trial, trialCost)
      damping = max(damping / 10, 1e-12)
      isFresh = false
      if gain <= 1e-9 * cost || cost < 1e-9 { break }
    }
    system.accumulate(curve, rows, parameters, free: free)
    for (index, lane) in free.enumerated() { spread[lane] = system.spread(of: index) }
  }
}

/// The normal equations of a curve's linearisation.
struct RateNormalEquations {
  private let size: Int
  private var matrix: [Double]
  private var gradient: [Double]
  private var scales: [Double]

  init(size: Int) {
    self.size = size
    matrix = Array(repeating: 0, count: size * size)
    gradient = Array(repeating: 0, count: size)
    scales = gradient
  }

  /// Sums the rows' products, with derivatives by central differences.
  mutating func accumulate(
    _ curve: RateCurve, _ rows: RateRows, _ parameters: RateCurveParameters, free: [Int]
  ) {
    for index in matrix.indices { matrix[index] = 0 }
    for index in gradient.indices { gradient[index] = 0 }
    let length = parameters[RateCurveLane.end] - parameters[RateCurveLane.start]
    let top = max(abs(parameters[RateCurveLane.startRate]), abs(parameters[RateCurveLane.endRate]))
    var slopes = RateCurveParameters()
    for row in rows.steps.indices {
      let step = rows.steps[row]
      for (index, lane) in free.enumerated() {
        let size =
          lane <= RateCurveLane.endRate
          ? top : lane <= RateCurveLane.end ? length : abs(parameters[lane])
        let change = max(1e-6 * size, 1e-300)
        var (above, below) = (parameters, parameters)
        above[lane] += change
        below[lane] -= change
        let slope =
          (curve.rate(at: step, above) - curve.rate(at: step, below)) / (2 * change)
        slopes[index] = slope.isFinite ? slope / rows.tolerances[row] : 0
      }
      let residual = (curve.rate(at: step, parameters) - rows.rates[row]) / rows.tolerances[row]
      for left in 0..<size {
        gradient[left] += slopes[left] * residual
        for right in 0..<size { matrix[left * size + right] += slopes[left] * slopes[right] }
      }
    }
    for index in 0..<size { scales[index] = matrix[index * size + index].squareRoot() }
  }

  /// The damped step; nil when some parameter has no effect.
  func step(damping: Double) -> [Double]? {
    guard let solution = solve(gradient, damping: damping) else { return nil }
    return solution.allSatisfy(\.isFinite) ? solution : nil
  }

  /// The root of the inverse's diagonal element: the spread of a parameter for errors of one
  /// tolerance a row.
  func spread(of index: Int) -> Double {
    var unit = gradient.map { _ in 0.0 }
    unit[index] = 1
    guard let column = solve(unit, damping: 1e-14), column[index] > 0 else { return .infinity }
    return column[index].squareRoot()
  }

  /// Solves by elimination after scaling the diagonal to 1.
  private func solve(_ side: [Double], damping: Double) -> [Double]? {
    var rows = matrix
    var right = side
    for left in 0..<size {
      guard scales[left] > 0, scales[left].isFinite else { return nil }
      right[left] /= scales[left]
      for column in 0..<size { rows[left * size + column] /= scales[left] * scales[column] }
      rows[left * size + left] += damping
    }
    for pivot in 0..<size {
      let diagonal = rows[pivot * size + pivot]
      guard diagonal > 1e-300 else { return nil }
      for row in (pivot + 1)..<max(size, pivot + 1) {
        let factor = rows[row * size + pivot] / diagonal
        for column in pivot..<size {
          rows[row * size + column] -= factor * rows[pivot * size + column]
        }
        right[row] -= factor * right[pivot]
      }
    }
    for row in (0..<size).reversed() {
      for column in (row + 1)..<max(size, row + 1) {
        right[row] -= rows[row * size + column] * right[column]
      }
      right[row] /= rows[row * size + row]
    }
    for row in 0..<size { right[row] /= scales[row] }
    return right
  }
}
