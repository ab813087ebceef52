import Foundation
import Schedules
import TestSupport
import Testing

/// The areas of curved schedules against their definition, step by step.
@Suite struct CurveAreaTests {
  /// Every shape, and parameters that make it sharp or singular.
  static let shapes = [
    "cosine", "cosine:p=0.5", "cosine:p=3", "cosine:k=0.3", "cosine:k=4", "cosine-linear",
    "1-sqrt", "square", "mirror-cosine", "poly:p=2", "poly:p=3", "poly:p=0.3", "poly:p=2.7",
    "exp:to=1e-4x", "mexp", "mexp:g=0.01", "half-life:h=150", "inv:to=0.01x", "invsqrt",
    "invsqrt:tau=3", "power:at=1x", "power:b=-0.9", "rex", "rex:beta=0.95", "rex:beta=-1", "tanh",
    "tanh:lb=-30:ub=20",
  ]
  static let warmups = ["linear", "cosine", "1-sqrt", "quad", "log", "const"]

  /// S1, S2 and ∂S2/∂λ to 1e-12 of what they would be if all of the peak fell at once.
  @Test(arguments: shapes)
  func curvesEqualTheRecursion(shape: String) throws {
    for (seed, warmupShape) in zip(UInt64(0)..<6, CurveAreaTests.warmups) {
      var random = SeededGenerator(seed: seed)
      let warmupSteps = Int.random(in: 1...400, using: &random)
      let steps = [30, 700, 2000, 4000][Int.random(in: 0..<4, using: &random)]
      let end = shape.contains("to=") ? "" : ":to=\(Double.random(in: 0...0.3, using: &random))x"
      var text = "peak=\(pow(10, Double.random(in: -5 ... 0, using: &random)))"
      text += ",warmup:\(warmupSteps):\(warmupShape),\(shape):\(steps)\(end)"
      if Bool.random(using: &random), !shape.contains("h="), !shape.contains("inv"),
        !shape.hasPrefix("power")
      {
        text += ":skip=\(Double.random(in: 0...500, using: &random)):of=7000.5"
      }
      text += ",stable:50"
      try compare(text, through: warmupSteps + steps + 80, using: &random, "seed \(seed)")
    }
  }

  /// Schedules of many phases, all conventions and units.
  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func randomSchedulesEqualTheRecursion(seed: UInt64) throws {
    var generator = ScheduleTextGenerator(seed: seed)
    let text = generator.next()
    var random = SeededGenerator(seed: seed)
    let last = (try Schedule(parsing: text).totalSteps ?? 0) + 40
    try compare(text, through: last, using: &random, "seed \(seed)")
  }

  private func compare(
    _ text: String, through last: Int, using random: inout SeededGenerator, _ seed: String
  ) throws {
    let schedule = try Schedule(parsing: text)
    let path = schedule.path(through: last)
    let rates = (0...last).map { schedule.learningRate(at: $0) }
    // One after the other, and far apart.
    let some = (0..<6).map { _ in Int.random(in: 0...last, using: &random) }
    let positions = Set(some + some.map { min($0 + 1, last) } + [0, last]).sorted()
    let losses = [1, pow(10, Double.random(in: -3 ... -0.1, using: &random)), 1e-4, 1e-9]
    for (loss, warmup) in zip(losses, WarmupArea.allCases.shuffled(using: &random) + [.full]) {
      let areas = LearningRateAreas(path: path, positions: positions, warmup: warmup)
      var annealing = [Double](repeating: 0, count: positions.count)
      var derivatives = annealing
      areas.annealing(
        memoryLoss: loss, areas: &annealing, derivatives: &derivatives, at: 0,
        wantsDerivatives: true)
      let truth = CompensatedRecursion(
        rates: rates, warmupEnd: path.warmupEnd, memoryLoss: loss, warmup: warmup,
        at: Set(positions))
      for (index, position) in positions.enumerated() {
        let context: Comment =
          "\(seed), \(text), λ = 1 - \(loss), \(warmup), position \(position)"
        let n = Double(position + 1)
        let reach = min(n, 1 / loss)
        expectClose(
          areas.forward[index], truth.forward[position] ?? .nan, tolerance: 1e-12,
          scale: truth.peak, context)
        expectClose(
          annealing[index], truth.annealing[position] ?? .nan, tolerance: 1e-12,
          scale: truth.peak * reach, context)
        expectClose(
          derivatives[index], truth.derivative[position] ?? .nan, tolerance: 1e-12,
          scale: truth.peak * reach * reach, context)
      }
    }
  }
}
