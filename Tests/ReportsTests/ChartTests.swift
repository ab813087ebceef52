import Forecasting
import Foundation
import TestSupport
import Testing

@testable import Reports

@Suite struct ChartTests {
  /// Curves that a chart must survive.
  static let oddCurves: [ObservedCurve] = [
    .init(steps: [], values: []), .init(steps: [10], values: [2.5]),
    .init(steps: [1, 2, 3], values: [2, 2, 2]), .init(steps: [0, 0], values: [0, 0]),
    .init(steps: [1, 2, 3], values: [.nan, .infinity, 2]),
    .init(steps: [.nan, 2, 3], values: [1, 2, -.infinity]),
    .init(steps: [1, 2], values: [1e300, -1e300]), .init(steps: [1, 2, 3], values: [1]),
    .init(steps: [1e-300, 1e300], values: [1, 2]),
    .init(steps: [5, 6], values: [.leastNonzeroMagnitude, 1e-307]),
  ]

  @Test(arguments: oddCurves.indices)
  func oddCurvesGiveFinitePictures(index: Int) {
    expectFinite(picture(Self.oddCurves[index]), "curve \(index)")
  }

  @Test(arguments: (UInt64(1)...25))
  func randomCurvesGiveFinitePictures(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 0...60, using: &generator)
    let steps = (0..<count).map { _ in wild(&generator) }.sorted { $0 < $1 }
    let values = (0..<count).map { _ in wild(&generator) }
    expectFinite(picture(.init(steps: steps, values: values)), "seed \(seed)")
  }

  @Test func gapsBreakTheLine() {
    let series = Chart.Series(
      curve: "a", key: "a", label: "a", color: 0, style: .line, steps: [0, 1, 2, 3, 4],
      values: [0, 1, .nan, 3, 4])
    let x = Scale(ScreenRange(0, 4), from: 0, to: 40)
    let y = Scale(ScreenRange(0, 4), from: 4, to: 0)
    #expect(ChartPath.line(series, x, y) == "M0 4L10 3M30 1L40 0")
    #expect(ChartPath.dots(series, x, y) == "M0 4h0M10 3h0M30 1h0M40 0h0")
  }

  @Test func focusLeavesOutTheFirstDropAndSpikes() {
    let steps = (0...1000).map(Double.init)
    var losses = steps.map { 2 + 8 * exp(-$0 / 20) + 0.3 * exp(-$0 / 500) }
    losses[600] = 50
    let chart = Chart(
      id: "c", summary: "", losses: [series(steps, losses)], rates: [], keys: [])
    let focus = FocusRange.focus(chart)
    #expect(focus.lower < 2.05 && focus.upper < 3.2 && focus.upper > 2.3)
    #expect(FocusRange.full(chart).upper > 50)
  }

  @Test func focusKeepsTheEndsOfAllRuns() {
    let steps = (1...200).map(Double.init)
    let runs = (0..<40).map { _ in series(steps, steps.map { 2 + 4 / $0 }) }
    let apart = series([1, 100, 200], [6, 2.3, 2.2])
    let chart = Chart(id: "c", summary: "", losses: runs + [apart], rates: [], keys: [])
    #expect(FocusRange.focus(chart).upper > 2.2)
  }

  @Test func theForecastsIntervalStaysInView() throws {
    let curve = PredictedCurve(
      steps: [0, 50, 100], predicted: [3, 2.1, 2], lower: [2.9, 2, 1.8], upper: [3.1, 2.2, 2.2])
    let chart = Chart(
      id: "c", summary: "",
      losses: [ReportCharts.series(curve, curve: "p", key: "p", label: "forecast")], rates: [],
      keys: [], marksEnd: true)
    #expect(FocusRange.focus(chart).lower < 1.8)
    let end = try #require(chart.end)
    #expect(end.loss == 2 && end.lower == 1.8 && end.upper == 2.2)
  }

  private func series(_ steps: [Double], _ values: [Double]) -> Chart.Series {
    Chart.Series(
      curve: "a", key: "a", label: "a", color: 0, style: .line, steps: steps, values: values)
  }

  private func picture(_ curve: ObservedCurve) -> String {
    let band = PredictedCurve(
      steps: curve.steps, predicted: curve.values, lower: curve.values.map { $0 * 0.9 },
      upper: curve.values.map { $0 * 1.1 })
    return ForecastChart.svg(
      title: "t", observed: [.init(name: "n", curve: curve)], forecast: band, learningRate: curve,
      level: 0.9) + Sparkline.svg(curve, in: Sparkline.range([curve]))
  }

  private func wild(_ generator: inout SeededGenerator) -> Double {
    switch Int.random(in: 0..<10, using: &generator) {
    case 0: Double(bitPattern: generator.next())
    case 1: [Double.nan, .infinity, -.infinity, 0][Int.random(in: 0..<4, using: &generator)]
    default: Double.random(in: -3...9, using: &generator)
    }
  }

  private func expectFinite(_ svg: String, _ what: String) {
    for match in svg.matches(of: #/ (?:d|x|y|cx|cy|r|width|height|viewBox)="([^"]*)"/#) {
      let text = String(match.1).replacing("100%", with: "100")
      let numbers = text.split { "MLHVZh ".contains($0) }
      for number in numbers {
        #expect(abs(Double(number) ?? .infinity) < 1e5, "\(what): \(text)")
      }
    }
    #expect(!svg.contains("nan") && !svg.contains("inf\""), "\(what)")
  }
}
