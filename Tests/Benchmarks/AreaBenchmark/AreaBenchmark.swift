import Foundation
import Schedules

/// Times the areas of long schedules against the recursion that defines them.
///
/// Prints a table: for each shape of a decay over 10 million steps the milliseconds for S1, S2 and
/// ∂S2/∂λ at 1,000 positions from the text of the schedule on, those for another λ, the recursion's, and
/// how many times the recursion takes.
@main
enum AreaBenchmark {
  static let steps = 10_000_000
  static let points = 1000
  static let shapes = [
    "linear", "cosine", "cosine:p=0.5", "cosine-linear", "1-sqrt", "square", "mirror-cosine",
    "poly:p=2", "poly:p=0.3", "exp:to=0.001x", "mexp", "half-life:h=300000", "inv:to=0.01x",
    "invsqrt", "power", "rex", "tanh",
  ]

  static func main() throws {
    print(row("decay", "ms", "again", "recursion", "ratio", "difference"))
    for shape in shapes {
      let parts = shape.split(separator: ":", maxSplits: 1).map(String.init)
      let rest = parts.count > 1 ? ":\(parts[1])" : ""
      let text = "peak=1e-3,warmup:2000,\(parts[0]):\(steps - 2000)\(rest)"
      try measure(text, name: shape)
    }
  }

  static func measure(_ text: String, name: String) throws {
    let positions = (1...points).map { $0 * (steps / points) - 1 }
    let loss = 1e-3
    var areas = [Double](repeating: 0, count: points)
    var derivatives = areas
    var prepared: LearningRateAreas?
    let all = try median(21) {
      let path = try Schedule(parsing: text).path(through: steps)
      let run = LearningRateAreas(path: path, positions: positions, warmup: .actual)
      run.annealing(
        memoryLoss: loss, areas: &areas, derivatives: &derivatives, at: 0, wantsDerivatives: true)
      prepared = run
    }
    let again = median(21) {
      prepared?.annealing(
        memoryLoss: loss, areas: &areas, derivatives: &derivatives, at: 0, wantsDerivatives: true)
    }
    let schedule = try Schedule(parsing: text)
    let warmupEnd = schedule.path(through: steps).warmupEnd
    let rates = (0..<steps).map { schedule.learningRate(at: $0) }
    var sums = (forward: 0.0, annealing: 0.0, derivative: 0.0)
    let recursion = median(5) { sums = recursionSums(rates, from: warmupEnd, loss: loss) }
    let difference =
      [
        ((prepared?.forward.last ?? 0) - sums.forward) / sums.forward,
        (areas[points - 1] - sums.annealing) / sums.annealing,
        (derivatives[points - 1] - sums.derivative) / sums.derivative,
      ].map(abs).max() ?? 0
    print(
      row(
        name, number(1e3 * all), number(1e3 * again), number(1e3 * recursion),
        String(format: "%.0f", recursion / all), String(format: "%.0e", difference)))
  }

  /// The definition, over rates that are there already.
  static func recursionSums(
    _ rates: [Double], from warmupEnd: Int, loss: Double
  ) -> (forward: Double, annealing: Double, derivative: Double) {
    let decay = 1 - loss
    var (sum, area, areaSlope) = (Compensated(), Compensated(), Compensated())
    var (momentum, slope) = (0.0, 0.0)
    var last = rates[warmupEnd]
    for (position, rate) in rates.enumerated() {
      sum.add(rate)
      guard position > warmupEnd else { continue }
      slope = momentum + decay * slope
      momentum = decay * momentum + (last - rate)
      area.add(momentum)
      areaSlope.add(slope)
      last = rate
    }
    return (sum.value, area.value, areaSlope.value)
  }

  static func median(_ repeats: Int, _ body: () throws -> Void) rethrows -> Double {
    let seconds = try (0..<repeats).map { _ in
      let begin = clock()
      try body()
      return Double(clock() - begin) / Double(CLOCKS_PER_SEC)
    }
    return seconds.sorted()[repeats / 2]
  }

  static func number(_ value: Double) -> String { String(format: "%.3f", value) }

  static func row(_ cells: String...) -> String {
    cells.enumerated().map { index, cell in
      let padding = String(repeating: " ", count: max(0, (index == 0 ? 20 : 12) - cell.count))
      return index == 0 ? cell + padding : padding + cell
    }.joined()
  }
}

/// A sum with its rounding errors: adding a constant ten million times loses nine digits otherwise.
private struct Compensated {
  private var sum = 0.0
  private var error = 0.0

  var value: Double { sum + error }

  mutating func add(_ term: Double) {
    let next = sum + term
    error += term - (next - sum)
    sum = next
  }
}
