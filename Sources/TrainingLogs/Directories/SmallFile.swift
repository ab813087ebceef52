/// Small files beside a log that say what the run was.
enum SmallFile {
  /// The text without blanks at its ends; nil when it cannot be read or is longer.
  static func text(_ path: String, most: Int) -> String? {
    guard let source = try? ByteSource(path: path),
      var stream = try? ByteStream(source, file: path), let bytes = try? stream.peek(most + 1),
      bytes.count <= most, !bytes.contains(0)
    else { return nil }
    let text = bytes.drop { $0 <= Ascii.space }
    let end = text.lastIndex { $0 > Ascii.space }.map { $0 + 1 } ?? text.startIndex
    return String(decoding: text[..<end], as: UTF8.self)
  }
}

/// The few forms of YAML that loggers write for settings: no parser of the language.
enum SimpleYAML {
  private static let longestFile = 1 << 20
  private static let mostSettings = 2000

  /// The value of a key at the left margin.
  static func value(of key: String, inFile path: String) -> String? {
    lines(path).first { $0.indent == 0 && $0.key == key }.map(\.value)
  }

  /// Settings of wandb's `config.yaml`: a key at the left margin, and below it `value:`.
  static func settings(inFile path: String) -> [(name: String, value: String)] {
    var settings: [(name: String, value: String)] = []
    var name = ""
    for line in lines(path) where settings.count < mostSettings {
      if line.indent == 0 {
        name = line.key
      } else if line.key == "value", !line.value.isEmpty, !name.isEmpty {
        settings.append((name, line.value))
        name = ""
      }
    }
    return settings
  }

  private static func lines(_ path: String) -> [(indent: Int, key: String, value: String)] {
    let text = SmallFile.text(path, most: longestFile) ?? ""
    return text.split(whereSeparator: \.isNewline).compactMap { line in
      let body = line.drop { $0 == " " }
      guard let colon = body.firstIndex(of: ":"), body.first != "#", body.first != "-" else {
        return nil
      }
      let value = body[body.index(after: colon)...].drop { $0 == " " }
      return (
        line.count - body.count, String(body[..<colon]), unquoted(String(value))
      )
    }
  }

  private static func unquoted(_ text: String) -> String {
    for quote in ["'", "\""] where text.count > 1 && text.hasPrefix(quote) && text.hasSuffix(quote)
    {
      return String(text.dropFirst().dropLast())
    }
    return text == "null" ? "" : text
  }
}

/// The numbers at the top of a JSON object.
enum FlatJSON {
  /// Names and numbers; what is nested is passed over.
  static func numbers(in text: String) -> [(name: String, value: Double)] {
    var numbers: [(name: String, value: Double)] = []
    let bytes = Array(text.utf8) + [0]
    bytes.withUnsafeBufferPointer { buffer in
      var scanner = JSONScanner(UnsafeBufferPointer(rebasing: buffer.dropLast()))
      guard scanner.next() == .beginObject else { return }
      var key = ""
      while true {
        switch scanner.next() {
        case .key: key = JSONText.string(scanner)
        case .number: numbers.append((key, scanner.number))
        case .beginObject, .beginArray: guard scanner.skipContainer() else { return }
        case .endObject, .endArray, .end, .failure: return
        case .string, .null, .boolean: break
        }
      }
    }
    return numbers
  }
}
