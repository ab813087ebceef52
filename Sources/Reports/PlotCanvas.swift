/// A grid of characters with Braille dots or letters.
struct PlotCanvas {
  /// The dots of a Braille character, by column and row (Unicode 15, block 2800).
  private static let dots: [[UInt32]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]
  /// The terminal's colours: blue, red, green, magenta, yellow, cyan.
  private static let colors = ["34", "31", "32", "35", "33", "36"]

  private let columns: Int
  private let rows: Int
  private let usesLetters: Bool
  private var cells: [UInt32]
  /// The last curve drawn in a cell; -1 where there is none.
  private var owners: [Int]

  init(columns: Int, rows: Int, usesLetters: Bool) {
    self.columns = max(1, columns)
    self.rows = max(1, rows)
    self.usesLetters = usesLetters
    cells = Array(repeating: 0, count: self.columns * self.rows)
    owners = Array(repeating: -1, count: self.columns * self.rows)
  }

  /// Draws a curve as lines between its points.
  mutating func draw(_ curve: LinePlot.Curve, index: Int, x: ScreenRange, y: ScreenRange) {
    let across = Double((usesLetters ? 1 : 2) * columns - 1)
    let down = Double((usesLetters ? 1 : 4) * rows - 1)
    var previous: (x: Int, y: Int)?
    for (step, value) in zip(curve.steps, curve.values) {
      guard ScreenRange.isDrawable(step), ScreenRange.isDrawable(value) else {
        previous = nil
        continue
      }
      let point = (
        x: Int(((step - x.lower) / x.span * across).rounded()),
        y: Int(((y.upper - value) / y.span * down).rounded())
      )
      line(from: previous ?? point, to: point, index: index)
      previous = point
    }
  }

  private mutating func line(from first: (x: Int, y: Int), to last: (x: Int, y: Int), index: Int) {
    let length = max(abs(last.x - first.x), abs(last.y - first.y))
    for step in 0...length {
      let part = length == 0 ? 0 : Double(step) / Double(length)
      mark(
        first.x + Int((Double(last.x - first.x) * part).rounded()),
        first.y + Int((Double(last.y - first.y) * part).rounded()), index: index)
    }
  }

  private mutating func mark(_ x: Int, _ y: Int, index: Int) {
    let (column, row) = usesLetters ? (x, y) : (x / 2, y / 4)
    guard (0..<columns).contains(column), (0..<rows).contains(row) else { return }
    let cell = row * columns + column
    owners[cell] = index
    if !usesLetters { cells[cell] |= Self.dots[x % 2][y % 4] }
  }

  /// The characters of a row.
  func line(_ row: Int, hasColors: Bool) -> String {
    var text = ""
    for column in 0..<columns {
      let cell = row * columns + column
      let owner = owners[cell]
      guard owner >= 0 else {
        text += " "
        continue
      }
      let mark =
        usesLetters
        ? Self.letter(owner) : Unicode.Scalar(0x2800 + cells[cell]).map { String($0) } ?? " "
      text += Self.paint(mark, index: owner, hasColors: hasColors)
    }
    return text
  }

  /// The letter of a curve.
  static func letter(_ index: Int) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return String(letters[index % letters.count])
  }

  /// A text in a curve's colour.
  static func paint(_ text: String, index: Int, hasColors: Bool) -> String {
    hasColors ? "\u{1B}[\(colors[index % colors.count])m\(text)\u{1B}[0m" : text
  }
}
