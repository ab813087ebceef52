/// Why a schedule's text was refused, and where.
///
/// `description` shows the text with a caret under the offending place.
public struct ScheduleError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kinds of refusal.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// The text holds nothing.
    case emptyText
    /// Nothing stands between two separators.
    case emptyItem
    /// A parenthesis is misplaced or unmatched.
    case misplacedParenthesis
    /// No phase has that name.
    case unknownPhase
    /// No setting has that name.
    case unknownSetting
    /// No key of a phase has that name.
    case unknownKey
    /// No shape has that name.
    case unknownShape
    /// No index convention has that name.
    case unknownConvention
    /// A number is not written as one, or its suffix or unit is not known.
    case malformedNumber
    /// A number is outside what its place allows.
    case valueOutOfRange
    /// A setting or a field is given twice.
    case duplicate
    /// A field does not go with its phase or shape.
    case notApplicable
    /// `peak=` is missing.
    case missingPeak
    /// A phase has no duration.
    case missingDuration
    /// `%` or `rest` stands without `total=`.
    case missingTotal
    /// A duration in tokens, samples or epochs stands without `tpb=`, `spb=` or `spe=`.
    case missingBatchSize
    /// A shape lacks a parameter that has no usual value.
    case missingParameter
    /// The phases do not sum to `total=`.
    case totalMismatch
    /// The presets expand to more than 10,000 phases.
    case tooManyPhases
    /// A duration, or the sum of all, exceeds the limit of 10^12 steps.
    case tooManySteps
    /// The learning rate is zero at every step.
    case zeroRate
    /// `from=` branches off a run, and no run is given.
    case needsRun
    /// `from=` asks for a step that the run does not have.
    case outsideRun
  }

  /// The kind of refusal.
  public let code: Code
  /// The index, from 0, of the item (setting or phase) at fault; nil when the whole text is.
  public let item: Int?
  /// Where the offending place begins, in characters from the start of the text.
  public let offset: Int
  /// How many characters the offending place has; 0 where something is missing.
  public let length: Int
  /// What is wrong and what to write instead, in one line.
  public let message: String
  /// The text that was refused.
  public private(set) var text: String

  /// The message, the text, and a line with a caret under the offending place.
  public var description: String {
    let shown = Self.printable(text)
    let caret = "^" + String(repeating: "~", count: max(0, length - 1))
    return "\(message)\n  \(shown)\n  \(String(repeating: " ", count: offset))\(caret)"
  }

  /// Creates an error at a place of the text; the message is given its item's number.
  init(_ code: Code, at token: ScheduleToken, _ message: String) {
    self.code = code
    item = token.item
    offset = token.offset
    length = token.length
    self.message = Self.printable("item \(token.item + 1): \(message)")
    text = ""
  }

  /// Creates an error about the whole text.
  init(_ code: Code, _ message: String) {
    self.code = code
    item = nil
    offset = 0
    length = 0
    self.message = message
    text = ""
  }

  /// A text with a space for each line break or other control character.
  private static func printable(_ text: String) -> String {
    String(
      text.map { character in
        let isControl = character.unicodeScalars.contains {
          $0.properties.generalCategory == .control
        }
        return isControl || character.isNewline ? " " : character
      })
  }

  /// The error with the text it is about.
  func located(in text: String) -> ScheduleError {
    var copy = self
    copy.text = text
    return copy
  }
}

extension ScheduleError {
  /// An error for a name that is in no list, with the nearest valid one or all of them.
  static func unknown(
    _ code: Code, _ what: String, _ name: String, at token: ScheduleToken, valid: [String]
  ) -> ScheduleError {
    let remedy =
      if let nearest = NearestName.find(name, in: valid) {
        "did you mean '\(nearest)'?"
      } else {
        "valid: \(valid.joined(separator: ", "))"
      }
    return ScheduleError(code, at: token, "unknown \(what) '\(name)'; \(remedy)")
  }
}
