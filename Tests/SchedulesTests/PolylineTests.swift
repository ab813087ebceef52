import Schedules
import TestSupport
import Testing

@Suite struct PolylineTests {
  /// No knot that is left out is further from the lines than the tolerance.
  @Test(arguments: (1...20).map(UInt64.init))
  func linesStayNear(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var position = 0
    let knots: [Polyline.Knot] = (0..<300).map { _ in
      position += Int.random(in: 1...9, using: &random)
      return (position, Double.random(in: 0...1, using: &random))
    }
    let tolerance = Double.random(in: 0.05...0.6, using: &random)
    let kept = Polyline.simplified(knots, tolerance: tolerance)
    #expect(kept.count < knots.count)
    let schedule = Schedule(through: kept, peak: 1)
    for knot in knots.dropLast() {
      let off = abs(schedule.learningRate(at: knot.position) - knot.rate)
      #expect(off <= tolerance * (1 + 1e-9), "seed \(seed)")
    }
  }

  /// Points of a line need only its ends, and every schedule of lines reads back from its text.
  @Test func exactLinesAreFound() throws {
    let knots: [Polyline.Knot] = (0...1000).map { step in
      let rate = step < 100 ? Double(step) / 100 : step < 700 ? 1 : 1 - Double(step - 700) / 300
      return (step, 3e-4 * rate)
    }
    let schedule = Schedule(
      through: Polyline.simplified(knots, tolerance: 0), peak: 3e-4)
    #expect(schedule.description == "peak=0.0003,warmup:100,stable:600,decay:300")
    #expect(try Schedule(parsing: schedule.description) == schedule)
  }

  @Test func singleKnotsHold() throws {
    #expect(Schedule(through: [(5, 2)], peak: 2).description == "peak=2,stable:5")
    #expect(Schedule(through: [(0, 2)], peak: 2).description == "peak=2,stable:1")
    #expect(Polyline.simplified([], tolerance: 0).isEmpty)
  }
}
