import Schedules

/// The steps at which a learning rate changes, and the learning-rate area before each: what laws
/// with a memory of every single drop sum over.
///
/// A drop at position k is η(k-1) - η(k), positive where the rate falls. The area F(s) is Σ η(p) over
/// the positions up to s, with rates as they are in the warm-up too. Drops in the first warm-up count
/// only by `WarmupArea.full`.
struct RateDrops: Sendable {
  /// k, ascending.
  private(set) var steps: [Double] = []
  /// η(k-1) - η(k), never zero.
  private(set) var sizes: [Double] = []
  /// η(k); zero where it is below a millionth of a millionth of the peak, as decays to zero end by
  /// rounding.
  private(set) var rates: [Double] = []
  /// F(k-1).
  private(set) var areasBefore: [Double] = []
  /// For each row, how many drops are at or before it.
  private(set) var counts: [Int] = []
  /// F at each row.
  private(set) var areas: [Double] = []

  private var area = 0.0
  private var lastRate: Double
  /// Smaller changes are roundings at the joints of pieces.
  private let smallest: Double
  private let peak: Double

  /// Finds the drops of a path up to the last of ascending positions.
  ///
  /// - Complexity: O(pieces + positions) where the rate is constant, O(steps) elsewhere.
  init(path: LearningRatePath, positions: [Int], warmup: WarmupArea) {
    lastRate = path.learningRate(at: path.firstPosition)
    peak = path.peak
    smallest = 1e-14 * peak
    let firstCounted = warmup == .full ? path.firstPosition : path.warmupEnd + 1
    let end = (positions.last ?? path.firstPosition - 1) + 1
    var next = 0
    for piece in path.pieces where piece.start < end {
      let pieceEnd = min(piece.start + piece.count, end)
      var position = piece.start
      while position < pieceEnd {
        let rate = path.rate(at: position, in: piece)
        note(rate, at: position, isCounted: position >= firstCounted)
        position += 1
        // What is left of a constant piece has no drops.
        let last = piece.isConstant ? pieceEnd : position
        pass(positions, next: &next, from: position, to: last, rate: rate)
        area += Double(last - position) * rate
        position = last
      }
    }
    pass(
      positions, next: &next, from: path.endPosition, to: max(end, path.endPosition), rate: lastRate
    )
  }

  private mutating func note(_ rate: Double, at position: Int, isCounted: Bool) {
    let drop = lastRate - rate
    if isCounted && abs(drop) > smallest {
      steps.append(Double(position))
      sizes.append(drop)
      rates.append(rate > 1e-12 * peak ? rate : 0)
      areasBefore.append(area)
    }
    area += rate
    lastRate = rate
  }

  /// Notes the rows before `end`; the area is that of `first - 1`, and the rate stays.
  private mutating func pass(
    _ positions: [Int], next: inout Int, from first: Int, to end: Int, rate: Double
  ) {
    while next < positions.count, positions[next] < max(first, end) {
      counts.append(sizes.count)
      areas.append(area + Double(positions[next] - (first - 1)) * rate)
      next += 1
    }
  }
}

extension LearningRatePath {
  fileprivate func rate(at position: Int, in piece: Piece) -> Double {
    switch piece.shape {
    case .linear(let first, let slope): first + slope * Double(position - piece.start)
    case .sampled(let values): values[position - piece.start]
    }
  }
}

extension LearningRatePath.Piece {
  fileprivate var isConstant: Bool {
    if case .linear(_, 0) = shape { true } else { count == 1 }
  }
}
