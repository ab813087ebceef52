/// Numbers in messages.
enum NumberText {
  /// A number without `.0` behind a whole one.
  static func short(_ number: Double) -> String {
    guard number == number.rounded(), abs(number) < 1e15 else { return "\(number)" }
    return "\(Int64(number))"
  }

  /// A count with its noun, which takes an `s` unless the count is 1.
  static func count(_ count: Int, _ noun: String) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
  }
}
