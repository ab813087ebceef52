import Foundation
import Schedules
import TestSupport
import Testing

/// Areas of curves over up to 900 billion steps against closed forms.
@Suite struct LongCurveTests {
  static let lengths = [12, 1000, 1_000_000, 900_000_000_000]

  private func areas(_ shape: String, _ steps: Int) throws -> LearningRateAreas {
    let path = try Schedule(parsing: "peak=1,\(shape)").path(through: steps - 1)
    return LearningRateAreas(path: path, positions: [steps - 1], warmup: .actual)
  }

  /// Σ ½(1 + cos(πj/N)) = (N + 1)/2 and Σ (1 - (j/N)²) = N - (N-1)(2N-1)/(6N) over j < N.
  @Test(arguments: lengths)
  func cosineAndSquare(steps: Int) throws {
    let n = Double(steps)
    expectClose(
      try areas("cosine:\(steps)", steps).forward[0], (n + 1) / 2, tolerance: 1e-13)
    expectClose(
      try areas("square:\(steps)", steps).forward[0], n - (1 - 1 / n) * (2 * n - 1) / 6,
      tolerance: 1e-13)
  }

  /// Σ √j over j < N is ⅔N^(3/2) - ½√N + ζ(-½) + 1/(24√N) - 1/(1920 N^(5/2)) + …, by Euler and
  /// Maclaurin.
  @Test(arguments: lengths.dropFirst())
  func squareRoot(steps: Int) throws {
    let n = Double(steps)
    // Divided by √N.
    let roots =
      2 * n / 3 - 0.5 - 0.20788622497735456601730672539705 / n.squareRoot() + 1 / (24 * n)
      - 1 / (1920 * n * n * n)
    expectClose(try areas("1-sqrt:\(steps)", steps).forward[0], n - roots, tolerance: 1e-13)
  }

  /// With η = r^j: m = (1-r)(λⁿ - rⁿ)/(λ - r) and S2 = (1 - rⁿ - λm)/(1-λ), n = N - 1.
  @Test(arguments: lengths, [0.5, 0.99, 0.9999])
  func exponential(steps: Int, decay: Double) throws {
    let log = -Foundation.log(100) / Double(steps)
    let n = Double(steps - 1)
    let areas = try areas("exp:\(steps):to=0.01x", steps)
    expectClose(areas.forward[0], expm1(log * Double(steps)) / expm1(log), tolerance: 1e-12)
    let last = exp(n * log)
    let momentum = -expm1(log) * (pow(decay, n) - last) / ((decay - 1) - expm1(log))
    let area = (1 - last - decay * momentum) / (1 - decay)
    expectClose(
      areas.annealing(decay: decay)[0], area, tolerance: 1e-12, scale: min(n, 1 / (1 - decay)))
  }

  /// A path cut in the middle of a curve keeps the curve's rates and areas.
  @Test func heldCurves() throws {
    let path = try Schedule(parsing: "peak=1,cosine:1000000").path(through: 1_000_000)
    let cut = 400_000
    let before = path.held(before: cut)
    let after = path.held(after: cut)
    let rate = path.learningRate(at: cut)
    #expect(before.learningRate(at: 500_000) == path.learningRate(at: 500_000))
    #expect(after.learningRate(at: 500_000) == rate)
    let whole = LearningRateAreas(path: path, positions: [cut, 900_000], warmup: .actual).forward
    let late = LearningRateAreas(path: before, positions: [cut, 900_000], warmup: .actual).forward
    let early = LearningRateAreas(path: after, positions: [cut, 900_000], warmup: .actual).forward
    expectClose(late[0], Double(cut + 1) * rate, tolerance: 1e-13)
    expectClose(late[1] - late[0], whole[1] - whole[0], tolerance: 1e-12)
    expectClose(early[0], whole[0], tolerance: 1e-13)
    expectClose(early[1] - early[0], 500_000 * rate, tolerance: 1e-12)
  }
}
