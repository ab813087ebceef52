import Reports
import Testing

@Suite struct LinePlotTests {
  @Test func lineFromCornerToCorner() {
    let curve = LinePlot.Curve(name: "line", steps: [0, 1000], values: [0, 1])
    let text = LinePlot([curve], quantity: .learningRate, width: 30, height: 4).text
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 6)
    #expect(lines[0].hasPrefix("    1e0 │"))
    #expect(lines[3].hasPrefix("      0 │"))
    #expect(lines.allSatisfy { $0.count <= 30 })
    #expect(lines[4].contains("└──"))
    #expect(lines[5].hasSuffix("1,000"))
    // The line begins at the bottom left and ends at the top right.
    #expect(lines[3].dropFirst(9).first.map { $0 != " " } == true)
    #expect(lines[0].count == 30)
  }

  /// Without colour, curves are told apart by letters, and a legend names them.
  @Test func severalCurvesHaveLetters() {
    let curves = [
      LinePlot.Curve(name: "first", steps: [0, 9], values: [1, 1]),
      LinePlot.Curve(name: "second", steps: [0, 9], values: [0, 0]),
    ]
    let text = LinePlot(curves, quantity: .learningRate, width: 40, height: 5).text
    let lines = text.split(separator: "\n")
    #expect(lines[0].contains("AAAA"))
    #expect(lines[4].contains("BBBB"))
    #expect(lines.suffix(2) == ["A first", "B second"])
    #expect(!text.contains("\u{1B}"))
    let colored = LinePlot(curves, quantity: .loss, width: 40, height: 5, hasColors: true).text
    #expect(colored.contains("\u{1B}[34m"))
    #expect(!colored.contains("AAAA"))
  }

  @Test func lossesKeepTheirRange() {
    let curve = LinePlot.Curve(name: "loss", steps: [1, 2, 3], values: [3, 2.5, 2.25])
    let text = LinePlot([curve], quantity: .loss, width: 40, height: 4).text
    #expect(text.hasPrefix("3.0000 │"))
    #expect(text.contains("2.2500 │"))
  }

  static let hostile: [([Double], [Double])] = [
    ([], []), ([1], [.nan]), ([.nan], [1]), ([1, 2], [.infinity, -.infinity]), ([1e300], [1]),
    ([0, 1, 2], [1e-300, .nan, 1e11]), ([5], [5]), ([0, 1], [0, 0]), ([1, 2, 3], [1]),
  ]

  /// Values that cannot be drawn leave a gap; nothing to draw gives no plot; sizes are bounded.
  @Test(arguments: hostile)
  func hostileValues(steps: [Double], values: [Double]) {
    let curve = LinePlot.Curve(name: "", steps: steps, values: values)
    for (width, height) in [(-1, -1), (0, 0), (30, 4), (1_000_000, 1_000_000)] {
      let plot = LinePlot([curve], quantity: .learningRate, width: width, height: height)
      #expect(plot.text.split(separator: "\n").allSatisfy { $0.count <= max(30, min(width, 400)) })
    }
    _ = ScheduleChart.svg(title: "", curves: [curve])
    #expect(LinePlot([], quantity: .loss).text.isEmpty)
  }

  @Test func pictureNamesItsCurves() {
    let curves = (0..<9).map {
      LinePlot.Curve(name: "curve <\($0)>", steps: [0, 10], values: [Double($0), 1])
    }
    let svg = ScheduleChart.svg(title: "a & b", curves: curves)
    #expect(svg.hasPrefix("<svg xmlns"))
    #expect(svg.contains("a &amp; b"))
    #expect(svg.contains("curve &lt;8&gt;"))
    // Further curves than hues are dashed.
    #expect(svg.contains(#"class="line s1 d1""#))
    #expect(!svg.contains("loss"))
  }
}
