#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Whether losses are logarithms to base 2: the perplexities beside them tell.
struct LogBaseProof {
  /// The columns of losses.
  private(set) var columns: [Int] = []
  private var loss: Double?
  private var likelihood: Double?
  private var perplexity: Double?
  private var binary = 0
  private var other = 0

  /// Whether nearly all rows with a perplexity say so.
  var isBinary: Bool { binary > 0 && other * 20 <= binary }

  mutating func note(loss: Double, column: Int) {
    self.loss = loss
    add(column)
  }

  mutating func note(likelihood: Double, column: Int) {
    self.likelihood = likelihood
    add(column)
  }

  mutating func note(perplexity: Double) { self.perplexity = perplexity }

  /// Compares what was noted since the last row.
  mutating func endRow() {
    defer { (loss, likelihood, perplexity) = (nil, nil, nil) }
    // With smoothed labels the perplexity is that of the likelihood.
    guard let exponent = likelihood ?? loss, let perplexity, perplexity > 1.2 else { return }
    // Both are rounded to a few digits.
    let difference = abs(log2(perplexity) - exponent)
    if difference <= 0.01 + 0.02 / perplexity { binary += 1 } else { other += 1 }
  }

  private mutating func add(_ column: Int) {
    if column >= 0, !columns.contains(column) { columns.append(column) }
  }
}
