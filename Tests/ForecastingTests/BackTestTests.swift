import Forecasting
import ScalingLaws
import Schedules
import TestSupport
import Testing

@Suite struct BackTestTests {
  private let annealing = BackTest(fit: JointFit(law: AnnealingLaw()), leavesOutTransient: false)

  @Test func theRightLawForecastsRunsLeftOut() throws {
    var random = SeededGenerator(seed: 5)
    let trajectories = try SyntheticRuns.trajectories(noise: 1e-3, using: &random)
    let right = annealing.leavingRunsOut(trajectories)
    let wrong = BackTest(fit: JointFit(law: PowerLaw(clock: .steps))).leavingRunsOut(trajectories)
    #expect(right.map(\.run) == ["run0", "run1", "run2"])
    #expect(right.allSatisfy { $0.share == nil && $0.reason == nil })
    let errors = (try #require(right.meanError), try #require(wrong.meanError))
    #expect(errors.0 < 3e-3 && errors.1 > 3 * errors.0, "\(errors), seed 5")
    let score = try #require(right[1].score)
    #expect(score.rows == trajectories[1].positions.count)
    // Leaving out the second run is fitting the first and third.
    let model = try annealing.fit.fit(
      [trajectories[0], trajectories[2]], hashes: ["", ""], leavingOutTransient: false)
    let curve = try Forecaster(model: model).forecast(
      at: trajectories[1].positions, path: trajectories[1].path)
    #expect(score == RunScore(run: "run1", curve: curve, losses: trajectories[1].losses))
  }

  @Test func sharedRowsAreNoTest() throws {
    var random = SeededGenerator(seed: 6)
    var trajectories = try SyntheticRuns.trajectories(noise: 1e-3, using: &random)
    let count = trajectories[1].positions.count
    // The second run starts with ten rows of the first, and says that it branched at its 20th.
    for row in 0..<10 {
      #expect(trajectories[0].positions[row] == trajectories[1].positions[row])
      trajectories[1].losses[row] = trajectories[0].losses[row]
    }
    trajectories[1].branch = trajectories[1].positions[19]
    let scores = annealing.leavingRunsOut(trajectories)
    #expect(scores[1].score?.rows == count - 20)
    #expect(scores[0].score?.rows == trajectories[0].positions.count - 10)
    #expect(scores[2].score?.rows == trajectories[2].positions.count)
    trajectories[1].branch = trajectories[1].positions.last
    let none = annealing.leavingRunsOut(trajectories)
    #expect(none[1].score == nil && none[1].reason == "no row is left to score")
    #expect(none.meanError == nil)
  }

  @Test func scoresStartWhereAsked() throws {
    var random = SeededGenerator(seed: 7)
    let trajectories = try SyntheticRuns.trajectories(noise: 1e-3, using: &random)
    var late = annealing
    late.from = 3000
    let expected = trajectories.map { $0.positions.count { $0 >= 3000 } }
    #expect(late.leavingRunsOut(trajectories).map { $0.score?.rows } == expected)
  }

  @Test func oneRunCannotBeLeftOut() throws {
    var random = SeededGenerator(seed: 8)
    let one = try SyntheticRuns.trajectories(noise: 1e-3, using: &random).prefix(1)
    #expect(annealing.leavingRunsOut(Array(one)).isEmpty)
    #expect(annealing.leavingRunsOut([]).meanError == nil)
  }

  @Test func growingPrefixes() throws {
    var random = SeededGenerator(seed: 9)
    let run = try SyntheticRuns.trajectories(noise: 1e-3, using: &random)[0]
    let power = BackTest(
      fit: JointFit(law: PowerLaw(clock: .forwardArea)), leavesOutTransient: false)
    let scores = power.growingPrefixes(run)
    let last = Double(try #require(run.positions.last))
    #expect(scores.map(\.share) == [0.4, 0.55, 0.7])
    for score in scores {
      let share = try #require(score.share)
      let rest = run.positions.count { Double($0) > share * last }
      #expect(score.score?.rows == rest && score.run == run.name, "\(share)")
    }
    #expect(try #require(scores.meanError) < 5e-3, "seed 9")
    let ends = power.growingPrefixes(run, shares: [0, 1])
    #expect(ends.map(\.reason) == ["no row is left to fit", "no row is left to score"])
  }
}
