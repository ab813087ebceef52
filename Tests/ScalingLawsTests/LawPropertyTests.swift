import LeastSquares
import LinearAlgebra
import ScalingLaws
import Schedules
import TestSupport
import Testing

/// The laws that the sample rows determine, at any values between a scan's ends; those of size and
/// data, families of learning curves and the law with priors have tests of their own.
private let curveLaws = LawCatalogue.scheduleAware.map(\.name) + ["power-steps"]

/// Rows of three runs of different size: constant, linear decay, a drop in two steps; warm-up 100,
/// peak 1e-3, other data after step 1700.
private func sampleRows(warmup: WarmupArea = .actual) -> LawRows {
  let rise = LearningRatePath.Piece(
    start: 0, count: 100, shape: .linear(first: 0, slope: 1e-5))
  let shapes: [[LearningRatePath.Piece]] = [
    [.init(start: 100, count: 4000, shape: .linear(first: 1e-3, slope: 0))],
    [
      .init(start: 100, count: 1500, shape: .linear(first: 1e-3, slope: 0)),
      .init(start: 1600, count: 1500, shape: .linear(first: 1e-3, slope: -6e-7)),
    ],
    [
      .init(start: 100, count: 900, shape: .linear(first: 1e-3, slope: 0)),
      .init(start: 1000, count: 900, shape: .linear(first: 3e-4, slope: 0)),
      .init(start: 1900, count: 1000, shape: .linear(first: 1e-4, slope: 0)),
    ],
  ]
  return LawRows(
    segments: zip(shapes, [5e7, 1.5e8, 4e8]).map { pieces, size in
      let path = LearningRatePath(pieces: [rise] + pieces, warmupEnd: 100)
      return .init(
        positions: Array(stride(from: 120, to: path.endPosition, by: 35)), path: path,
        facts: RunFacts(modelSize: size, switchStep: 1700))
    }, warmup: warmup)
}

/// Σ cⱼ φⱼ at rows.
func predictions(_ law: any LossLaw, _ coordinates: [Double], _ rows: LawRows) -> [Double] {
  let count = law.linearCoordinates.count
  let values = law.basis(for: rows).basis(at: Array(coordinates[count...])).functions
  return (0..<rows.count).map { row in
    (0..<count).reduce(0) { $0 + coordinates[$1] * values[row, $1] }
  }
}

/// Values of a linear coordinate with which the sample rows have losses of a few nats.
private func linearRange(of law: any LossLaw, _ index: Int) -> ClosedRange<Double> {
  switch (law.name, index) {
  case (_, 0): 1...3
  case (_, 1): 0.3...2
  case ("annealing-size", 2), ("forward-momentum", 2): 0.5...2
  case ("annealing-power", 2): 0.05...0.3
  case ("forward-momentum", 3): 0.01...0.03
  case ("continual", 4): -0.5...0.5
  default: 50...300
  }
}

private func randomCoordinates(
  of law: any LossLaw, using random: inout SeededGenerator
)
  -> [Double]
{
  law.linearCoordinates.indices.map { index in
    Double.random(in: linearRange(of: law, index), using: &random)
  }
    + law.nonlinearCoordinates.map { coordinate in
      let scan = coordinate.scan
      return Double.random(in: scan[scan.count / 3]...scan[2 * scan.count / 3], using: &random)
    }
}

@Suite struct LawPropertyTests {
  @Test(arguments: curveLaws, 0..<5 as Range<UInt64>)
  func derivativesAgreeWithDifferences(name: String, seed: UInt64) throws {
    let law = try #require(LawCatalogue.law(named: name))
    var random = SeededGenerator(seed: seed)
    let rows = sampleRows()
    let coordinates = randomCoordinates(of: law, using: &random)
    let linear = law.linearCoordinates.count
    let nonlinear = Array(coordinates[linear...])
    let model = law.basis(for: rows)
    let basis = model.basis(at: nonlinear)
    let (values, derivatives) = (basis.functions, basis.derivatives)
    let columns = model.derivativeColumns
    for coordinate in nonlinear.indices {
      let step = 1e-5
      var (upper, lower) = (nonlinear, nonlinear)
      upper[coordinate] += step
      lower[coordinate] -= step
      let above = model.basis(at: upper).functions
      let below = model.basis(at: lower).functions
      for function in 0..<linear {
        let column = columns.firstIndex {
          $0.function == function && $0.parameter == coordinate
        }
        let scale = (0..<rows.count).map { abs(values[$0, function]) }.max() ?? 1
        for row in 0..<rows.count {
          let difference = (above[row, function] - below[row, function]) / (2 * step)
          let derivative = column.map { derivatives[row, $0] } ?? 0
          expectClose(
            derivative, difference, tolerance: 1e-7, scale: max(scale, abs(difference)),
            "\(name), seed \(seed), φ\(function), coordinate \(coordinate), row \(row)")
        }
      }
    }
  }

  /// The Jacobian that a fit reports is that of its residuals, log P - log L or P - L.
  @Test(arguments: curveLaws, [FitObjective.standard, .leastSquares])
  func reportedJacobianAgreesWithDifferences(name: String, objective: FitObjective) throws {
    let law = try #require(LawCatalogue.law(named: name))
    var random = SeededGenerator(seed: 9)
    let rows = sampleRows()
    let truth = randomCoordinates(of: law, using: &random)
    let losses = predictions(law, truth, rows).map { $0 * (1 + 1e-3 * random.normal()) }
    let fit = try LawFitter(law: law, objective: objective).fit(losses, at: rows)
    let jacobian = fit.problem.linearization(at: fit.report.parameters).jacobian
    for (column, coordinate) in fit.freeCoordinates.enumerated() {
      let step = 1e-6 * max(abs(fit.coordinates[coordinate]), 1)
      var (upper, lower) = (fit.coordinates, fit.coordinates)
      upper[coordinate] += step
      lower[coordinate] -= step
      let above = zip(predictions(law, upper, rows), losses).map {
        objective.residual(predicted: $0, observed: $1)
      }
      let below = zip(predictions(law, lower, rows), losses).map {
        objective.residual(predicted: $0, observed: $1)
      }
      let slopes = zip(above, below).map { ($0 - $1) / (2 * step) }
      let scale = slopes.map(abs).max() ?? 1
      for (row, slope) in slopes.enumerated() {
        expectClose(
          jacobian[row, column], slope, tolerance: 1e-6, scale: scale,
          "\(name), coordinate \(coordinate), row \(row)")
      }
    }
  }

  @Test(arguments: curveLaws, 0..<5 as Range<UInt64>)
  func parametersAndCoordinates(name: String, seed: UInt64) throws {
    let law = try #require(LawCatalogue.law(named: name))
    var random = SeededGenerator(seed: seed)
    let coordinates = randomCoordinates(of: law, using: &random)
    let parameters = law.parameters(fromCoordinates: coordinates)
    #expect(parameters.count == law.parameters.count)
    for (back, there) in zip(law.coordinates(fromParameters: parameters), coordinates) {
      expectClose(back, there, tolerance: 1e-9, scale: 1, "\(name), seed \(seed)")
    }
    let jacobian = law.parameterJacobian(atCoordinates: coordinates)
    for column in coordinates.indices {
      let step = 1e-6 * max(abs(coordinates[column]), 1)
      var (upper, lower) = (coordinates, coordinates)
      upper[column] += step
      lower[column] -= step
      let above = law.parameters(fromCoordinates: upper)
      let below = law.parameters(fromCoordinates: lower)
      for row in parameters.indices {
        expectClose(
          jacobian[row, column], (above[row] - below[row]) / (2 * step), tolerance: 1e-6, scale: 1,
          "\(name), ∂\(row)/∂\(column)")
      }
    }
  }

  /// Losses made by a law give its parameters back.
  @Test(
    arguments: curveLaws,
    [FitObjective.standard, .leastSquares, .softL1Log(width: 1e-3)])
  func noiselessRecovery(name: String, objective: FitObjective) throws {
    let law = try #require(LawCatalogue.law(named: name))
    for seed in 0..<4 as Range<UInt64> {
      var random = SeededGenerator(seed: 50 + seed)
      let rows = sampleRows()
      let truth = randomCoordinates(of: law, using: &random)
      let losses = predictions(law, truth, rows)
      guard losses.allSatisfy({ $0 > 0.1 }) else { continue }
      let fit = try LawFitter(law: law, objective: objective).fit(losses, at: rows)
      for (fitted, true_) in zip(fit.coordinates, truth) {
        expectClose(fitted, true_, tolerance: 1e-6, scale: 1e-3, "\(name), seed \(seed)")
      }
    }
  }

  /// Without a falling learning rate, C and λ are unidentified and the rest is fitted.
  @Test func constantRateHasNoAnnealing() throws {
    let law = AnnealingLaw()
    let rows = LawRows(segments: [sampleRows().segments[0]], warmup: .actual)
    let losses = predictions(law, [2, 0.5, 0, 0.5, -6], rows)
    let fit = try LawFitter(law: law).fit(losses, at: rows)
    #expect(fit.unidentified.map(\.index) == [2, 4])
    #expect(fit.freeCoordinates == [0, 1, 3])
    expectClose(fit.coordinates[0], 2, tolerance: 1e-6)
    expectClose(fit.coordinates[3], 0.5, tolerance: 1e-6)
  }

  @Test func refusals() throws {
    let rows = sampleRows()
    let losses = predictions(AnnealingLaw(), [2, 0.5, 100, 0.5, -6], rows)
    func error(_ fitter: LawFitter, _ losses: [Double], _ rows: LawRows) -> LawFitError? {
      do throws(LawFitError) {
        _ = try fitter.fit(losses, at: rows)
        return nil
      } catch {
        return error
      }
    }
    let fitter = LawFitter(law: AnnealingLaw())
    var negative = losses
    negative[3] = -1
    #expect(error(fitter, negative, rows) == .notPositive(row: 3, loss: -1))
    #expect(error(fitter, losses.map { _ in 2 }, rows) == .constantLoss(2))
    let few = LawRows(
      segments: [.init(positions: [200, 300], path: rows.segments[0].path)], warmup: .actual)
    #expect(error(fitter, [3, 2], few) == .tooFewRows(count: 2, needed: 6))
    let blind = LawRows(
      segments: [.init(positions: [1, 2, 3, 4, 5, 6, 7], path: nil)], warmup: .actual)
    #expect(error(fitter, [7, 6, 5, 4, 3, 2, 1], blind) == .missingInput(.learningRate))
    #expect(
      error(LawFitter(law: AnnealingLaw(), fixed: ["kappa": 1]), losses, rows)
        == .unknownParameter(name: "kappa", known: ["L0", "A", "C", "alpha", "lambda"]))
    #expect(
      error(LawFitter(law: AnnealingLaw(), fixed: ["C": 1]), losses, rows)
        == .fixedWithout(name: "C", partner: "lambda"))
    #expect(
      error(LawFitter(law: AnnealingLaw(), fixed: ["lambda": 1.5]), losses, rows)
        == .valueOutOfRange(name: "lambda", value: 1.5, range: "0.5–0.99999"))
  }

  @Test func fixedParametersStay() throws {
    let law = AnnealingLaw()
    let rows = sampleRows()
    let truth = [2, 0.5, 100, 0.5, -6.0]
    let losses = predictions(law, truth, rows)
    let parameters = law.parameters(fromCoordinates: truth)
    let fitter = LawFitter(law: law, fixed: ["C": parameters[2], "lambda": parameters[4]])
    let fit = try fitter.fit(losses, at: rows)
    #expect(fit.freeCoordinates == [0, 1, 3])
    for (fitted, true_) in zip(fit.coordinates, truth) {
      expectClose(fitted, true_, tolerance: 1e-7)
    }
  }
}
