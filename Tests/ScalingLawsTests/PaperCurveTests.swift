import LeastSquares
import LinearAlgebra
import ScalingLaws
import Schedules
import TestSupport
import Testing

/// Minima of Σ Huber(1e-3) on the log losses of three published curves, and mean relative errors on the
/// six others, by independent fits in double precision (SciPy, exact minimum).
@Suite(.enabled(if: PaperCurves.areAtHand, "the published curves are not at ../shared/curves"))
struct PaperCurveTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var law: any LossLaw
    var size: String
    var cost: Double?
    var warmup = WarmupArea.actual
    var parameters: [Double]?
    var meanError: Double?
    var testDescription: String { "\(law.name) \(size)M \(warmup.rawValue)" }
  }

  static let cases = [
    Case(
      law: MultiPowerLaw(largestRatePower: 10), size: "25", cost: 1.383611e-4, warmup: .full),
    Case(
      law: MultiPowerLaw(largestRatePower: 10), size: "100", cost: 2.133251e-5, warmup: .full),
    Case(
      law: MultiPowerLaw(), size: "25", cost: 1.282720e-4,
      parameters: [3.154307, 0.5181704, 1284.989, 0.5072255, 0.756907, 0.05, 0.897677],
      meanError: 0.00137),
    Case(
      law: MultiPowerLaw(), size: "100", cost: 3.319203e-5,
      parameters: [2.783668, 0.5985213, 644.1159, 0.4491431, 0.0561878, 0.2337147, 1],
      meanError: 0.00158),
    Case(law: MultiPowerLaw(form: .noGamma), size: "25", meanError: 0.00130),
    Case(law: MultiPowerLaw(form: .noGamma), size: "100", meanError: 0.00142),
    Case(law: MultiPowerLaw(form: .exponential), size: "25", meanError: 0.00126),
    Case(law: MultiPowerLaw(form: .exponential), size: "100", meanError: 0.00155),
    Case(law: LinearRateLaw(), size: "25", cost: 2.480868e-4, meanError: 0.00150),
    Case(law: LinearRateLaw(), size: "100", meanError: 0.00181),
    Case(law: FunctionalLaw(), size: "25", meanError: 0.00130),
    Case(law: FunctionalLaw(), size: "100", meanError: 0.00142),
    Case(
      law: AnnealingLaw(), size: "25", cost: 1.7968779e-4,
      parameters: [3.152356, 0.5202863, 390.4182 * 1.898054e-3, 0.5050411, 0.99810195],
      meanError: 0.00130),
    Case(
      law: AnnealingLaw(), size: "100", cost: 8.3342058e-5,
      parameters: [2.783510, 0.5985852, 470.8157 * 1.681801e-3, 0.4492422, 0.99831820],
      meanError: 0.00144),
    Case(
      law: AnnealingLaw(), size: "25", cost: 2.0741080e-4, warmup: .full, meanError: 0.00136),
    Case(
      law: AnnealingLaw(), size: "100", cost: 1.0115675e-4, warmup: .full, meanError: 0.00124),
  ]

  @Test(arguments: cases)
  func minimum(of one: Case) throws {
    let law = one.law
    let curves = try PaperCurves(PaperCurves.fitted, size: one.size)
    let rows = LawRows(segments: curves.segments, warmup: one.warmup)
    let fit = try LawFitter(law: law).fit(curves.losses, at: rows)
    #expect(fit.report.termination.isSuccess)
    if let cost = one.cost { expectClose(fit.report.cost, cost, tolerance: 1e-6) }
    let parameters = law.parameters(fromCoordinates: fit.coordinates)
    for (value, expected) in zip(parameters, one.parameters ?? []) {
      expectClose(value, expected, tolerance: 2e-4, "\(parameters)")
    }
    guard let meanError = one.meanError else { return }
    let errors = try PaperCurves.predicted.map { name in
      let curve = try PaperCurves([name], size: one.size)
      return self.meanError(
        law, fit.coordinates, LawRows(segments: curve.segments, warmup: one.warmup),
        curve.losses)
    }
    let mean = errors.reduce(0, +) / Double(errors.count)
    #expect(abs(mean - meanError) <= 1e-5, "\(mean)")
  }

  private func meanError(
    _ law: any LossLaw, _ coordinates: [Double], _ rows: LawRows, _ losses: [Double]
  ) -> Double {
    let count = law.linearCoordinates.count
    let values = law.basis(for: rows).basis(at: Array(coordinates[count...])).functions
    let errors = losses.indices.map { row in
      let predicted = (0..<count).reduce(0) { $0 + coordinates[$1] * values[row, $1] }
      return abs(predicted / losses[row] - 1)
    }
    return errors.reduce(0, +) / Double(errors.count)
  }

  /// The published parameters describe the curves in the convention that they were published with.
  @Test(arguments: ["25", "100"])
  func publishedFits(size: String) throws {
    let law = MultiPowerLaw()
    for fit in law.publishedFits where fit.setting.hasPrefix("\(size)M") {
      let convention = fit.setting.contains("(full)") ? WarmupArea.full : .actual
      let other = convention == .full ? WarmupArea.actual : .full
      let coordinates = law.coordinates(fromParameters: fit.parameters)
      let errors = try [convention, other].map { warmup in
        let curves = try PaperCurves(PaperCurves.predicted, size: size)
        return meanError(
          law, coordinates, LawRows(segments: curves.segments, warmup: warmup), curves.losses)
      }
      #expect(errors[0] < 0.005, "\(fit.setting): \(errors)")
      #expect(errors[1] > 0.02, "\(fit.setting): \(errors)")
    }
  }
}
