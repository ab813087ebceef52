import Foundation
import ScalingLaws
import TestSupport
import Testing

/// Laws of size and data at single points, against an independent double-precision evaluation in Python.
@Suite struct StaticLawTests {
  @Test(arguments: [(0, 1.9366454705587173), (1, 1.9738818631585637)])
  func chinchilla(fit: Int, expected: Double) throws {
    let law = ChinchillaLaw()
    try #require(law.publishedFits.count == 2)
    let value = loss(
      of: law, parameters: law.publishedFits[fit].parameters, modelSize: 70e9, tokens: 1.4e12)
    expectClose(value, expected, tolerance: 1e-14)
  }

  @Test func miniCPMHasTheSameForm() {
    let parameters = [1.69, 406.4, 410.7, 0.34, 0.28]
    expectClose(
      loss(of: MiniCPMLaw(), parameters: parameters, modelSize: 70e9, tokens: 1.4e12),
      1.9366454705587173, tolerance: 1e-14)
  }

  /// The test value of the paper's code is 2.22564409.
  @Test func dataConstrained() throws {
    let law = DataConstrainedLaw()
    let parameters = try #require(law.publishedFits.first).parameters
    let value = loss(
      of: law, parameters: parameters, modelSize: 6.34e9, tokens: 242e9, uniqueTokens: 25e9)
    expectClose(value, 2.2256440889984477, tolerance: 1e-13)
  }

  /// Without repetitions and with no more parameters than the data call for, it is Chinchilla's law.
  @Test func dataConstrainedWithoutRepetitions() throws {
    let parameters = try #require(DataConstrainedLaw().publishedFits.first).parameters
    for unique in [1e12, 4e12] {
      expectClose(
        loss(
          of: DataConstrainedLaw(), parameters: parameters, modelSize: 1e9, tokens: 1e12,
          uniqueTokens: unique),
        loss(
          of: ChinchillaLaw(), parameters: Array(parameters[..<5]), modelSize: 1e9, tokens: 1e12),
        tolerance: 1e-14)
    }
  }

  /// Endless repetition is worth U·(1 + R_D*) tokens seen once.
  @Test func endlessRepetition() throws {
    let parameters = try #require(DataConstrainedLaw().publishedFits.first).parameters
    expectClose(
      loss(
        of: DataConstrainedLaw(), parameters: parameters, modelSize: 1e7, tokens: 1e14,
        uniqueTokens: 1e9),
      loss(
        of: ChinchillaLaw(), parameters: Array(parameters[..<5]), modelSize: 1e7,
        tokens: 1e9 * (1 + parameters[5])), tolerance: 1e-13)
  }

  @Test func kaplanData() throws {
    let law = KaplanDataLaw()
    let parameters = try #require(law.publishedFits.first).parameters
    expectClose(
      loss(of: law, parameters: parameters, modelSize: 1e9, tokens: 2.2e10), 2.3693163430934017,
      tolerance: 1e-14)
  }

  /// Closed forms: with endless data Kaplan's law is (Nc/N)^αN, and each term of the law of steps is a
  /// power.
  @Test func kaplanLimits() throws {
    let data = try #require(KaplanDataLaw().publishedFits.first).parameters
    expectClose(
      loss(of: KaplanDataLaw(), parameters: data, modelSize: 1e9, tokens: 1e40),
      pow(6.4e4, 0.076), tolerance: 1e-13)
    let steps = try #require(KaplanStepsLaw().publishedFits.first).parameters
    expectClose(
      loss(of: KaplanStepsLaw(), parameters: steps, modelSize: 1e9, steps: 21_000),
      pow(6.5e4, 0.077) + pow(0.1, 0.76), tolerance: 1e-13)
  }

  @Test func brokenPower() {
    let parameters = [0.1, 2, 0.2, 0.3, 200, 0.25]
    expectClose(
      loss(of: BrokenPowerLaw(breakCount: 1), parameters: parameters, steps: 1000),
      0.40994663140893506, tolerance: 1e-14)
    // A second break far behind the row changes nothing.
    expectClose(
      loss(
        of: BrokenPowerLaw(breakCount: 2), parameters: parameters + [0.7, 1e12, 0.2], steps: 1000),
      0.40994663140893506, tolerance: 1e-12)
  }

  /// A sharp break is two straight lines on logarithmic axes; (x/d)^(1/f) itself would be 10^1000.
  @Test func sharpBreakDoesNotOverflow() {
    let value = loss(
      of: BrokenPowerLaw(breakCount: 1), parameters: [0, 1, 0.5, 0.5, 1e3, 1e-3], steps: 10_000)
    expectClose(value, pow(1e4, -0.5) * 0.1.squareRoot(), tolerance: 1e-12)
  }

  /// An independent evaluation in double precision (Python).
  @Test func stepLaw() {
    expectClose(
      StepLaw.learningRate(modelSize: 1e9, tokens: 1e11), 0.0016632137898398944, tolerance: 1e-13)
    expectClose(StepLaw.batchTokens(tokens: 1e11), 1106246.286972024, tolerance: 1e-13)
  }

  @Test func powerOfTokens() {
    let value = loss(
      of: PowerLaw(clock: .tokens), parameters: [1.5, 400, 0.3], tokens: 1e10, steps: 500)
    expectClose(value, 1.5 + 400 * pow(1e10, -0.3), tolerance: 1e-13)
  }

  @Test func needsOfTheLaws() {
    let needs: [(any LossLaw, Set<LawInput>)] = [
      (PowerLaw(clock: .tokens), [.tokens]), (ChinchillaLaw(), [.modelSize, .tokens]),
      (DataConstrainedLaw(), [.modelSize, .tokens, .uniqueTokens]),
      (KaplanDataLaw(), [.modelSize, .tokens]), (KaplanStepsLaw(), [.modelSize]),
      (BrokenPowerLaw(breakCount: 2), []),
    ]
    for (law, inputs) in needs { #expect(law.inputs == inputs, "\(law.name)") }
  }
}

/// The compute-optimal split of Chinchilla's law.
@Suite struct ComputeOptimumTests {
  /// Independent double-precision evaluation in Python of the fit of Besiroglu et al.
  @Test func publishedFit() throws {
    let law = ChinchillaLaw()
    let optimum = try #require(law.computeOptimum(law.publishedFits[1].parameters))
    expectClose(optimum.modelSize(compute: 5.76e23), 7.2249e10, tolerance: 1e-4)
    expectClose(optimum.tokens(compute: 5.76e23), 1.32874e12, tolerance: 1e-5)
    expectClose(optimum.sizeExponent, 0.3658 / 0.7136, tolerance: 1e-14)
    expectClose(optimum.sizeExponent + optimum.dataExponent, 1, tolerance: 1e-15)
  }

  /// No other split of the same compute has a smaller loss.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func isOptimal(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let law = ChinchillaLaw()
    let parameters = [
      1.7, Double.random(in: 50...5000, using: &random),
      Double.random(in: 50...5000, using: &random),
      Double.random(in: 0.2...0.6, using: &random), Double.random(in: 0.2...0.6, using: &random),
    ]
    let compute = exp(Double.random(in: 40...60, using: &random))
    let optimum = try #require(law.computeOptimum(parameters))
    let size = optimum.modelSize(compute: compute)
    expectClose(6 * size * optimum.tokens(compute: compute), compute, tolerance: 1e-12)
    func value(_ size: Double) -> Double {
      loss(of: law, parameters: parameters, modelSize: size, tokens: compute / 6 / size)
    }
    for factor in [0.5, 0.9, 0.99, 1.01, 1.1, 2] {
      #expect(value(size * factor) > value(size), "seed \(seed), factor \(factor)")
    }
  }

  @Test func needsBothTerms() {
    #expect(ChinchillaLaw().computeOptimum([1.7, 0, 400, 0.3, 0.3]) == nil)
  }
}
