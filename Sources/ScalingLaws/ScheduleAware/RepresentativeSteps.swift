import Schedules

/// Steps of a path that stand for all of them in sums over the past of rows.
///
/// For sums Σ_k f(k) K(F(row) - F(k)), F the summed rate, f a polynomial of rate and drop, and K smooth
/// but at F(k) = F(row) and beyond. A panel of steps that is at most `width` times as wide as it is far
/// from the next row, in area and in steps, and over which the rate changes by no more than a factor of
/// 2, is summed by ``DiscreteGaussRule``; near rows panels halve down to single steps. So a row costs
/// some ten steps for each doubling of the steps since the row before. K's singularity is at least
/// 1/width widths away: the error falls as r^(-16) with r = z + √(z² - 1) and z = 1 + 2/width, 7e-10 for
/// 2 and 6e-13 for 1.
struct RepresentativeSteps {
  /// A step, or a place between two that stands for some.
  struct Step {
    /// Its position.
    var position: Double
    /// For how many steps it stands.
    var weight: Double
    /// η(k-1) - η(k).
    var drop: Double
    /// η(k).
    var rate: Double
    /// F(k-1).
    var areaBefore: Double
    /// Whether its drop is a difference of two rates, and may be their rounding alone: the step into a
    /// piece, and each of a listed one.
    var isSingle: Bool
  }

  /// Ascending.
  private(set) var steps: [Step] = []
  /// For each row, how many steps are at or before it.
  private(set) var counts: [Int] = []
  /// F at each row.
  private(set) var areas: [Double] = []

  private let width: Double
  private let includesFlat: Bool
  private var area = 0.0
  private var lastRate: Double
  private var polynomial = RatePolynomial.constant(0)
  private var rule = DiscreteGaussRule()

  /// Areas that are relatively less apart are the same but for rounding: decays to zero end in many
  /// such steps.
  static let resolution = 1e-14

  /// Fewer steps than this are taken one by one.
  private static let fewSteps = 24

  /// Finds the steps of a path up to the last of ascending positions.
  ///
  /// - Parameters:
  ///   - path: the learning rate.
  ///   - positions: the rows.
  ///   - first: steps before it only add to F.
  ///   - includesFlat: whether steps without a drop are of use.
  ///   - width: how wide panels may be.
  /// - Complexity: O(pieces + positions · log(steps)); O(steps) inside sampled pieces.
  init(
    path: LearningRatePath, positions: [Int], from first: Int, includesFlat: Bool, width: Double
  ) {
    self.width = width
    self.includesFlat = includesFlat
    lastRate = path.learningRate(at: path.firstPosition)
    let forward = LearningRateAreas(path: path, positions: positions, warmup: .actual).forward
    var walk = PathWalk(path)
    for (row, target) in positions.enumerated() {
      while let span = walk.next(to: target) {
        let next = Row(position: Double(target), area: forward[row])
        let start = path.pieces[span.piece].start + span.offset
        take(span, of: path.pieces[span.piece], isCounted: start >= first, next: next)
      }
      counts.append(steps.count)
      areas.append(area)
    }
  }

  /// The next row that sums over steps.
  private struct Row {
    var position: Double
    var area: Double
  }

  /// Steps for which one polynomial stands.
  private struct Panel {
    let piece: LearningRatePath.Piece
    /// Where it begins in the piece and among all positions, and the area there.
    var index: Int
    var start: Double
    var area: Double
  }

  private mutating func take(
    _ span: PathWalk.Span, of piece: LearningRatePath.Piece, isCounted: Bool, next row: Row
  ) {
    var index = span.offset
    let end = span.offset + span.count
    if case .sampled(let rates) = piece.shape, !span.isHeld {
      for index in index..<end { take(rates[index], of: piece, at: index, isCounted: isCounted) }
      return
    }
    if index == 0 {
      take(piece.rate(at: 0), of: piece, at: 0, isCounted: isCounted)
      index = 1
    }
    while index < end {
      var count = end - index
      if span.isHeld {
        polynomial = .constant(lastRate)
      } else {
        count = min(count, piece.expand(after: index - 1, into: &polynomial))
      }
      if isCounted && (includesFlat || !polynomial.isConstant) {
        let panel = Panel(
          piece: piece, index: index - 1, start: Double(piece.start) + Double(index - 1),
          area: area)
        gather(panel, from: 0, to: count, next: row)
      }
      area += polynomial.area(through: Double(count))
      index += count
      lastRate = piece.rate(at: index - 1)
    }
  }

  /// Takes one step.
  private mutating func take(
    _ rate: Double, of piece: LearningRatePath.Piece, at index: Int, isCounted: Bool
  ) {
    if isCounted {
      steps.append(
        Step(
          position: Double(piece.start + index), weight: 1, drop: lastRate - rate, rate: rate,
          areaBefore: area, isSingle: true))
    }
    area += rate
    lastRate = rate
  }

  /// Takes the steps after `first` up to `last` of a panel.
  private mutating func gather(_ panel: Panel, from first: Int, to last: Int, next row: Row) {
    let count = last - first
    if count < RepresentativeSteps.fewSteps {
      for step in (first + 1)...last { note(panel, step: Double(step), weight: 1) }
    } else if holds(panel, from: first, to: last, next: row) {
      rule.prepare(count: count)
      for node in 0..<DiscreteGaussRule.order {
        note(panel, step: Double(first) + rule.nodes[node], weight: rule.weights[node])
      }
    } else {
      let middle = first + count / 2
      gather(panel, from: first, to: middle, next: row)
      gather(panel, from: middle, to: last, next: row)
    }
  }

  /// Whether a few steps may stand for all.
  private func holds(_ panel: Panel, from first: Int, to last: Int, next row: Row) -> Bool {
    let (begin, end) = (Double(first), Double(last))
    guard end - begin <= width * (row.position - panel.start - end) else { return false }
    let rates = [rate(of: panel, at: begin), rate(of: panel, at: end)]
    guard let least = rates.min(), let most = rates.max(), least > 0, most <= 2 * least else {
      // A rate of zero is zero throughout or falls to it.
      return polynomial.isConstant
    }
    let gone = panel.area + polynomial.area(through: end)
    let distance = max(row.area - gone, RepresentativeSteps.resolution * gone)
    return gone - panel.area - polynomial.area(through: begin) <= width * distance
  }

  private func rate(of panel: Panel, at step: Double) -> Double {
    polynomial.isConstant
      ? polynomial.coefficients[0] : panel.piece.rate(at: Double(panel.index) + step)
  }

  private mutating func note(_ panel: Panel, step: Double, weight: Double) {
    steps.append(
      Step(
        position: panel.start + step, weight: weight, drop: polynomial.drop(at: step),
        rate: rate(of: panel, at: step),
        areaBefore: panel.area + polynomial.area(through: step - 1), isSingle: false))
  }
}
