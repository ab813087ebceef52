/// A curved piece of a learning-rate path: a formula for the rate, and polynomials that stand for it
/// in sums.
///
/// `learningRate(at:)` of a path takes the formula. Sums over steps take the polynomials, so that
/// they cost as many terms as there are ``RatePanel``s, however many steps.
public struct LearningRateCurve: Sendable, Hashable {
  private let phase: SchedulePhase
  private let convention: ScheduleConvention
  /// The step of the phase at the piece's first position.
  private let firstElapsed: Int
  /// From the phase's first step that is asked for to its last; in steps of the phase.
  private let panels: [RatePanel]

  /// The curve of a phase over some of its steps.
  init(_ phase: SchedulePhase, _ convention: ScheduleConvention, elapsed: ClosedRange<Int>) {
    self.phase = phase
    self.convention = convention
    firstElapsed = elapsed.lowerBound
    panels = RatePanel.panels(over: elapsed) { phase.rate(elapsed: $0, convention) }
  }

  private init(_ curve: LearningRateCurve, skipping steps: Int) {
    phase = curve.phase
    convention = curve.convention
    firstElapsed = curve.firstElapsed + steps
    panels = curve.panels
  }

  /// The rate at the piece's j-th position.
  func rate(at index: Int) -> Double { phase.rate(elapsed: firstElapsed + index, convention) }

  /// The rate at a place that may lie between two positions.
  func rate(at index: Double) -> Double {
    phase.rate(elapsed: Double(firstElapsed) + index, convention)
  }

  /// The curve from its `index`-th position on.
  func suffix(from index: Int) -> LearningRateCurve { LearningRateCurve(self, skipping: index) }

  /// The polynomial of the steps after a position.
  ///
  /// - Parameters:
  ///   - index: the position, not the piece's last.
  ///   - polynomial: its coefficients are written here.
  /// - Returns: over how many steps it holds.
  func expand(after index: Int, into polynomial: inout RatePolynomial) -> Int {
    let elapsed = firstElapsed + index
    var low = 0
    var high = panels.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if panels[middle].start <= elapsed { low = middle } else { high = middle - 1 }
    }
    panels[low].expand(after: elapsed - panels[low].start, into: &polynomial)
    return panels[low].start + panels[low].count - elapsed
  }
}

extension LearningRateCurve {
  /// A usual shape, for paths that are not made from a ``Schedule``.
  public enum Kind: Sendable, Hashable {
    /// Half a period of a cosine.
    case cosine
    /// Geometric from the first to the last rate, both positive.
    case exponential
    /// A straight line in the root of the step.
    case squareRoot
    /// A straight line in the square of the step.
    case square
  }

  /// A curve from one rate to another.
  ///
  /// - Parameters:
  ///   - kind: its shape.
  ///   - first: the rate at the piece's first position.
  ///   - last: the rate at the position after the piece's last.
  ///   - steps: how many positions the piece owns, at least 1.
  public init(_ kind: Kind, from first: Double, to last: Double, steps: Int) {
    precondition(steps > 0, "steps is not positive")
    let shape: ScheduleShape =
      switch kind {
      case .cosine: .cosine(power: 1, warp: 1)
      case .exponential: .exponential
      case .squareRoot: .oneMinusSquareRoot
      case .square: .square
      }
    self.init(
      SchedulePhase(
        kind: .decay, shape: shape, firstStep: 0, steps: steps, startRate: first, target: last),
      .hf, elapsed: 0...(steps - 1))
  }
}
