/// Curves drawn with characters, for a terminal.
///
/// One curve, or several told apart by colour, are drawn in Braille dots, two by four a character;
/// several without colour in letters.
public struct LinePlot: Sendable {
  /// A curve.
  public struct Curve: Sendable {
    /// What it is called.
    public var name: String
    /// The places of its points along the axis.
    public var steps: [Double]
    /// The points' values; those that are not finite leave a gap.
    public var values: [Double]

    /// Creates a curve.
    public init(name: String, steps: [Double], values: [Double]) {
      self.name = name
      self.steps = steps
      self.values = values
    }
  }

  /// What the vertical axis measures, which sets how its labels are written.
  public enum Quantity: Sendable {
    /// Losses.
    case loss
    /// Learning rates; the axis begins at 0.
    case learningRate
  }

  /// The curves.
  public var curves: [Curve]
  /// What they measure.
  public var quantity: Quantity
  /// The width in characters, labels included; at least 30 are used.
  public var width: Int
  /// The height of the panel in lines; at least 4 are used.
  public var height: Int
  /// Whether the terminal takes colours.
  public var hasColors: Bool

  /// Creates a plot.
  public init(
    _ curves: [Curve], quantity: Quantity, width: Int = 80, height: Int = 14,
    hasColors: Bool = false
  ) {
    self.curves = curves
    self.quantity = quantity
    self.width = max(30, min(width, 400))
    self.height = max(4, min(height, 200))
    self.hasColors = hasColors
  }

  /// The plot, lines without spaces at their ends; empty when no point can be drawn.
  public var text: String {
    guard let x = ScreenRange(of: curves.lazy.flatMap(\.steps)), let y = valueRange else {
      return ""
    }
    let labels = valueLabels(y)
    let margin = labels.map { $0.text.count }.max() ?? 0
    let columns = width - margin - 2
    var canvas = PlotCanvas(columns: columns, rows: height, usesLetters: usesLetters)
    for (index, curve) in curves.enumerated() {
      canvas.draw(curve, index: index, x: x, y: y)
    }
    var lines: [String] = []
    for row in 0..<height {
      let label = labels.first { $0.row == row }?.text ?? ""
      let padding = String(repeating: " ", count: margin - label.count)
      lines.append("\(padding)\(label) │" + canvas.line(row, hasColors: hasColors))
    }
    let indent = String(repeating: " ", count: margin + 1)
    lines.append(indent + "└" + String(repeating: "─", count: columns))
    lines.append(indent + " " + stepLabels(x, columns: columns))
    if curves.count > 1 { lines += legend }
    return lines.map(Self.trimmed).joined(separator: "\n")
  }

  private var usesLetters: Bool { curves.count > 1 && !hasColors }

  private var valueRange: ScreenRange? {
    guard let range = ScreenRange(of: curves.lazy.flatMap(\.values)) else { return nil }
    return quantity == .learningRate ? ScreenRange(min(0, range.lower), range.upper) : range
  }

  /// The labels of the top, middle and bottom rows.
  private func valueLabels(_ range: ScreenRange) -> [(row: Int, text: String)] {
    [0, height / 2, height - 1].map { row in
      let value = range.upper - range.span * Double(row) / Double(height - 1)
      let text =
        switch quantity {
        case .loss: NumberText.loss(value)
        case .learningRate: NumberText.scientific(value)
        }
      return (row, text)
    }
  }

  /// The first step, the middle one where there is room, and the last one.
  private func stepLabels(_ range: ScreenRange, columns: Int) -> String {
    let first = NumberText.count(range.lower)
    let last = NumberText.count(range.upper)
    let middle = NumberText.count(((range.lower + range.upper) / 2).rounded())
    let room = columns - first.count - last.count
    guard room > 1 else { return first }
    guard room > middle.count + 4 else {
      return first + String(repeating: " ", count: room) + last
    }
    let left = max(1, columns / 2 - middle.count / 2 - first.count)
    let right = max(1, room - left - middle.count)
    return first + String(repeating: " ", count: left) + middle
      + String(repeating: " ", count: right) + last
  }

  private var legend: [String] {
    curves.enumerated().map { index, curve in
      let mark = usesLetters ? PlotCanvas.letter(index) : "━━"
      return PlotCanvas.paint(mark, index: index, hasColors: hasColors) + " "
        + Markup.plainName(curve.name)
    }
  }

  private static func trimmed(_ line: String) -> String {
    String(line.reversed().drop { $0 == " " || $0 == "\u{2800}" }.reversed())
  }
}
