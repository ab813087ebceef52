import Foundation
import LeastSquares
import LinearAlgebra
import ScalingLaws
import Schedules
import TestSupport
import Testing

/// Schedules of every kind for sums over drops.
enum DropSchedules {
  static let warmupSteps = 300

  static let names = [
    "cosine", "cosine to zero", "linear", "linear to zero", "steps", "step to zero", "rewarmed",
    "exponential", "1-sqrt", "logged", "rounded", "noisy", "cosine curve",
    "cosine curve to zero", "exponential curve", "1-sqrt curve",
  ]

  /// A path with a linear warm-up, and the positions of about `count` rows.
  static func make(
    _ name: String, steps: Int, rows: Int, using random: inout SeededGenerator
  ) throws -> LawRows.Segment {
    let peak = exp(Double.random(in: log(1e-5)...log(1e-2), using: &random))
    let start = warmupSteps
    let hold = start + Int.random(in: 0...(steps / 2), using: &random)
    let share = { (step: Int) in Double(step - hold) / Double(steps - hold) }
    let end = 0.1
    let rate: (Int) -> Double
    var pieces = [
      LearningRatePath.Piece(
        start: 0, count: start, shape: .linear(first: 0, slope: peak / Double(start))),
      .init(start: start, count: hold - start + 1, shape: .linear(first: peak, slope: 0)),
    ]
    switch name {
    case "cosine", "logged", "rounded", "noisy":
      rate = { peak * (end + 0.5 * (1 - end) * (1 + cos(.pi * share($0)))) }
    case "cosine to zero": rate = { 0.5 * peak * (1 + cos(.pi * share($0))) }
    case "linear": rate = { peak * (1 - (1 - end) * share($0)) }
    case "linear to zero": rate = { peak * (1 - share($0)) }
    case "steps":
      rate = { peak * pow(0.3, (3 * share($0)).rounded(.down)) }
    case "step to zero": rate = { share($0) < 0.5 ? 0.5 * peak : 0 }
    case "rewarmed": rate = { peak * abs(1 - 2 * share($0)) }
    case "exponential": rate = { peak * pow(end, share($0)) }
    default: rate = { peak * (1 - (1 - end) * share($0).squareRoot()) }
    }
    var rates = ((hold + 1)...steps).map(rate)
    if name == "rounded" {
      rates = rates.map { Double(String(format: "%.4e", $0)) ?? $0 }
    } else if name == "noisy" {
      rates = rates.map { $0 * Double.random(in: 0.8...1, using: &random) }
    }
    var path = LearningRatePath(pieces: pieces, warmupEnd: start)
    if name == "logged" {
      let logged = Array(stride(from: 0, through: steps, by: 20))
      let loggedRates = logged.map { step -> Double in
        if step <= start { return peak * Double(step) / Double(start) }
        return step <= hold ? peak : rate(step)
      }
      path = try LearningRatePath(loggedSteps: logged, rates: loggedRates)
    } else if name.hasPrefix("linear") {
      pieces.append(
        .init(
          start: hold + 1, count: steps - hold,
          shape: .linear(first: rates[0], slope: rates[1] - rates[0])))
      path = LearningRatePath(pieces: pieces, warmupEnd: start)
    } else if name.contains("curve") {
      let kind: LearningRateCurve.Kind =
        name.hasPrefix("cosine")
        ? .cosine : name.hasPrefix("exponential") ? .exponential : .squareRoot
      let curve = LearningRateCurve(
        kind, from: peak, to: name.hasSuffix("zero") ? 0 : end * peak, steps: steps - hold)
      pieces.append(.init(start: hold + 1, count: steps - hold, shape: .curved(curve)))
      path = LearningRatePath(pieces: pieces, warmupEnd: start)
    } else {
      pieces.append(.init(start: hold + 1, count: steps - hold, shape: .sampled(rates)))
      path = LearningRatePath(pieces: pieces, warmupEnd: start)
    }
    let positions = Set(
      (0..<rows).map { _ in Int.random(in: (start + 1)...(steps + steps / 4), using: &random) })
    return .init(positions: positions.sorted(), path: path)
  }

  struct Drop {
    var step: Int
    var size: Double
    var rate: Double
    /// The summed rate of the steps before.
    var area: Double
  }

  /// Every drop up to a row, with the rate it reaches and the summed rate before and with it.
  static func drops(
    _ segment: LawRows.Segment, warmup: WarmupArea
  ) throws -> (drops: [Drop], areas: [Double]) {
    let path = try #require(segment.path)
    let last = segment.positions.last ?? 0
    let rates = (0...last).map { max(path.learningRate(at: $0), 0) }
    var sums: [Double] = []
    var sum = 0.0
    for rate in rates {
      sum += rate
      sums.append(sum)
    }
    let first = warmup == .full ? 1 : path.warmupEnd + 1
    var drops: [Drop] = []
    for step in first...last where rates[step - 1] != rates[step] {
      drops.append(
        Drop(
          step: step, size: rates[step - 1] - rates[step], rate: rates[step],
          area: sums[step - 1]))
    }
    return (drops, segment.positions.map { sums[$0] })
  }
}

@Suite struct DropSumTests {
  /// LD/B and its derivatives against the sum over all drops, to 1e-7 of the sum of the terms' sizes.
  @Test(arguments: DropSchedules.names, [WarmupArea.actual, .full])
  func multiPowerSumsAgreeWithDirectSums(name: String, warmup: WarmupArea) throws {
    for seed in 0..<3 as Range<UInt64> {
      var random = SeededGenerator(seed: 100 + seed)
      let segment = try DropSchedules.make(
        name, steps: [900, 4000, 9000][Int(seed)], rows: 30, using: &random)
      let peak = try #require(segment.path).peak
      let (drops, areas) = try DropSchedules.drops(segment, warmup: warmup)
      let model = MultiPowerLaw().basis(for: LawRows(segments: [segment], warmup: warmup))
      var worst = 0.0
      for trial in 0..<8 {
        let corner = trial < 4
        let beta = corner ? [0.05, 1][trial % 2] : .random(in: 0.05...1, using: &random)
        let gamma = corner ? [0.01, 1][trial / 2] : .random(in: 0...1, using: &random)
        let logSlope = Double.random(in: log(1e-2)...log(1e8), using: &random)
        let basis = model.basis(at: [0.5, logSlope, beta, gamma])
        for (row, position) in segment.positions.enumerated() {
          var direct = (value: 0.0, slope: 0.0, beta: 0.0, gamma: 0.0)
          var size = 0.0
          for drop in drops where drop.step <= position {
            guard drop.rate > 1e-12 * peak else {
              direct.value += drop.size
              size += abs(drop.size)
              continue
            }
            let mark = log(drop.rate / 1e-4)
            let x = exp(logSlope - gamma * mark) * (areas[row] - drop.area)
            let left = exp(-beta * log1p(x))
            let gain = -expm1(-beta * log1p(x))
            let slope = beta * left * x / (1 + x)
            direct.value += drop.size * gain
            direct.slope += drop.size * slope
            direct.beta += drop.size * left * log1p(x)
            direct.gamma -= drop.size * slope * mark
            size += abs(drop.size) * gain
          }
          let errors = [
            basis.functions[row, 2] + direct.value, basis.derivatives[row, 1] + direct.slope,
            0.05 * (basis.derivatives[row, 2] + direct.beta),
            0.1 * (basis.derivatives[row, 3] + direct.gamma),
          ]
          if size > 0 { worst = max(worst, errors.map(abs).max().map { $0 / size } ?? 0) }
        }
      }
      #expect(worst <= 1e-7, "\(name), \(warmup), seed \(100 + seed): \(worst)")
    }
  }

  /// The same for the gains of the other laws, their sums alone.
  @Test(
    arguments: ["multi-power-steps", "multi-power-exponential", "functional"],
    [WarmupArea.actual, .full])
  func otherSumsAgreeWithDirectSums(name: String, warmup: WarmupArea) throws {
    let law = try #require(LawCatalogue.law(named: name))
    for (seed, schedule) in DropSchedules.names.enumerated() {
      var random = SeededGenerator(seed: 200 + UInt64(seed))
      let segment = try DropSchedules.make(schedule, steps: 4000, rows: 30, using: &random)
      let (drops, areas) = try DropSchedules.drops(segment, warmup: warmup)
      let model = law.basis(for: LawRows(segments: [segment], warmup: warmup))
      for _ in 0..<4 {
        let nonlinear = law.nonlinearCoordinates.map {
          Double.random(in: $0.bounds.lower...$0.bounds.upper, using: &random)
        }
        // α and s to 10 would make all T^(-s) but the first nothing.
        let power = min(nonlinear[0], 1)
        let values = model.basis(at: [power] + nonlinear[1...]).functions
        for (row, position) in segment.positions.enumerated() {
          var (plain, weighted, size, weightedSize) = (0.0, 0.0, 0.0, 0.0)
          for drop in drops where drop.step <= position {
            let gain = Self.gain(of: drop, in: name, nonlinear, position, areas[row])
            let weight = pow(drop.area + drop.rate, -power)
            plain += drop.size * gain
            weighted += drop.size * gain * weight
            size += abs(drop.size) * gain
            weightedSize += abs(drop.size) * gain * weight
          }
          let comment: Comment = "\(name), \(schedule), seed \(200 + seed), row \(row)"
          #expect(abs(values[row, 2] + plain) <= 1e-7 * size, comment)
          guard name == "functional" else { continue }
          #expect(abs(values[row, 3] + weighted) <= 1e-7 * weightedSize, comment)
        }
      }
    }
  }

  /// A line of five billion equal drops, seen at its end: with β = 1, Σ 1/(1 + c·i) over i < N is
  /// ln(1 + cN)/c + ½(1 - 1/(1 + cN)) to the order of c, by the digamma function's series.
  @Test(arguments: [1e-9, 1e-7, 1e-4])
  func longLine(slope: Double) throws {
    let steps = 5_000_000_000
    let drop = 1e-3 / Double(steps + 1)
    let path = LearningRatePath(
      pieces: [
        .init(start: 0, count: steps + 1, shape: .linear(first: 1e-3, slope: -drop)),
        .init(start: steps + 1, count: 1, shape: .linear(first: drop, slope: 0)),
      ], warmupEnd: 0)
    let law = try #require(LawCatalogue.law(named: "multi-power-steps"))
    let rows = LawRows(
      segments: [.init(positions: [steps / 3, steps], path: path)], warmup: .actual)
    let basis = law.basis(for: rows).basis(at: [0.5, log(slope), 1])
    let n = Double(steps)
    let left = log1p(slope * n) / slope + 0.5 * (1 - 1 / (1 + slope * n))
    expectClose(-basis.functions[1, 2], drop * (n - left), tolerance: 1e-7)
  }

  private static func gain(
    of drop: DropSchedules.Drop, in name: String, _ nonlinear: [Double], _ position: Int,
    _ area: Double
  ) -> Double {
    let rate = exp(nonlinear[1])
    switch name {
    case "multi-power-steps":
      return -expm1(-nonlinear[2] * log1p(rate * Double(position - drop.step)))
    case "multi-power-exponential": return -expm1(-rate * (area - drop.area))
    default: return -expm1(-nonlinear[2] * log1p(rate * (area - drop.area - drop.rate)))
    }
  }
}
