import Foundation
import LeastSquares
import ScalingLaws
import Schedules

/// Times the fit of one run of 10,000 rows; see `fit.py` beside this folder.
///
/// Writes the rows to the CSV file named by the first argument, then fits them and prints one JSON
/// line: CPU seconds (median), iterations, evaluations, cost and parameters.
@main
enum FitBenchmark {
  static func main() throws {
    let rows = 10_000
    let last = 40_000
    let path = LearningRatePath(
      pieces: [
        .init(start: 0, count: 500, shape: .linear(first: 0, slope: 1e-3 / 500)),
        .init(start: 500, count: 29_500, shape: .linear(first: 1e-3, slope: 0)),
        .init(start: 30_000, count: 10_001, shape: .linear(first: 1e-3, slope: -9e-8)),
      ], warmupEnd: 500)
    let positions = (0..<rows).map { 500 + ($0 + 1) * (last - 500) / rows }
    let areas = LearningRateAreas(path: path, positions: positions, warmup: .actual)
    let annealing = areas.annealing(decay: 0.999)
    var random = SplitMix(state: 1)
    let losses = positions.indices.map { index in
      let loss = 2.6 + 1.2 * pow(areas.forward[index], -0.5) - 0.1 * annealing[index]
      return loss * exp(2e-3 * random.normal())
    }
    if CommandLine.arguments.count > 1 {
      var text = "position,s1,s2,loss\n"
      for index in positions.indices {
        text += "\(positions[index]),\(areas.forward[index]),\(annealing[index]),\(losses[index])\n"
      }
      try text.write(toFile: CommandLine.arguments[1], atomically: true, encoding: .utf8)
    }
    let law = AnnealingLaw()
    let fitter = LawFitter(law: law, fixed: ["lambda": 0.999])
    let lawRows = LawRows(
      segments: [.init(positions: positions, path: path)], warmup: .actual)
    let start = law.coordinates(fromParameters: [2, 1, 0.05, 0.4, 0.999])
    var local: [Double] = []
    var whole: [Double] = []
    var fit = try fitter.fit(losses, at: lawRows, from: start)
    for _ in 0..<15 {
      let begin = clock()
      fit = try fitter.fit(losses, at: lawRows, from: start)
      local.append(Double(clock() - begin) / Double(CLOCKS_PER_SEC))
      let second = clock()
      _ = try LawFitter(law: law).fit(losses, at: lawRows)
      whole.append(Double(clock() - second) / Double(CLOCKS_PER_SEC))
    }
    let result: [String: Any] = [
      "rows": rows, "seconds": local.sorted()[7], "secondsWithScanAndFreeDecay": whole.sorted()[7],
      "iterations": fit.report.iterations, "evaluations": fit.report.evaluations,
      "cost": fit.report.cost, "parameters": law.parameters(fromCoordinates: fit.coordinates),
    ]
    let line = try JSONSerialization.data(withJSONObject: result, options: [.sortedKeys])
    print(String(decoding: line, as: UTF8.self))
  }
}

/// SplitMix64 with normal values, so that every run sees the same noise.
private struct SplitMix {
  var state: UInt64

  mutating func uniform() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return (Double((mixed ^ (mixed >> 31)) >> 11) + 0.5) / 9_007_199_254_740_992
  }

  mutating func normal() -> Double {
    (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform())
  }
}
