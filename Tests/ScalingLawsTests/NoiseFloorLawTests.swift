import Foundation
import LeastSquares
import LinearAlgebra
import ScalingLaws
import Schedules
import TestSupport
import Testing

private let law = NoiseFloorLaw()

/// A run of 6,000 steps after a warm-up of 100.
private func run(
  peak: Double, _ shapes: [(count: Int, from: Double, to: Double)], size: Double? = nil,
  spacing: Int = 40
) -> LawRows.Segment {
  var pieces = [
    LearningRatePath.Piece(start: 0, count: 100, shape: .linear(first: 0, slope: peak / 100))
  ]
  var start = 100
  for shape in shapes {
    pieces.append(
      .init(
        start: start, count: shape.count,
        shape: .linear(
          first: shape.from * peak,
          slope: (shape.to - shape.from) * peak / Double(shape.count))))
    start += shape.count
  }
  let path = LearningRatePath(pieces: pieces, warmupEnd: 100)
  return .init(
    positions: Array(stride(from: 120, to: path.endPosition, by: spacing)), path: path,
    facts: RunFacts(modelSize: size))
}

/// Six runs of two peaks: constant, decays of other lengths, a drop.
private func manyRuns(size: Double? = nil, spacing: Int = 40) -> [LawRows.Segment] {
  [1e-3, 3e-3].flatMap { peak in
    [
      run(peak: peak, [(6000, 1, 1)], size: size, spacing: spacing),
      run(peak: peak, [(3000, 1, 1), (3000, 1, 0.01)], size: size, spacing: spacing),
      run(peak: peak, [(2000, 1, 1), (2000, 0.3, 0.3)], size: size, spacing: spacing),
    ]
  }
}

private func rows(_ segments: [LawRows.Segment]) -> LawRows {
  LawRows(segments: segments, warmup: .actual)
}

/// Parameters with what has priors at their means, and η* = 3e-3.
private let usual: [Double] = [2, 20, 0.2, 3000, 2, 0.5, 0.6, 0.75, 0.005, 0.2, 0.5, 3e-3]

/// Losses with independent noise in their logarithms.
private func noisy(_ losses: [Double], _ deviation: Double, seed: UInt64) -> [Double] {
  var random = SeededGenerator(seed: seed)
  return losses.map { $0 * exp(deviation * random.normal()) }
}

private func parameters(_ fit: LawFit) -> [Double] {
  law.parameters(fromCoordinates: fit.coordinates)
}

@Suite struct NoiseFloorLawTests {
  /// Central differences by every coordinate that a fit varies; μ and η* have no derivatives.
  @Test(arguments: 0..<10 as Range<UInt64>)
  func derivativesAgreeWithDifferences(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let some = rows(manyRuns(size: 5e7, spacing: 200) + manyRuns(size: 4e8, spacing: 250))
    let theta = law.nonlinearCoordinates.prefix(5).map { coordinate in
      let (low, high) = (coordinate.bounds.lower, coordinate.bounds.upper)
      let edge = 0.1 * (high - low)
      return Double.random(in: (low + edge)...(high - edge), using: &random)
    }
    let held = [Double.random(in: 0...1, using: &random), 3e-3]
    var model = law.basis(for: some)
    #expect(model.derivativeColumns.allSatisfy { $0.parameter < 5 })
    func functions(_ theta: [Double]) -> Matrix {
      model.prepare(theta + held, wantsDerivatives: true)
      return model.basis(at: theta + held).functions
    }
    let values = functions(theta)
    let derivatives = model.basis(at: theta + held).derivatives
    for coordinate in 0..<5 {
      let step = 1e-5
      var (upper, lower) = (theta, theta)
      upper[coordinate] += step
      lower[coordinate] -= step
      let (above, below) = (functions(upper), functions(lower))
      for function in 0..<5 {
        let column = model.derivativeColumns.firstIndex {
          $0.function == function && $0.parameter == coordinate
        }
        let scale = (0..<some.count).map { abs(values[$0, function]) }.max() ?? 1
        for row in 0..<some.count {
          expectClose(
            column.map { derivatives[row, $0] } ?? 0,
            (above[row, function] - below[row, function]) / (2 * step), tolerance: 1e-7,
            scale: scale, "seed \(seed), φ\(function), coordinate \(coordinate), row \(row)")
        }
      }
    }
  }

  /// κ = δ = 1, μ = 0 and no D and B: the annealing law in other parameters.
  @Test func annealingLawIsASpecialCase() {
    // Constant pieces, over which stretches are exact.
    let peak = 2e-3
    let levels = [1, 0.6, 0.25, 0.5, 0.1]
    let pieces = levels.enumerated().map { index, level in
      LearningRatePath.Piece(
        start: 700 * index, count: 700, shape: .linear(first: level * peak, slope: 0))
    }
    let path = LearningRatePath(pieces: pieces, warmupEnd: 0)
    let some = rows([
      .init(positions: Array(stride(from: 1, through: 4000, by: 7)), path: path)
    ])
    let (floor, height, noise, alpha, forgetting) = (2.0, 20.0, 0.2, 0.55, 0.01)
    for reference in [peak, 5e-3] {
      let own = losses(
        of: law,
        coordinates: law.coordinates(fromParameters: [
          floor, height, noise, 0, 0, alpha, 1, 1, forgetting, 0.2, 0, reference,
        ]), at: some)
      let annealing = AnnealingLaw()
      let lambda = exp(-forgetting)
      let expected = losses(
        of: annealing,
        coordinates: annealing.coordinates(fromParameters: [
          floor + noise * peak / reference, height * pow(reference, alpha),
          noise * (1 - lambda) / reference, alpha, lambda,
        ]), at: some)
      for (one, other) in zip(own, expected) { expectClose(one, other, tolerance: 1e-10) }
    }
  }

  /// Losses without noise at the priors' means are given back, whatever the objective.
  @Test(arguments: [FitObjective.standard, .leastSquares])
  func recoveryAtThePriorMeans(objective: FitObjective) throws {
    let some = rows(manyRuns(size: 5e7) + manyRuns(size: 4e8))
    let truth = law.coordinates(fromParameters: usual)
    let fit = try LawFitter(law: law, objective: objective).fit(
      losses(of: law, coordinates: truth, at: some), at: some)
    #expect(fit.freeCoordinates == Array(0..<10))
    #expect(fit.unidentified.isEmpty)
    for index in truth.indices {
      expectClose(
        fit.coordinates[index], truth[index], tolerance: 1e-5, scale: 1e-2,
        "\(law.parameters[index].name)")
    }
  }

  /// Far from the priors, many runs overrule them: forecasts of another schedule are within the noise.
  @Test(arguments: [
    [1.5, 50, 0.3, -3000, 3, 0.7, 0.9, 1, 0.02, 0.3, 0.5, 3e-3],
    [2.5, 8, 0.1, 0, 1.5, 0.35, 0.4, 0.5, 0.002, 0.12, 0.5, 3e-3],
  ])
  func recoveryAwayFromThePriors(truth: [Double]) throws {
    let some = rows(manyRuns(size: 5e7) + manyRuns(size: 4e8) + manyRuns(size: 1.5e8))
    let other = rows([run(peak: 2e-3, [(9000, 1, 1), (1500, 1, 0)], size: 1e8)])
    let coordinates = law.coordinates(fromParameters: truth)
    let noise = 1e-3
    let fit = try LawFitter(law: law).fit(
      noisy(losses(of: law, coordinates: coordinates, at: some), noise, seed: 3), at: some)
    let predicted = losses(of: law, coordinates: fit.coordinates, at: other)
    let expected = losses(of: law, coordinates: coordinates, at: other)
    let errors = zip(predicted, expected).map { abs($0 / $1 - 1) }
    #expect(errors.reduce(0, +) / Double(errors.count) < 0.5 * noise)
    #expect((errors.max() ?? 1) < 2 * noise)
    expectClose(parameters(fit)[6], truth[6], tolerance: 0.1, "κ")
  }

  /// One constant rate says nothing of how anything depends on it.
  @Test func oneConstantRun() throws {
    let some = rows([
      .init(positions: Array(stride(from: 100, through: 6000, by: 50)), path: .constant(1e-3))
    ])
    var truth = usual
    truth[11] = 1e-3
    let fit = try LawFitter(law: law).fit(
      noisy(
        losses(of: law, coordinates: law.coordinates(fromParameters: truth), at: some), 1e-3,
        seed: 4),
      at: some)
    #expect(fit.unidentified.filter { !$0.isOptional }.map(\.index) == [2, 7, 8])
    #expect(fit.unidentified.filter(\.isOptional).map(\.index) == [4, 9])
    let values = parameters(fit)
    #expect(values[2] == 0)
    expectClose(values[6], 0.6, tolerance: 1e-6, "κ")
    expectClose(values[7], 0.75, tolerance: 1e-12, "δ")
    expectClose(values[8], 0.005, tolerance: 1e-12, "c")
    expectClose(values[9], 0.2, tolerance: 1e-12, "β")
    #expect(values[11] == 1e-3)
  }

  /// Constant rates of two peaks tell the floor but not its memory.
  @Test func constantRatesOfTwoPeaks() {
    let positions = Array(stride(from: 100, through: 6000, by: 50))
    let some = rows([
      .init(positions: positions, path: .constant(1e-3)),
      .init(positions: positions, path: .constant(2e-3)),
    ])
    #expect(law.unidentified(in: some).filter { !$0.isOptional }.map(\.index) == [8])
  }

  /// Runs logged twice as often weigh no more against the priors.
  @Test func moreRowsOfTheSameRuns() throws {
    func fitted(_ spacing: Int) throws -> [Double] {
      let some = rows(Array(manyRuns(spacing: spacing).prefix(2)))
      var truth = usual
      truth[6] = 0.9
      truth[7] = 1.1
      truth[11] = 1e-3
      let clean = losses(of: law, coordinates: law.coordinates(fromParameters: truth), at: some)
      // A miss that goes on for long, as laws have them.
      let missed = zip(clean, some.segments.flatMap(\.positions)).map {
        $0 * (1 + 1e-3 * sin(Double($1) / 700))
      }
      return parameters(try LawFitter(law: law).fit(missed, at: some))
    }
    let (sparse, dense) = (try fitted(40), try fitted(20))
    for index in [5, 6, 7, 8] {
      expectClose(
        dense[index], sparse[index], tolerance: 0.05, "\(law.parameters[index].name)")
    }
  }

  /// A parameter is held at what `fixed` says, μ and η* among them.
  @Test(
    arguments: Array(
      zip(
        law.parameters.map(\.name),
        [
          2.1, 25, 0.15, 0, 1, 0.45, 0.5, 0.8, 0.01, 0.3, 1, 1e-3,
        ])))
  func heldParameters(name: String, value: Double) throws {
    let some = rows(manyRuns(size: 5e7) + manyRuns(size: 4e8))
    let index = try #require(law.parameters.firstIndex { $0.name == name })
    var truth = usual
    truth[index] = value
    let fit = try LawFitter(law: law, fixed: [name: value]).fit(
      losses(of: law, coordinates: law.coordinates(fromParameters: truth), at: some), at: some)
    #expect(!fit.freeCoordinates.contains(index))
    expectClose(parameters(fit)[index], value, tolerance: 1e-14)
    let errors = fit.residuals.map(abs)
    #expect((errors.max() ?? 1) < 1e-4, "\(name)")
  }

  /// Two sizes tell B, not β; the peaks fitted are those of the rows.
  @Test func twoSizes() throws {
    let some = rows(manyRuns(size: 5e7) + manyRuns(size: 4e8))
    var truth = usual
    truth[9] = 0.35
    let fit = try LawFitter(law: law).fit(
      losses(of: law, coordinates: law.coordinates(fromParameters: truth), at: some), at: some)
    #expect(fit.unidentified.isEmpty)
    let values = parameters(fit)
    expectClose(values[9], 0.2, tolerance: 0.05, "β")
    func gap(_ values: [Double]) -> Double {
      values[4] * (pow(50, -values[9]) - pow(400, -values[9]))
    }
    expectClose(gap(values), gap(truth), tolerance: 1e-3)
  }

  /// Sizes that are known of some runs only are as good as unknown.
  @Test func unknownSizes() throws {
    let some = rows(manyRuns(size: 5e7) + manyRuns())
    let truth = law.coordinates(fromParameters: usual)
    let fit = try LawFitter(law: law).fit(losses(of: law, coordinates: truth, at: some), at: some)
    #expect(fit.unidentified.map(\.index) == [4, 9] && fit.unidentified.allSatisfy(\.isOptional))
    let values = parameters(fit)
    #expect(values[4] == 0)
    expectClose(values[0], 2, tolerance: 1e-5)
  }

  /// Without priors nothing holds κ back from what the rows say.
  @Test func priorsCanBeSwitchedOff() throws {
    let some = rows(Array(manyRuns().prefix(3)))
    var truth = usual
    truth[6] = 1
    truth[7] = 1.2
    truth[11] = 1e-3
    let clean = losses(of: law, coordinates: law.coordinates(fromParameters: truth), at: some)
    let free = try LawFitter(law: law, usesPriors: false).fit(clean, at: some)
    #expect(free.priors.isEmpty && free.priorVariance == nil)
    expectClose(parameters(free)[6], 1, tolerance: 1e-4)
    expectClose(parameters(free)[7], 1.2, tolerance: 1e-4)
    let held = try LawFitter(law: law).fit(clean, at: some)
    #expect(held.priors.count == 4 && held.priorVariance != nil)
  }
}
