import Forecasting
import Foundation
import FoundationXML
import TestSupport
import Testing

@testable import Reports

@Suite struct ForecastChartTests {
  @Test(arguments: SampleReport.hostileTexts)
  func isWellFormedWhateverTheNames(text: String) throws {
    let svg = try picture(title: text, names: [text, "b"])
    let parser = XMLParser(data: Data(svg.utf8))
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
  }

  @Test func saysTheFinalLossInWords() throws {
    let svg = try picture(title: "Next run", names: ["a"])
    #expect(svg.contains(">1.6000<") && svg.contains("final loss, step 10,000"))
    #expect(svg.contains("90% interval 1.5800 to 1.6200"))
    #expect(svg.contains("learning rate") && svg.contains("loss (nats)"))
  }

  @Test func listsFewNamesAndCountsMany() throws {
    #expect(try picture(title: "", names: ["first", "second"]).contains("observed: "))
    let many = try picture(title: "", names: (1...30).map { "run number \($0)" })
    #expect(many.contains("30 observed runs"))
    #expect(many.components(separatedBy: "class=\"faint s7 d0\"").count == 31)
  }

  @Test func leavesOutThePanelWithoutARate() throws {
    let forecast = try #require(SampleReport.make(["a"]).forecasts[0].curve)
    let svg = ForecastChart.svg(
      title: "t", observed: [], forecast: forecast, learningRate: nil, level: 0.9)
    #expect(!svg.contains("learning rate") && !svg.contains("observed"))
  }

  /// Colours are told from the page at 3:1 or more: WCAG 2.2, success criterion 1.4.11, with the
  /// relative luminance of its glossary; labels at 4.5:1, criterion 1.4.3.
  @Test(arguments: [Palette.light, .dark])
  func coloursStandOutFromThePage(palette: Palette) throws {
    for color in palette.curves {
      #expect(try contrast(color, palette.page) >= 3, "\(color) on \(palette.page)")
    }
    #expect(try contrast(palette.ink, palette.page) >= 7)
    #expect(try contrast(palette.muted, palette.page) >= 4.5)
  }

  private func contrast(_ one: String, _ other: String) throws -> Double {
    let luminances = try [luminance(one), luminance(other)].sorted()
    return (luminances[1] + 0.05) / (luminances[0] + 0.05)
  }

  private func luminance(_ color: String) throws -> Double {
    let number = try #require(Int(color.dropFirst(), radix: 16))
    let channels = [16, 8, 0].map { linear(Double(number >> $0 & 255) / 255) }
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
  }

  private func linear(_ channel: Double) -> Double {
    channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4)
  }

  private func picture(title: String, names: [String]) throws -> String {
    let report = SampleReport.make(names)
    return ForecastChart.svg(
      title: title, observed: report.runs.map { .init(name: $0.name, curve: $0.observed) },
      forecast: try #require(report.forecasts[0].curve),
      learningRate: report.forecasts[0].learningRate, level: report.level)
  }
}
