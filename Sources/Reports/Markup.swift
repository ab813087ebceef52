/// Text made safe for HTML, SVG and XML.
enum Markup {
  /// Text for element content and quoted attributes.
  ///
  /// Characters that XML forbids become U+FFFD, so that one bad name cannot spoil a file.
  static func escape(_ text: String) -> String {
    var escaped = ""
    escaped.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\t", "\n", "\r": escaped.unicodeScalars.append(scalar)
      case _ where isForbidden(scalar): escaped.unicodeScalars.append("\u{FFFD}")
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// A name as inline HTML, isolated so that its writing direction cannot reorder what is beside it.
  static func name(_ text: String) -> String {
    guard !isBlank(text) else { return #"<span class="unnamed">(no name)</span>"# }
    return "<bdi>\(escape(text))</bdi>"
  }

  /// A name as plain text; one that could reorder what is beside it is isolated by Unicode's marks.
  static func plainName(_ text: String) -> String {
    guard !isBlank(text) else { return "(no name)" }
    let turns = text.unicodeScalars.contains { scalar in
      turningRanges.contains { $0.contains(scalar.value) }
    }
    return turns ? "\u{2068}\(text)\u{2069}" : text
  }

  /// The blocks of right-to-left scripts and the controls of writing direction (Unicode UAX 9).
  private static let turningRanges: [ClosedRange<UInt32>] = [
    0x590...0x8FF, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFB1D...0xFDFF,
    0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF,
  ]

  /// True for text of spaces and invisible characters alone.
  static func isBlank(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      scalar.properties.isWhitespace || scalar.properties.generalCategory == .format
        || scalar.properties.generalCategory == .control
    }
  }

  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value & 0xFFFE == 0xFFFE
  }
}
