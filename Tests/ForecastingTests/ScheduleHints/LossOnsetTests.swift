import Forecasting
import Foundation
import TestSupport
import Testing
import TrainingLogs

/// The place where a loss curve leaves its power law, and where it has none.
@Suite struct LossOnsetTests {
  /// A power law with noise, which from step `fall` on falls below by `depth`, over 1000 steps.
  private func curve(
    fall: Double?, depth: Double, seed: UInt64
  ) -> (steps: [Double], losses: [Double]) {
    var random = SeededGenerator(seed: seed)
    let steps = (1...300).map { 50 * Double($0) }
    let losses = steps.map { step in
      let below = fall.map { min(max((step - $0) / 1000, 0), 1) * depth } ?? 0
      return 2 + 20 * pow(step, -0.4) - below + 1e-3 * random.normal()
    }
    return (steps, losses)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func findsAFall(seed: UInt64) throws {
    let curve = curve(fall: 10_000, depth: 0.1, seed: seed)
    let onset = try #require(
      LossOnset.first(steps: curve.steps, losses: curve.losses), "seed \(seed)")
    #expect((10_000...10_600).contains(onset.step), "seed \(seed): \(onset)")
    #expect(onset.seenAt >= onset.step)
  }

  @Test(arguments: Array<UInt64>(1...10))
  func aSteadyCurveHasNone(seed: UInt64) {
    let curve = curve(fall: nil, depth: 0, seed: seed)
    #expect(LossOnset.first(steps: curve.steps, losses: curve.losses) == nil, "seed \(seed)")
  }

  @Test func tooFewOrOddRowsHaveNone() {
    #expect(LossOnset.first(steps: [], losses: []) == nil)
    #expect(LossOnset.first(steps: [1, 2, 3], losses: [3, 2, 1]) == nil)
    let steps = (0..<100).map(Double.init)
    #expect(LossOnset.first(steps: steps, losses: steps.map { _ in 2 }) == nil)
    #expect(LossOnset.first(steps: steps, losses: steps.map { _ in .nan }) == nil)
    #expect(LossOnset.first(steps: steps, losses: steps.map { _ in 1e308 }) == nil)
  }

  /// The curves of the multi-power law's authors: the rate stays to the end, falls at 8000 in a
  /// step, or decays from 20000 on.
  @Test(
    .enabled(if: Fixtures.shared("curves/mpl25") != nil, "needs ../shared/curves"),
    arguments: ["mpl25", "mpl100"])
  func publicCurves(family: String) throws {
    let folder = try #require(Fixtures.shared("curves/\(family)"))
    for name in ["constant_24000", "constant_72000", "cosine_24000", "cosine_72000"] {
      #expect(try onset(in: folder, family, name) == nil, "\(family) \(name)")
    }
    for name in ["wsdcon_3", "wsdcon_9", "wsdcon_18"] {
      let step = try #require(try onset(in: folder, family, name), "\(family) \(name)").step
      #expect((8000...8384).contains(step), "\(family) \(name): \(step)")
    }
    for name in ["wsd_20000_24000", "wsdld_20000_24000"] {
      let step = try #require(try onset(in: folder, family, name), "\(family) \(name)").step
      #expect((20_000...20_608).contains(step), "\(family) \(name): \(step)")
    }
  }

  private func onset(in folder: String, _ family: String, _ name: String) throws -> LossOnset? {
    let reading = try LogReader.read("\(folder)/\(family)_\(name).csv")
    let run = try #require(reading.entries.first).run
    return LossOnset.first(steps: run.steps, losses: run.loss)
  }
}
