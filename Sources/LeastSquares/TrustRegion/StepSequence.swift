/// The undamped steps taken last, and what they say of those to come.
///
/// Near the optimum each step is the one before times a ratio q: the steps to come sum to q/(1-q) times
/// the present one, and a step lengthened by 1/(1-q) takes most of them at once (Aitken's
/// extrapolation).
struct StepSequence {
  /// What the sequence says of a step that is to be taken.
  struct Outlook {
    /// What to multiply the step by.
    var factor: Double
    /// The estimated scaled norm of what is left to go after the step.
    var left: Double
  }

  private var last: [Double] = []
  /// ‖D s‖ of the last step; infinite when there is none.
  private(set) var lastNorm = Double.infinity
  private var lastWasLengthened = false
  /// q of the last two steps, signed, when they were nearly parallel.
  private var ratio: Double?
  /// The size of q, at least what it was before a lengthened step.
  private var rate = 1.0

  /// Forgets everything, after a step that the radius limited.
  mutating func reset() {
    lastNorm = .infinity
    lastWasLengthened = false
    ratio = nil
    rate = 1
  }

  /// Measures the last step anew, by another D.
  mutating func measure(by scale: [Double]) {
    if lastNorm.isFinite { lastNorm = scaledNorm(last, scale) }
  }

  /// Takes note of a step about to be made.
  ///
  /// - Parameters:
  ///   - step: s.
  ///   - norm: ‖D s‖.
  ///   - scale: D.
  ///   - mayLengthen: whether the step may be lengthened; not more than every second one is.
  /// - Returns: how long to make it, and what it leaves.
  mutating func append(
    _ step: [Double], norm: Double, scale: [Double], mayLengthen: Bool
  ) -> Outlook {
    var outlook = Outlook(factor: 1, left: .infinity)
    var isLengthened = false
    if lastNorm.isFinite {
      let shrinking = norm / lastNorm
      // After a lengthened step the next is shorter than the rate says.
      rate = lastWasLengthened ? max(rate, shrinking) : shrinking
      outlook.left = rate < 1 ? norm * rate / (1 - rate) : .infinity
      if !lastWasLengthened {
        let (cosine, newRatio) = compare(step, norm: norm, scale: scale)
        let isParallel = abs(cosine) > 0.9 && abs(newRatio) < 0.95
        if isParallel, mayLengthen {
          isLengthened = true
          outlook.factor = 1 / (1 - newRatio)
          // What a lengthened step leaves: across the last one, and as far as q still changes.
          let change = ratio.map { abs($0 - newRatio) / abs(newRatio) } ?? 1
          let sine = max(1 - cosine * cosine, 0).squareRoot()
          outlook.left *= min(max(sine, change, 0.1), 1)
        }
        ratio = isParallel ? newRatio : nil
      }
    }
    last = step
    lastNorm = norm
    lastWasLengthened = isLengthened
    return outlook
  }

  /// The cosine of the angle between a step and the last one, and q.
  private func compare(
    _ step: [Double], norm: Double, scale: [Double]
  ) -> (cosine: Double, ratio: Double) {
    var product = 0.0
    for index in step.indices {
      product += last[index] * step[index] * scale[index] * scale[index]
    }
    return (product / (lastNorm * norm), product / (lastNorm * lastNorm))
  }
}
