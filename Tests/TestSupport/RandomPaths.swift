import Foundation
public import Schedules

/// Learning-rate paths of every kind, a few hundred to a few thousand steps long.
public enum RandomPaths {
  /// Pieces one after the other: warm-ups, constant rates, lines, curves by formula and listed step by
  /// step, drops, decays to zero, rates of zero, and logged paths of many short lines.
  public static func path(using random: inout SeededGenerator) -> LearningRatePath {
    if Int.random(in: 0..<5, using: &random) == 0 { return logged(using: &random) }
    let peak = pow(10, Double.random(in: -5 ... -1, using: &random))
    let first = Int.random(in: 0...1, using: &random)
    var pieces: [LearningRatePath.Piece] = []
    var start = first
    func add(_ count: Int, _ shape: LearningRatePath.Piece.Shape) {
      pieces.append(.init(start: start, count: count, shape: shape))
      start += count
    }
    var warmupEnd = first
    if Bool.random(using: &random) {
      let count = Int.random(in: 2...200, using: &random)
      add(count, .linear(first: peak * Double(first) / Double(count), slope: peak / Double(count)))
      warmupEnd = start
    }
    var rate = peak
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let count = Int.random(in: 1...2000, using: &random)
      let kind = Int.random(in: 0..<10, using: &random)
      let end = kind == 5 || kind == 9 ? 0 : rate * Double.random(in: 0.001...1.2, using: &random)
      switch kind {
      case 0: add(count, .linear(first: rate, slope: 0))
      case 1, 5: add(count, .linear(first: rate, slope: (end - rate) / Double(count)))
      case 2:
        let top = rate
        add(
          count,
          .sampled(
            (0..<count).map {
              end + (top - end) * (1 + cos(.pi * Double($0) / Double(count))) / 2
            }))
      case 3:
        let top = rate
        add(count, .sampled((0..<count).map { top * pow(end / top, Double($0) / Double(count)) }))
      case 6, 7, 8, 9:
        let curve: LearningRateCurve.Kind = [.exponential, .squareRoot, .square, .cosine][kind - 6]
        add(count, .curved(LearningRateCurve(curve, from: rate, to: end, steps: count)))
      default: add(count, .linear(first: end, slope: 0))
      }
      rate = end
      if rate == 0 {
        add(Int.random(in: 1...300, using: &random), .linear(first: 0, slope: 0))
        rate = peak * Double.random(in: 0.1...1, using: &random)
      }
    }
    add(1, .linear(first: rate, slope: 0))
    return LearningRatePath(pieces: pieces, warmupEnd: warmupEnd)
  }

  /// A path through rows a few steps apart, noisy.
  private static func logged(using random: inout SeededGenerator) -> LearningRatePath {
    let count = Int.random(in: 50...200, using: &random)
    let spacing = Int.random(in: 1...20, using: &random)
    var pieces: [LearningRatePath.Piece] = []
    var rate = 1e-3
    for index in 0..<count {
      let next = max(rate + 1e-4 * random.normal(), 1e-6)
      pieces.append(
        .init(
          start: index * spacing, count: spacing,
          shape: .linear(first: rate, slope: (next - rate) / Double(spacing))))
      rate = next
    }
    return LearningRatePath(pieces: pieces, warmupEnd: 0)
  }

  /// Ascending positions, some next to each other, some beyond the path's end.
  public static func positions(
    on path: LearningRatePath, through last: Int, using random: inout SeededGenerator
  ) -> [Int] {
    let some = (0..<8).map { _ in Int.random(in: path.firstPosition...last, using: &random) }
    return Set(some + some.map { min($0 + 1, last) } + [path.warmupEnd, path.firstPosition, last])
      .sorted()
  }
}
