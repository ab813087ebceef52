/// What a column is, as its name says, or a format that knows better.
enum StatedMeaning: Sendable, Hashable {
  /// The step; the lower the rank, the more likely the one that counts updates.
  case step(rank: Int)
  /// A series; the lower the rank, the more it is preferred among its role. A loss has a unit.
  case series(SeriesRole, rank: Int = 0, unit: LossUnit = .nats)
  /// Nothing that is fitted.
  case other
}

/// In what a loss is counted.
public enum LossUnit: String, Sendable, Codable, CaseIterable {
  /// Natural logarithms, the unit of most frameworks.
  case nats
  /// Bits a token or whatever the loss is a mean of: log base 2.
  case bits
  /// Bits a byte: without the tokenizer's bytes a token it has no value in nats a token.
  case bitsPerByte
  /// exp of the loss in nats.
  case perplexity
  /// Not known, or no cross-entropy.
  case unknown
}
