/// The colours of curves, told apart by readers with any kind of colour vision.
///
/// Hues after Okabe and Ito, "Color Universal Design", 2008, made darker or lighter until each has
/// a contrast of at least 3:1 with the page (WCAG 2.2, criterion 1.4.11).
enum Palette {
  /// How many hues there are; further curves are dashed.
  static let hues = 7
  /// How many dash patterns there are, the solid line included.
  static let dashes = 3
  /// The index of the colour of observed losses.
  static let neutral = 7
  /// The index of the colour of a logged learning rate.
  static let rate = 1

  /// The colours on the light page: blue, vermillion, green, purple, ochre, sky, brown; grey.
  static let light = [
    "#0b63a5", "#c2500a", "#00805c", "#a23b7c", "#8a6a00", "#2f8fcf", "#6b4a3a", "#6b7078",
  ]
  /// The same hues on the dark page.
  static let dark = [
    "#5ab0f0", "#f0894a", "#3cc79a", "#e28bc0", "#e0b83c", "#9ad4ff", "#c9a08c", "#9aa1ab",
  ]
  /// The light page.
  static let lightPage = "#ffffff"
  /// The dark page.
  static let darkPage = "#15181d"

  /// The custom properties `--c0`, `--c1` and so on.
  static func properties(_ colors: [String]) -> String {
    colors.enumerated().map { "--c\($0.offset): \($0.element);" }.joined(separator: " ")
  }

  /// The rules that colour lines (`s`) and areas (`f`) by index, and dash lines (`d`).
  static let rules: String = {
    let colors = light.indices.map { ".s\($0){stroke:var(--c\($0))}.f\($0){fill:var(--c\($0))}" }
    return colors.joined() + ".d1{stroke-dasharray:6 3}.d2{stroke-dasharray:2 2.5}"
  }()

  /// The rules of a chart's parts, for pages and standalone pictures alike.
  static let chartRules = """
    .grid{stroke:var(--grid);stroke-width:1;fill:none}
    .base{stroke:var(--axis);stroke-width:1;fill:none}
    .tick{fill:var(--muted);font-size:11.5px}
    .title{fill:var(--muted);font-size:11.5px}
    .line,.points,.faint{fill:none;stroke-width:1.8;stroke-linejoin:round;stroke-linecap:round}
    .points{stroke-width:1;opacity:.45}
    .faint{stroke-width:1;opacity:.5}
    .dots{fill:none;stroke-width:4;stroke-linecap:round}
    .band{opacity:.16;stroke:none}
    .whisker{stroke-width:2;fill:none}
    .end{stroke:var(--page);stroke-width:1.5}
    """
}
