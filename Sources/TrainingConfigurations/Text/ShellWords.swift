/// A word of a shell script, without its quotes.
struct ShellWord: Sendable, Hashable {
  var text: String
  /// The line where it begins, from 1.
  var line: Int
  /// The text inside the quotes of `NAME="…"`, or nil when the word is no such assignment.
  var quoted: String?
}

/// Takes shell text apart into words: quotes, comments, continued lines, arrays, `$((…))`.
struct ShellWords {
  private let characters: [Character]
  private var index = 0
  private var line = 1

  private init(_ text: String) { characters = Array(text) }

  /// The words of a text in order; brackets of arrays are left out.
  static func words(of text: String) -> [ShellWord] {
    var reader = ShellWords(text)
    var words: [ShellWord] = []
    while let word = reader.next() { words.append(word) }
    return words
  }

  private var current: Character? { index < characters.count ? characters[index] : nil }

  private mutating func next() -> ShellWord? {
    while let character = current {
      if character.isNewline {
        line += 1
        index += 1
      } else if character.isWhitespace || "();&|".contains(character) || isContinuation {
        index += 1
      } else if character == "#" {
        while let next = current, !next.isNewline {
          _ = next
          index += 1
        }
      } else {
        return word()
      }
    }
    return nil
  }

  private var isContinuation: Bool {
    current == "\\" && (index + 1 >= characters.count || characters[index + 1].isNewline)
  }

  private mutating func word() -> ShellWord {
    var word = ShellWord(text: "", line: line)
    while let character = current, !character.isWhitespace, !isContinuation {
      if character == "\"" || character == "'" {
        let inner = quoted(character)
        if word.text.hasSuffix("=") { word.quoted = inner }
        word.text += inner
      } else if character == "$", starts("$((") {
        word.text += arithmetic()
      } else if character == "$", starts("${") {
        word.text += upTo("}")
      } else if "();&|".contains(character) {
        break
      } else {
        if character == "\\", index + 1 < characters.count { index += 1 }
        word.text.append(characters[index])
        index += 1
      }
    }
    return word
  }

  private func starts(_ text: String) -> Bool { characters[index...].starts(with: text) }

  private mutating func quoted(_ quote: Character) -> String {
    index += 1
    var text = ""
    while let character = current, character != quote {
      if character == "\\", quote == "\"", index + 1 < characters.count {
        index += 1
        // A continued line inside quotes is a space.
        if characters[index].isNewline {
          line += 1
          index += 1
          text.append(" ")
          continue
        }
      }
      if characters[index].isNewline { line += 1 }
      text.append(characters[index])
      index += 1
    }
    index = min(index + 1, characters.count)
    return text
  }

  /// `$((…))` up to its end, whole.
  private mutating func arithmetic() -> String {
    var text = ""
    while let character = current {
      text.append(character)
      index += 1
      if text.hasSuffix("))") { break }
    }
    return text
  }

  private mutating func upTo(_ end: Character) -> String {
    var text = ""
    while let character = current {
      text.append(character)
      index += 1
      if character == end { break }
    }
    return text
  }
}
