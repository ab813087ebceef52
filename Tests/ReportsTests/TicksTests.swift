import TestSupport
import Testing

@testable import Reports

@Suite struct TicksTests {
  @Test(arguments: [UInt64(11), 12, 13, 14])
  func linearTicksAreRoundEvenAndInside(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let range = randomRange(&generator)
      let target = Int.random(in: 2...10, using: &generator)
      let ticks = Ticks(linear: range, target: target)
      let step = try #require(ticks.step)
      let leading = step / PowersOfTen.power(PowersOfTen.exponent(step))
      #expect([1, 2, 5].contains { abs(leading - $0) < 1e-9 }, "seed \(seed): step \(step)")
      #expect(
        (1...target + 1).contains(ticks.values.count) || range.span < step,
        "seed \(seed): \(ticks.values) for \(range)")
      for value in ticks.values {
        #expect(value >= range.lower - step * 1e-6 && value <= range.upper + step * 1e-6)
        expectClose((value / step).rounded() * step, value, tolerance: 1e-9, scale: step)
      }
      for (one, next) in zip(ticks.values, ticks.values.dropFirst()) {
        expectClose(next - one, step, tolerance: 1e-6)
      }
    }
  }

  @Test(arguments: [UInt64(21), 22])
  func labelsTellTicksApart(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let top = PowersOfTen.power(Int.random(in: 1...9, using: &generator))
      let upper = Double.random(in: 1...9, using: &generator) * top
      let ticks = Ticks(linear: ScreenRange(0, upper), target: 8)
      let labels = ticks.values.map { ticks.label($0, .step) }
      #expect(Set(labels).count == labels.count, "seed \(seed): \(labels)")
    }
  }

  @Test func logarithmicTicksAreOneTwoFive() {
    let scale = Scale(ScreenRange(50, 12_000), isLogarithmic: true, from: 0, to: 600)
    let ticks = Ticks(scale, target: 8)
    #expect(ticks.values == [50, 100, 200, 500, 1000, 2000, 5000, 10_000])
    #expect(
      ticks.values.map { ticks.label($0, .step) }
        == ["50", "100", "200", "500", "1k", "2k", "5k", "10k"])
  }

  @Test func manyDecadesAreThinnedOut() {
    let scale = Scale(ScreenRange(1, 1e11), isLogarithmic: true, from: 0, to: 600)
    #expect(Ticks(scale, target: 4).values == [1, 1e3, 1e6, 1e9])
  }

  @Test func labelsSuitTheQuantity() {
    let losses = Ticks(linear: ScreenRange(2.31, 2.52), target: 5)
    #expect(losses.values.map { losses.label($0, .loss) } == ["2.35", "2.40", "2.45", "2.50"])
    let rates = Ticks(linear: ScreenRange(0, 3.2e-4), target: 3)
    #expect(rates.values.map { rates.label($0, .rate) } == ["0", "2e-4"])
    let steps = Ticks(linear: ScreenRange(0, 2000), target: 4)
    #expect(steps.values.map { steps.label($0, .step) } == ["0", "500", "1k", "1.5k", "2k"])
  }

  @Test func scalesMapEndsToEnds() {
    for isLogarithmic in [false, true] {
      let scale = Scale(ScreenRange(2, 8), isLogarithmic: isLogarithmic, from: 300, to: 20)
      #expect(scale.pixel(2) == 300)
      #expect(scale.pixel(8) == 20)
      #expect(scale.pixel(.nan) == nil)
    }
    let logarithmic = Scale(ScreenRange(2, 8), isLogarithmic: true, from: 0, to: 100)
    expectClose(logarithmic.pixel(4) ?? .nan, 50, tolerance: 1e-12)
    #expect(logarithmic.pixel(0) == nil)
  }

  private func randomRange(_ generator: inout SeededGenerator) -> ScreenRange {
    let unit = PowersOfTen.power(Int.random(in: -9...9, using: &generator))
    let lower = Double.random(in: -10...10, using: &generator) * unit
    return ScreenRange(lower, lower + Double.random(in: 0.01...10, using: &generator) * unit)
  }
}
