/// Which byte separates the fields of a text.
enum Delimiter {
  /// Candidates; the first wins where several fit equally well, as commas may be decimal.
  private static let candidates = [Ascii.tab, Ascii.semicolon, Ascii.comma]

  /// The delimiter that the beginning of a text uses, a comma when there is none.
  ///
  /// The one is taken that stands equally often in the first line and in most lines after it.
  static func detected(in sample: [UInt8]) -> UInt8 {
    let lines = tableLines(of: sample)
    guard let first = lines.first else { return Ascii.comma }
    var best = (delimiter: Ascii.comma, agreeing: 0)
    for candidate in candidates {
      let wanted = count(of: candidate, in: first)
      guard wanted > 0 else { continue }
      let agreeing = lines.count { count(of: candidate, in: $0) == wanted }
      if agreeing > best.agreeing { best = (candidate, agreeing) }
    }
    return best.delimiter
  }

  /// The delimiter that a first line `sep=;` states, and that line's length.
  static func stated(in sample: [UInt8]) -> (delimiter: UInt8, length: Int)? {
    let prefix = Array("sep=".utf8)
    guard sample.starts(with: prefix), sample.count > prefix.count + 1 else { return nil }
    let delimiter = sample[prefix.count]
    let lineEnd = sample.dropFirst(prefix.count + 1).prefix { $0 == 13 || $0 == 10 }
    guard candidates.contains(delimiter), let feed = lineEnd.firstIndex(of: Ascii.lineFeed) else {
      return nil
    }
    return (delimiter, feed + 1)
  }

  /// The first lines that have text and are no comments; one cut short is left out.
  private static func tableLines(of sample: [UInt8]) -> [ArraySlice<UInt8>] {
    let lines = sample.split { $0 == Ascii.lineFeed || $0 == Ascii.carriageReturn }
      .filter { $0.first != Ascii.hash }
    return Array(lines.prefix(100))
  }

  /// How often a byte stands outside quotes.
  private static func count(of byte: UInt8, in line: ArraySlice<UInt8>) -> Int {
    var isQuoted = false
    var count = 0
    for next in line {
      if next == Ascii.quote { isQuoted.toggle() }
      if next == byte, !isQuoted { count += 1 }
    }
    return count
  }
}

extension Delimiter {
  /// What the beginning of a text looks like when it is cut by a delimiter.
  struct Shape {
    /// The byte between fields.
    var delimiter: UInt8
    /// The fields of the first line.
    var fields: Int
    /// The first line's fields.
    var names: [String]
    /// The second line's fields.
    var firstRow: [String]
    /// Lines with as many fields as the first.
    var agreeing: Int
    /// Lines that were looked at.
    var lines: Int
  }

  /// The shape of the beginning of a text.
  static func shape(of sample: [UInt8], isWhole: Bool) -> Shape {
    let stated = stated(in: sample)
    let text = stated.map { Array(sample[$0.length...]) } ?? sample
    let delimiter = stated?.delimiter ?? detected(in: text)
    var lines = tableLines(of: text)
    if !isWhole, lines.count > 1, lines.count < 100 { lines.removeLast() }
    let wanted = lines.first.map { count(of: delimiter, in: $0) } ?? 0
    let rows = lines.prefix(2).map { line in
      line.split(separator: delimiter, omittingEmptySubsequences: false).map {
        BlankTrimming.trimmed(
          String(decoding: $0, as: UTF8.self).filter { $0 != "\"" && $0 != "#" })
      }
    }
    return Shape(
      delimiter: delimiter, fields: wanted + 1, names: rows.first ?? [],
      firstRow: rows.count > 1 ? rows[1] : [],
      agreeing: lines.count { count(of: delimiter, in: $0) == wanted }, lines: lines.count)
  }

  /// The delimiter's name.
  static func name(_ delimiter: UInt8) -> String {
    switch delimiter {
    case Ascii.tab: "tabs"
    case Ascii.semicolon: "semicolons"
    default: "commas"
    }
  }
}
