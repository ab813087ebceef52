/// Lists of numbers.
enum JSONNumbers {
  /// The numbers of an array whose opening bracket was taken; `RowTable.missing` stands for null.
  ///
  /// - Returns: nil when something else is in it, after the array was passed over, or on a failure.
  static func list(_ scanner: inout JSONScanner) -> [Double]? {
    var numbers: [Double] = []
    while true {
      switch scanner.next() {
      case .number: numbers.append(scanner.number)
      case .null: numbers.append(RowTable.missing)
      case .string:
        guard let number = JSONWord.quotedNumber(scanner.rawText) else {
          _ = scanner.skipContainer()
          return nil
        }
        numbers.append(number)
      case .endArray: return numbers
      case .beginArray, .beginObject:
        if scanner.skipContainer() { _ = scanner.skipContainer() }
        return nil
      case .boolean:
        _ = scanner.skipContainer()
        return nil
      case .key, .endObject, .end, .failure: return nil
      }
    }
  }

  /// Whether the object that comes next has a list of losses, and so is no record of its own.
  static func areLosses(inObjectOf scanner: JSONScanner) -> Bool {
    var scanner = scanner
    let depth = scanner.depth
    guard scanner.next() == .beginObject else { return false }
    var key = ""
    while scanner.depth > depth {
      switch scanner.next() {
      case .key: key = JSONText.string(scanner)
      case .beginArray:
        guard case .series(let role, _, _) = ColumnNames.meaning(of: key), role.isLoss else {
          continue
        }
        if let numbers = list(&scanner), numbers.count > 1 { return true }
      case .end, .failure: return false
      default: continue
      }
    }
    return false
  }
}
