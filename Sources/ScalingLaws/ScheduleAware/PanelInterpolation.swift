import RealModule

/// Makes the nodes of one panel of a ``DropTree`` after the other.
struct PanelInterpolation {
  private static let order = DropTree.order
  /// The Chebyshev points of [0, 1].
  private static let points = (0..<order).map {
    0.5 * (1 - Double.cos(.pi * (Double($0) + 0.5) / Double(order)))
  }

  /// The largest Σ |ℓᵢ|; 2.4 at Chebyshev points.
  private static let largestBasis = 8.0

  private(set) var weights = [Double](repeating: 0, count: order)
  private(set) var origins = [Double](repeating: 0, count: order)
  private(set) var marks = [Double](repeating: 0, count: order)
  private var steps = [Double](repeating: 0, count: order)
  private var barycentric = [Double](repeating: 0, count: order)
  private var basis = [Double](repeating: 0, count: order)
  /// Σ weight · deviation · ℓᵢ.
  private var originMoments = [Double](repeating: 0, count: order)
  private var markMoments = [Double](repeating: 0, count: order)
  private var width = 0.0
  /// The steps of all nodes kept so far.
  private var keptSteps: [Double] = []

  /// The step of a drop or of a node that was kept.
  func step(of source: Int, dropSteps: [Double]) -> Double {
    source < dropSteps.count ? dropSteps[source] : keptSteps[source - dropSteps.count]
  }

  mutating func keepSteps() { keptSteps += steps }

  /// Puts nodes on drops at steps near Chebyshev points; false when drops are too few or marks too
  /// different.
  mutating func place(
    on drops: Range<Int>, steps dropSteps: [Double], origins dropOrigins: [Double],
    marks dropMarks: [Double]
  ) -> Bool {
    let order = PanelInterpolation.order
    var drop = drops.lowerBound
    let (first, last) = (dropSteps[drop], dropSteps[drops.upperBound - 1])
    for i in 0..<order {
      let place = first + PanelInterpolation.points[i] * (last - first)
      if i > 0 { drop += 1 }
      while drop + 1 < drops.upperBound,
        abs(dropSteps[drop + 1] - place) <= abs(dropSteps[drop] - place)
      {
        drop += 1
      }
      guard drop < drops.upperBound else { return false }
      (steps[i], origins[i], marks[i]) = (dropSteps[drop], dropOrigins[drop], dropMarks[drop])
      (weights[i], originMoments[i], markMoments[i]) = (0, 0, 0)
    }
    let range = (marks.max() ?? 0) - (marks.min() ?? 0)
    guard range <= DropTree.markRange else { return false }
    width = dropOrigins[drops.upperBound - 1] - dropOrigins[drops.lowerBound]
    // Differences in units of a quarter of the panel, whose products neither over- nor underflow.
    let unit = 4 / (steps[order - 1] - steps[0])
    for i in 0..<order {
      var product = 1.0
      for j in 0..<order where j != i { product *= (steps[i] - steps[j]) * unit }
      barycentric[i] = 1 / product
    }
    return true
  }

  /// Adds a drop or a node of a half; false when it lies too far from the panel's polynomials, or the
  /// nodes are placed too badly to interpolate there.
  mutating func add(step: Double, weight: Double, origin: Double, mark: Double) -> Bool {
    let order = PanelInterpolation.order
    var sum = 0.0
    var hit = -1
    for i in 0..<order {
      let distance = step - steps[i]
      if distance == 0 { hit = i }
      basis[i] = barycentric[i] / distance
      sum += basis[i]
    }
    if hit >= 0 {
      for i in 0..<order { basis[i] = i == hit ? 1 : 0 }
      sum = 1
    }
    let scale = 1 / sum
    var (smoothOrigin, smoothMark, size) = (0.0, 0.0, 0.0)
    for i in 0..<order {
      basis[i] *= scale
      size += abs(basis[i])
      smoothOrigin += basis[i] * (origins[i] - origins[0])
      smoothMark += basis[i] * (marks[i] - marks[0])
    }
    let originDeviation = origin - origins[0] - smoothOrigin
    let markDeviation = mark - marks[0] - smoothMark
    guard size <= PanelInterpolation.largestBasis,
      abs(originDeviation) <= DropTree.deviation * width,
      abs(markDeviation) <= DropTree.deviation
    else { return false }
    for i in 0..<order {
      let share = weight * basis[i]
      weights[i] += share
      originMoments[i] += share * originDeviation
      markMoments[i] += share * markDeviation
    }
    return true
  }

  /// Moves the nodes by their sources' mean deviations; false when one would move far.
  mutating func moveNodes() -> Bool {
    for i in 0..<PanelInterpolation.order {
      if originMoments[i] != 0 {
        let move = originMoments[i] / weights[i]
        guard abs(move) <= 20 * DropTree.deviation * width else { return false }
        origins[i] += move
      }
      if markMoments[i] != 0 {
        let move = markMoments[i] / weights[i]
        guard abs(move) <= 20 * DropTree.deviation else { return false }
        marks[i] += move
      }
    }
    return true
  }
}
