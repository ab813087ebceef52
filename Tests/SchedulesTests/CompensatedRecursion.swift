import Schedules

/// The areas and S2's derivative by λ, step by step as they are defined, with every sum and state
/// carried as two numbers, so that rounding does not add up over the steps.
struct CompensatedRecursion {
  var forward: [Int: Double] = [:]
  var annealing: [Int: Double] = [:]
  var derivative: [Int: Double] = [:]
  /// The largest rate: the scale of everything.
  var peak = 0.0

  init(
    rates: [Double], first: Int = 0, warmupEnd: Int, memoryLoss: Double, warmup: WarmupArea,
    at positions: Set<Int>
  ) {
    // m = λm + d as m + (d - u m): for small u the sum is compensated, not the product.
    var sum = Compensated()
    var (momentum, slope, area, areaSlope) = (
      Compensated(), Compensated(), Compensated(), Compensated()
    )
    for (index, rate) in rates.enumerated() {
      let position = first + index
      let inWarmup = position <= warmupEnd
      peak = max(peak, rate)
      sum.add(inWarmup && warmup == .peak ? rates[warmupEnd - first] : rate)
      let isCounted = index > 0 && (!inWarmup || warmup == .full)
      let old = momentum.value
      slope.add(old - memoryLoss * slope.value)
      if isCounted {
        momentum.add(rates[index - 1])
        momentum.add(-rate)
      }
      momentum.add(-memoryLoss * old)
      area.add(momentum.value)
      areaSlope.add(slope.value)
      if positions.contains(position) {
        forward[position] = sum.value
        annealing[position] = area.value
        derivative[position] = areaSlope.value
      }
    }
  }
}

/// A sum with its rounding errors, by Neumaier's method.
struct Compensated {
  private var sum = 0.0
  private var error = 0.0

  var value: Double { sum + error }

  mutating func add(_ term: Double) {
    let next = sum + term
    error += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
    sum = next
  }
}
