import RealModule

/// Cuts a piece of a path into stretches over which the rate hardly changes.
struct SteadyStretch {
  /// The largest relative change of the rate over a stretch.
  let change: Double
  /// How far the rate may be off the straight line from its first to its last value, relative to the
  /// first; nil for any distance.
  let bend: Double?
  /// About how many steps the next stretch of a curve will have.
  private var guess = Int.max

  init(change: Double, bend: Double?) {
    self.change = change
    self.bend = bend
  }

  /// How many steps from `index` on make one stretch, at least 1.
  mutating func length(
    in piece: LearningRatePath.Piece, from index: Int, atMost limit: Int
  ) -> Int {
    // Past its end a piece keeps its last rate.
    guard index < piece.count - 1 else { return limit }
    let longest = min(limit, piece.count - index)
    switch piece.shape {
    case .linear(let start, let slope):
      guard slope != 0 else { return limit }
      let first = start + slope * Double(index)
      let steps = change * first / abs(slope)
      return min(longest, 1 + Int(min(max(steps, 0), 1e15)))
    case .curved(let curve): return length(along: curve, from: index, atMost: longest)
    case .sampled(let rates):
      return rates.withUnsafeBufferPointer { rates in
        nearlyStraight(UnsafeBufferPointer(rebasing: rates[index..<(index + longest)]))
      }
    }
  }

  private mutating func length(
    along curve: LearningRateCurve, from index: Int, atMost longest: Int
  ) -> Int {
    let first = curve.rate(at: index)
    var count = min(longest, guess)
    while count > 1 {
      let room = room(along: curve, from: index, first: first, count: count)
      // How the room for the change grows with the count.
      let share = 0.95 * Double(count - 1) * room
      if room >= 1 {
        guess = share < 1e15 ? 2 + Int(share) : Int.max
        return count
      }
      count = min(count - 1, 1 + Int(share))
    }
    guess = 4
    return 1
  }

  /// By which factor the intervals of a stretch may be more, about; at least 1 where it holds.
  private func room(
    along curve: LearningRateCurve, from index: Int, first: Double, count: Int
  ) -> Double {
    let last = curve.rate(at: index + count - 1)
    let byChange = change * first / abs(last - first)
    guard let bend, count > 2 else { return byChange.isNaN ? .infinity : byChange }
    let middle = curve.rate(at: Double(index) + 0.5 * Double(count - 1))
    let byBend = (bend * first / abs(0.5 * (first + last) - middle)).squareRoot()
    let room = Double.minimum(byChange, byBend)
    return room.isNaN ? .infinity : room
  }

  /// How many rates from the first on are within the change of it, and near the line from it to the
  /// last of them.
  private func nearlyStraight(_ rates: UnsafeBufferPointer<Double>) -> Int {
    let first = rates[0]
    let bend = bend.map { $0 * first } ?? .infinity
    // Slopes of lines from the first rate that pass near all rates so far.
    var (least, most) = (-Double.infinity, Double.infinity)
    for length in 1..<max(rates.count, 1) {
      let rise = rates[length] - first
      guard abs(rise) <= change * first else { return length }
      let distance = 1 / Double(length)
      guard rise * distance >= least, rise * distance <= most else { return length }
      least = max(least, (rise - bend) * distance)
      most = min(most, (rise + bend) * distance)
    }
    return rates.count
  }
}

extension LearningRatePath.Piece {
  /// The mean rate over a stretch that begins at `index`.
  func mean(from index: Int, count length: Int) -> Double {
    guard length > 1, index + length <= count else { return rate(at: index) }
    switch shape {
    case .linear: return 0.5 * (rate(at: index) + rate(at: index + length - 1))
    case .curved(let curve) where length > 5: return mean(along: curve, from: index, count: length)
    case .curved, .sampled:
      var sum = 0.0
      for step in index..<(index + length) { sum += rate(at: step) }
      return sum / Double(length)
    }
  }

  /// The mean over whole steps of the polynomial of degree 4 through the ends, the middle and the
  /// quarters.
  private func mean(
    along curve: LearningRateCurve, from index: Int, count length: Int
  ) -> Double {
    let n = Double(length)
    let half = 0.5 * (n - 1)
    let center = Double(index) + half
    let middle = curve.rate(at: center)
    func even(_ distance: Double) -> Double {
      0.5 * (curve.rate(at: center - distance) + curve.rate(at: center + distance)) - middle
    }
    // middle + a x² + b x⁴ for x from -1 to 1, and the means of x² and x⁴ over the steps.
    let (ends, quarters) = (even(half), even(0.5 * half))
    let b = (4 * ends - 16 * quarters) / 3
    let square = (n + 1) / (3 * (n - 1))
    let fourth = square * (3 * n * n - 7) / (5 * (n - 1) * (n - 1))
    return middle + (ends - b) * square + b * fourth
  }
}
