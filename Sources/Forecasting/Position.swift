/// Steps of logs as positions on a learning-rate path.
enum Position {
  /// The largest step that counts: far beyond any run, and exact as a `Double`.
  static let largest = 1e15

  /// The whole position of a step; nil outside 0 to `largest`.
  static func of(_ step: Double) -> Int? {
    step >= 0 && step <= largest ? Int(step.rounded()) : nil
  }

  /// The step as people write it.
  static func text(_ step: Double) -> String {
    Int(exactly: step).map(String.init) ?? "\(step)"
  }
}
