/// A learning rate over steps, as pieces that are linear, follow a formula, or are listed value by
/// value.
///
/// A path owns the whole positions `firstPosition ..< endPosition`; after its end the last rate
/// holds. Position 0 is the state before the first update.
public struct LearningRatePath: Sendable, Hashable {
  /// A stretch of positions with one formula for the rate.
  public struct Piece: Sendable, Hashable {
    /// How the rate goes over the piece.
    public enum Shape: Sendable, Hashable {
      /// `first + slope * j` at the piece's j-th position, j from 0.
      case linear(first: Double, slope: Double)
      /// A formula.
      case curved(LearningRateCurve)
      /// One rate a position.
      case sampled([Double])
    }

    /// The piece's first position.
    public var start: Int
    /// How many positions the piece owns, at least 1.
    public var count: Int
    /// How the rate goes.
    public var shape: Shape

    /// Creates a piece.
    public init(start: Int, count: Int, shape: Shape) {
      self.start = start
      self.count = count
      self.shape = shape
    }
  }

  /// The pieces, contiguous and in order.
  public let pieces: [Piece]
  /// The last position of the first warm-up; `firstPosition` when there is none.
  public let warmupEnd: Int

  /// Creates a path.
  ///
  /// - Parameters:
  ///   - pieces: at least one, contiguous, in order, each with at least one position.
  ///   - warmupEnd: the last position of the first warm-up.
  public init(pieces: [Piece], warmupEnd: Int) {
    precondition(!pieces.isEmpty, "pieces is empty")
    self.pieces = pieces
    self.warmupEnd = warmupEnd
  }
}

extension LearningRatePath {
  /// One rate from position 0 on, without a warm-up.
  public static func constant(_ rate: Double) -> LearningRatePath {
    LearningRatePath(
      pieces: [Piece(start: 0, count: 1, shape: .linear(first: rate, slope: 0))], warmupEnd: 0)
  }

  /// The first position that the path owns.
  public var firstPosition: Int { pieces[0].start }

  /// The position after the last one that the path owns.
  public var endPosition: Int {
    let last = pieces[pieces.count - 1]
    return last.start + last.count
  }

  /// The rate at a position; the first rate before the path, the last one after it.
  ///
  /// - Complexity: O(log pieces).
  public func learningRate(at position: Int) -> Double {
    var low = 0
    var high = pieces.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if pieces[middle].start <= position { low = middle } else { high = middle - 1 }
    }
    return pieces[low].rate(at: position - pieces[low].start)
  }

  /// The largest rate of the path; curves are largest at an end.
  public var peak: Double {
    pieces.map { max($0.rate(at: 0), $0.rate(at: $0.count - 1), $0.largestSample) }.max() ?? 0
  }
}

extension LearningRatePath.Piece {
  /// The rate at the piece's j-th position, clamped to the piece.
  package func rate(at index: Int) -> Double {
    let index = min(max(index, 0), count - 1)
    switch shape {
    case .linear(let first, let slope): return first + slope * Double(index)
    case .curved(let curve): return curve.rate(at: index)
    case .sampled(let values): return values[index]
    }
  }

  /// The rate at a place between the piece's first and last position.
  package func rate(at index: Double) -> Double {
    switch shape {
    case .linear(let first, let slope): first + slope * index
    case .curved(let curve): curve.rate(at: index)
    case .sampled(let values): values[min(max(Int(index), 0), count - 1)]
    }
  }

  /// The polynomial of the steps after a position, and over how many of them it holds.
  ///
  /// - Parameters:
  ///   - index: the position, not the piece's last.
  ///   - polynomial: it is written here.
  /// - Returns: at least 1; of a listed piece 1.
  package func expand(after index: Int, into polynomial: inout RatePolynomial) -> Int {
    if case .curved(let curve) = shape { return curve.expand(after: index, into: &polynomial) }
    let first = rate(at: index)
    polynomial = .constant(first)
    if case .linear(_, let slope) = shape {
      polynomial.coefficients[1] = slope
    } else {
      polynomial.coefficients[1] = rate(at: index + 1) - first
    }
    polynomial.scale = max(abs(first), abs(rate(at: count - 1)))
    if case .sampled = shape { return 1 }
    return count - 1 - index
  }

  fileprivate var largestSample: Double {
    guard case .sampled(let values) = shape else { return -.infinity }
    return values.max() ?? -.infinity
  }
}
