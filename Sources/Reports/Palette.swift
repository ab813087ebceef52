/// The colours of curves, told apart by readers with any kind of colour vision.
///
/// Hues after Okabe and Ito, "Color Universal Design", 2008, made darker or lighter until each has
/// a contrast of at least 3:1 with the page (WCAG 2.2, criterion 1.4.11).
struct Palette: Sendable {
  /// How many hues there are; further curves are dashed.
  static let hues = 7
  /// How many dash patterns there are, the solid line included.
  static let dashes = 3
  /// The index of the colour of observed losses.
  static let neutral = 7
  /// The index of the colour of a logged learning rate.
  static let rate = 1

  /// What curves are drawn on.
  let page: String
  /// Text.
  let ink: String
  /// Labels of axes.
  let muted: String
  /// Lines at ticks.
  let grid: String
  /// The foot of a panel.
  let axis: String
  /// How opaque intervals are.
  let bandOpacity: String
  /// Blue, vermillion, green, purple, ochre, sky, brown; grey.
  let curves: [String]

  /// Colours on white.
  static let light = Palette(
    page: "#ffffff", ink: "#1b1e24", muted: "#5d646f", grid: "#e9ecf0", axis: "#9aa2ad",
    bandOpacity: "0.18",
    curves: [
      "#0b63a5", "#c2500a", "#00805c", "#a23b7c", "#8a6a00", "#2f8fcf", "#6b4a3a", "#6b7078",
    ])

  /// The same hues on a dark page.
  static let dark = Palette(
    page: "#15181d", ink: "#e6e8ec", muted: "#9da5b1", grid: "#242932", axis: "#5c6470",
    bandOpacity: "0.3",
    curves: [
      "#5ab0f0", "#f0894a", "#3cc79a", "#e28bc0", "#e0b83c", "#9ad4ff", "#c9a08c", "#9aa1ab",
    ])

  /// References to the custom properties that `properties` sets.
  static let variables = Palette(
    page: "var(--page)", ink: "var(--ink)", muted: "var(--muted)", grid: "var(--grid)",
    axis: "var(--axis)", bandOpacity: "var(--band)", curves: (0...7).map { "var(--c\($0))" })

  /// The colours as custom properties.
  var properties: String {
    let named = [
      "--page:\(page)", "--ink:\(ink)", "--muted:\(muted)", "--grid:\(grid)", "--axis:\(axis)",
      "--band:\(bandOpacity)",
    ]
    return (named + curves.enumerated().map { "--c\($0.offset):\($0.element)" })
      .map { $0 + ";" }.joined()
  }

  /// The rules that colour a chart's parts, and lines (`s`) and areas (`f`) by index.
  var rules: String {
    let byIndex = curves.enumerated().map { index, color in
      ".s\(index){stroke:\(color)}.f\(index){fill:\(color)}"
    }
    return """
      .grid{stroke:\(grid)}.base{stroke:\(axis)}.tick,.title{fill:\(muted)}\(byIndex.joined())\
      .end{stroke:\(page)}.band{opacity:\(bandOpacity)}
      """
  }

  /// The rules of a chart's parts that are the same in all colours.
  static let shapes = """
    .grid,.base{stroke-width:1;fill:none}
    .tick,.title{font-size:11.5px}
    .line,.points,.faint{fill:none;stroke-width:1.8;stroke-linejoin:round;stroke-linecap:round}
    .points{stroke-width:1;opacity:.45}
    .faint{stroke-width:1;opacity:.55}
    .dots{fill:none;stroke-width:4;stroke-linecap:round}
    .band{stroke:none}
    .whisker{stroke-width:2;fill:none}
    .end{stroke-width:1.5}
    .d1{stroke-dasharray:6 3}.d2{stroke-dasharray:2 2.5}
    """
}
