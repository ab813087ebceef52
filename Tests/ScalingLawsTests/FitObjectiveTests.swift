import ScalingLaws
import TestSupport
import Testing

@Suite struct FitObjectiveTests {
  private static let all: [FitObjective] = [
    .standard, .softL1Log(width: 0.1), .leastSquares, .leastSquaresLog1p,
  ]

  @Test(arguments: all)
  func residualAndPredictionAreInverse(objective: FitObjective) {
    for observed in [0.2, 1, 3.5] {
      for predicted in [0.1, 1.01, 3] {
        let residual = objective.residual(predicted: predicted, observed: observed)
        expectClose(
          objective.prediction(residual: residual, observed: observed), predicted, tolerance: 1e-14)
      }
    }
  }

  @Test(arguments: all)
  func namesAreKnown(objective: FitObjective) {
    #expect(FitObjective(name: objective.name, width: 0.1)?.name == objective.name)
    #expect(FitObjective(name: "squares", width: 0.1) == nil)
  }

  /// log(1 + P) - log(1 + L) with P = 1, L = 0 is log 2; a loss of 0 has no logarithm itself.
  @Test func logarithmOfOnePlusLoss() {
    expectClose(
      FitObjective.leastSquaresLog1p.residual(predicted: 1, observed: 0), 0.6931471805599453,
      tolerance: 1e-15)
    #expect(FitObjective.leastSquaresLog1p.residual(predicted: -1, observed: 0).isNaN)
  }
}
