import Foundation

/// Results go to stdout, everything else to stderr; decoration only where a person looks.
struct Console: Sendable {
  /// Whether warnings and progress are suppressed.
  var isQuiet = false

  /// Prints a result to stdout.
  func result(_ text: String) {
    FileHandle.standardOutput.write(Data((text.hasSuffix("\n") ? text : text + "\n").utf8))
  }

  /// Prints a warning to stderr.
  func warn(_ text: String) {
    guard !isQuiet else { return }
    error(Console.paint("warning:", "33") + " " + text)
  }

  /// Prints a remark to stderr.
  func note(_ text: String) {
    guard !isQuiet else { return }
    error(text)
  }

  /// Prints a failure to stderr.
  static func fail(_ text: String) {
    Console().error(paint("error:", "31") + " " + text)
  }

  private func error(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  /// Whether stderr is a terminal that takes colours and moving lines.
  static var isTerminal: Bool {
    let environment = ProcessInfo.processInfo.environment
    return isatty(2) == 1 && environment["TERM"] != "dumb"
  }

  /// The terminal's width in characters: COLUMNS, or what the terminal says, or 80.
  static var width: Int {
    let named = ProcessInfo.processInfo.environment["COLUMNS"].flatMap(Int.init)
    if let named, named > 0 { return min(named, 400) }
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return min(Int(size.ws_col), 400)
  }

  private static func paint(_ text: String, _ colour: String) -> String {
    let noColour = ProcessInfo.processInfo.environment["NO_COLOR"] ?? ""
    return isTerminal && noColour.isEmpty ? "\u{1B}[\(colour)m\(text)\u{1B}[0m" : text
  }
}

/// A progress bar on stderr, drawn only on a terminal.
struct ProgressBar {
  private let label: String
  private let total: Int
  private let isShown: Bool

  init(_ label: String, total: Int, console: Console) {
    self.label = label
    self.total = total
    isShown = !console.isQuiet && Console.isTerminal && total > 1
  }

  /// Draws the bar with so much done; ends the line when all is.
  func update(done: Int) {
    guard isShown else { return }
    let width = 30
    let filled = done * width / max(total, 1)
    let bar =
      String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    let ending = done == total ? "\u{1B}[2K\r" : ""
    FileHandle.standardError.write(Data("\r\(label) \(bar) \(done)/\(total)\(ending)".utf8))
  }
}
