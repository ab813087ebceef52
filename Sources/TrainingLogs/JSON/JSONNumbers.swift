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
}
