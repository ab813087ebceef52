extension LearningRatePath {
  /// The path up to a position, whose rate holds from there on.
  public func held(after position: Int) -> LearningRatePath {
    let last = max(position, firstPosition)
    let kept = pieces.prefix { $0.start <= last }.map { piece in
      piece.start + piece.count - 1 > last ? piece.prefix(last - piece.start + 1) : piece
    }
    return LearningRatePath(pieces: kept, warmupEnd: warmupEnd)
  }

  /// The path from a position on, whose rate holds before it.
  public func held(before position: Int) -> LearningRatePath {
    guard position > firstPosition else { return self }
    let rest = pieces.filter { $0.start + $0.count > position }.map { piece in
      piece.start < position ? piece.suffix(from: position - piece.start) : piece
    }
    let rate = learningRate(at: position)
    let first = Piece(
      start: firstPosition, count: position - firstPosition, shape: .linear(first: rate, slope: 0))
    return LearningRatePath(pieces: [first] + rest, warmupEnd: warmupEnd)
  }

  /// The path up to a position and another path from there on.
  ///
  /// - Parameters:
  ///   - other: the path that goes on, over all positions from `position` on.
  ///   - position: the first position of `other` that counts, after the first of this path.
  /// - Returns: the joined path; its warm-up is this path's.
  func followed(by other: LearningRatePath, from position: Int) -> LearningRatePath {
    guard position > firstPosition, other.endPosition > position else { return other }
    let rest = other.held(before: position).pieces.filter { $0.start >= position }
    let start = held(after: position - 1)
    let end = start.endPosition
    var kept = start.pieces
    if end < position {
      kept.append(
        Piece(
          start: end, count: position - end,
          shape: .linear(first: learningRate(at: end - 1), slope: 0)))
    }
    return LearningRatePath(pieces: kept + rest, warmupEnd: min(warmupEnd, position))
  }
}

extension LearningRatePath.Piece {
  /// The first positions of the piece.
  fileprivate func prefix(_ length: Int) -> Self {
    switch shape {
    case .linear, .curved: Self(start: start, count: length, shape: shape)
    case .sampled(let rates):
      Self(start: start, count: length, shape: .sampled(Array(rates.prefix(length))))
    }
  }

  /// The piece from its `index`-th position on.
  fileprivate func suffix(from index: Int) -> Self {
    switch shape {
    case .linear(let first, let slope):
      Self(
        start: start + index, count: count - index,
        shape: .linear(first: first + slope * Double(index), slope: slope))
    case .curved(let curve):
      Self(start: start + index, count: count - index, shape: .curved(curve.suffix(from: index)))
    case .sampled(let rates):
      Self(
        start: start + index, count: count - index, shape: .sampled(Array(rates.dropFirst(index))))
    }
  }
}
