/// Learning rates at positions, with straight lines between them.
public enum Polyline {
  /// A position and its rate.
  public typealias Knot = (position: Int, rate: Double)

  /// The knots without those that lines between the others pass within `tolerance`.
  ///
  /// Source: Ramer 1972, Douglas and Peucker 1973, with the distance taken along the rate.
  ///
  /// - Parameters:
  ///   - knots: positions strictly ascending.
  ///   - tolerance: how far a line may pass a knot, in learning rate; 0 leaves out knots that are on
  ///     their line to rounding.
  /// - Returns: the knots kept, the first and the last among them.
  public static func simplified(_ knots: [Knot], tolerance: Double) -> [Knot] {
    guard knots.count > 2 else { return knots }
    var kept = [Bool](repeating: false, count: knots.count)
    kept[0] = true
    kept[knots.count - 1] = true
    var open = [(0, knots.count - 1)]
    while let (first, last) = open.popLast() {
      guard last - first > 1 else { continue }
      var (farthest, distance) = (first, 0.0)
      for index in (first + 1)..<last {
        let off = abs(
          knots[index].rate - rate(at: knots[index].position, knots[first], knots[last]))
        if off > distance { (farthest, distance) = (index, off) }
      }
      let rounding = 4 * max(abs(knots[first].rate), abs(knots[last].rate)).ulp
      guard distance > max(tolerance, rounding) else { continue }
      kept[farthest] = true
      open += [(first, farthest), (farthest, last)]
    }
    return zip(knots, kept).compactMap { $1 ? $0 : nil }
  }

  private static func rate(at position: Int, _ left: Knot, _ right: Knot) -> Double {
    let part = Double(position - left.position) / Double(right.position - left.position)
    return left.rate * (1 - part) + right.rate * part
  }
}

extension Schedule {
  /// A schedule of straight lines: warm-ups, stable phases and linear decays through the knots.
  ///
  /// The first knot's rate holds before it, the last one's after it.
  ///
  /// - Parameters:
  ///   - knots: at least one; positions strictly ascending from 0 on, rates finite, not negative.
  ///   - peak: the unit of multiples; positive.
  public init(through knots: [Polyline.Knot], peak: Double) {
    precondition(!knots.isEmpty && peak > 0, "no knots, or a peak that is not positive")
    var phases: [SchedulePhase] = []
    func append(_ kind: SchedulePhaseKind, steps: Int, from start: Double, to target: Double) {
      phases.append(
        SchedulePhase(
          kind: kind, shape: kind == .stable ? .constant : .linear,
          firstStep: phases.last?.endStep ?? 0, steps: steps, startRate: start, target: target))
    }
    if let first = knots.first, first.position > 0 {
      append(.stable, steps: first.position, from: first.rate, to: first.rate)
    }
    for (left, right) in zip(knots, knots.dropFirst()) {
      let kind: SchedulePhaseKind =
        left.rate == right.rate ? .stable : left.rate < right.rate ? .warmup : .decay
      append(kind, steps: right.position - left.position, from: left.rate, to: right.rate)
    }
    if phases.isEmpty { append(.stable, steps: 1, from: knots[0].rate, to: knots[0].rate) }
    self.init(peak: peak, convention: .hf, phases: phases)
  }
}
