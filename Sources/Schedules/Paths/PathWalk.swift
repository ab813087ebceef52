/// Goes along a path in spans, each inside one piece and on one side of the first warm-up's end.
package struct PathWalk {
  /// Some positions of one piece.
  package struct Span {
    /// The index of the piece.
    package var piece: Int
    /// The index in the piece of the span's first position; past the end of the path's last piece it
    /// is the piece's count or more.
    package var offset: Int
    /// How many positions, at least 1.
    package var count: Int
    /// Whether they are of the first warm-up.
    package var isWarmup: Bool
    /// Whether they are after the end of the path, where its last rate holds.
    package var isHeld: Bool
  }

  private let pieces: [LearningRatePath.Piece]
  private let warmupEnd: Int
  private var piece = 0
  /// The last position passed.
  private var position: Int

  /// Starts before the path's first position, or at a later one.
  package init(_ path: LearningRatePath, from first: Int? = nil) {
    pieces = path.pieces
    warmupEnd = path.warmupEnd
    position = (first ?? path.firstPosition) - 1
  }

  /// The next positions up to `target`; nil when all are passed.
  package mutating func next(to target: Int) -> Span? {
    guard position < target else { return nil }
    while piece + 1 < pieces.count, pieces[piece + 1].start <= position + 1 { piece += 1 }
    let start = pieces[piece].start
    let end = start + pieces[piece].count
    let isHeld = position + 1 >= end
    var last = isHeld ? target : min(target, end - 1)
    let isWarmup = position < warmupEnd
    if isWarmup { last = min(last, warmupEnd) }
    let span = Span(
      piece: piece, offset: position + 1 - start, count: last - position, isWarmup: isWarmup,
      isHeld: isHeld)
    position = last
    return span
  }
}
