import Forecasting
import Foundation
import FoundationXML
import Reports
import TestSupport
import Testing

@Suite struct ScheduleComparisonChartTests {
  private func picture(_ names: [String]) -> String {
    let steps = [0.0, 50, 100]
    return ScheduleComparisonChart.svg(
      title: names.first ?? "",
      curves: names.map {
        .init(
          name: $0, losses: ObservedCurve(steps: steps, values: [3, .nan, 2]),
          rates: ObservedCurve(steps: steps, values: [0, 1e-3, 0]))
      })
  }

  @Test(arguments: SampleReport.hostileTexts)
  func isWellFormedWhateverTheNames(text: String) {
    let parser = XMLParser(data: Data(picture([text, "b"]).utf8))
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
  }

  @Test func namesEveryCurve() {
    let svg = picture((1...9).map { "curve \($0)" })
    for index in 1...9 { #expect(svg.contains(">curve \(index)<")) }
    #expect(svg.contains("learning rate") && svg.contains("loss (nats)"))
    #expect(picture([]).contains("</svg>"))
  }
}
