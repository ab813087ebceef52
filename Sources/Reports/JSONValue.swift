/// A JSON value, written with sorted keys; a number that is not finite becomes null.
enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// The value on one line, safe inside a script element of a page.
  func compact() -> String {
    var text = ""
    write(to: &text, isSafeInPages: true, indent: nil)
    return text
  }

  /// The value for a file: objects indented by two spaces, arrays of plain values on one line.
  ///
  /// A leading key comes before the sorted ones.
  func indented(leading: String? = nil) -> String {
    var text = ""
    write(to: &text, isSafeInPages: false, indent: 0, leading: leading)
    return text + "\n"
  }

  private func write(
    to text: inout String, isSafeInPages: Bool, indent: Int?, leading: String? = nil
  ) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .number(let value): text += JSONValue.text(value)
    case .string(let value): JSONValue.write(value, to: &text, isSafeInPages: isSafeInPages)
    case .array(let values):
      let isPlain = values.allSatisfy { !$0.isContainer }
      JSONValue.write(
        values, between: ("[", "]"), to: &text, indent: isPlain ? nil : indent
      ) { value, text, inner in
        value.write(to: &text, isSafeInPages: isSafeInPages, indent: inner)
      }
    case .object(let members):
      let sorted = members.sorted {
        ($0.key == leading ? 0 : 1, $0.key) < ($1.key == leading ? 0 : 1, $1.key)
      }
      JSONValue.write(sorted, between: ("{", "}"), to: &text, indent: indent) {
        member, text, inner in
        JSONValue.write(member.key, to: &text, isSafeInPages: isSafeInPages)
        text += inner == nil ? ":" : ": "
        member.value.write(to: &text, isSafeInPages: isSafeInPages, indent: inner)
      }
    }
  }

  private var isContainer: Bool {
    switch self {
    case .array, .object: true
    case .null, .bool, .number, .string: false
    }
  }

  private static func write<Element>(
    _ elements: [Element], between brackets: (open: String, close: String), to text: inout String,
    indent: Int?, _ writeElement: (Element, inout String, Int?) -> Void
  ) {
    text += brackets.open
    let inner = indent.map { $0 + 2 }
    for (index, element) in elements.enumerated() {
      if index > 0 { text += "," }
      if let inner { text += "\n" + String(repeating: " ", count: inner) }
      writeElement(element, &text, inner)
    }
    if let indent, !elements.isEmpty { text += "\n" + String(repeating: " ", count: indent) }
    text += brackets.close
  }

  private static func text(_ value: Double) -> String {
    guard value.isFinite else { return "null" }
    guard let whole = Int64(exactly: value), abs(value) < 9e15 else { return value.description }
    return String(whole)
  }

  private static func write(_ string: String, to text: inout String, isSafeInPages: Bool) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "<", ">", "&":
        if isSafeInPages { text += escape(scalar) } else { text.unicodeScalars.append(scalar) }
      case "\u{2028}", "\u{2029}": text += escape(scalar)
      case _ where scalar.value < 0x20 || scalar.value == 0x7F: text += escape(scalar)
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
