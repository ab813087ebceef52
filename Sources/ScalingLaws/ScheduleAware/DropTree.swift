import RealModule

/// Drops gathered in panels of consecutive ones, so that a sum over all drops before a row becomes a
/// sum over few nodes.
///
/// A law sums `size · K(F - origin, mark)` over drops, F the row's area and K smooth. Where the
/// distance F - origin is large against a panel's width, K is nearly a polynomial of the step over
/// the panel, and m nodes at Chebyshev points with the weights wᵢ = Σₖ sizeₖ ℓᵢ(stepₖ), ℓᵢ Lagrange's
/// polynomials, stand for its drops: the interpolation error falls as 5.8^(-m), whatever K's
/// parameters, for K's singularity is at or behind distance 0. Panels are halves of larger panels,
/// whose nodes come from those of their halves. Sizes need not be smooth. Origins and marks must
/// nearly be; what they deviate from polynomials, as with rates logged with few digits, moves the
/// nodes and so counts to first order; a panel where it is larger than that allows is not used.
///
/// Source: Barnes and Hut, Nature 324 (1986); interpolation in panels as in Fong and Darve, J. Comput.
/// Phys. 228 (2009).
struct DropTree: Sendable {
  /// m.
  static let order = 10
  /// The drops of a smallest panel, which is summed drop by drop.
  static let leafSize = 20
  /// The least distance of a row from a panel in widths of the panel, for errors near 1e-8.
  static let separation = 1.0
  /// The largest e-folds of the mark over a panel.
  static let markRange = 1.1
  /// The largest deviation from a polynomial.
  static let deviation = 5e-5

  /// w: first of the drops themselves, then of panels.
  private(set) var weights: [Double]
  private(set) var origins: [Double]
  private(set) var marks: [Double]
  private let steps: [Double]
  /// For each level and panel, its first node; -1 for a panel that does not hold.
  private var firstNodes: [[Int]] = []

  /// Gathers drops.
  ///
  /// - Parameters:
  ///   - steps: when, ascending.
  ///   - sizes: the drops.
  ///   - origins: from where K counts the area, ascending.
  ///   - marks: what else K depends on, a logarithm.
  init(steps: [Double], sizes: [Double], origins: [Double], marks: [Double]) {
    self.steps = steps
    weights = sizes
    self.origins = origins
    self.marks = marks
    build()
  }

  /// The nodes that stand for the first `count` drops at a row of area `area`, as ranges.
  ///
  /// With d the `separation`, errors fall as r^(-10), r = z + √(z² - 1) and z = 1 + 2d.
  func cover(count: Int, area: Double, separation: Double = separation) -> [Range<Int32>] {
    var ranges: [Range<Int32>] = []
    if count > 0, !firstNodes.isEmpty {
      cover(
        level: firstNodes.count - 1, panel: 0, count: count, area: area, separation: separation,
        into: &ranges)
    }
    return ranges
  }

  private func cover(
    level: Int, panel: Int, count: Int, area: Double, separation: Double,
    into ranges: inout [Range<Int32>]
  ) {
    let size = DropTree.leafSize << level
    let first = panel * size
    guard first < count else { return }
    let end = min(first + size, steps.count)
    if end <= count, firstNodes[level][panel] >= 0,
      area - origins[end - 1]
        >= separation * (origins[end - 1] - origins[first])
    {
      let node = firstNodes[level][panel]
      append(node..<(node + DropTree.order), to: &ranges)
    } else if level == 0 {
      append(first..<min(end, count), to: &ranges)
    } else {
      for half in 0...1 {
        cover(
          level: level - 1, panel: 2 * panel + half, count: count, area: area,
          separation: separation, into: &ranges)
      }
    }
  }

  private func append(_ range: Range<Int>, to ranges: inout [Range<Int32>]) {
    let range = Int32(range.lowerBound)..<Int32(range.upperBound)
    if let last = ranges.last, last.upperBound == range.lowerBound {
      ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
    } else {
      ranges.append(range)
    }
  }
}

extension DropTree {
  private mutating func build() {
    let count = steps.count
    guard count > 0 else { return }
    var panels = (count + DropTree.leafSize - 1) / DropTree.leafSize
    firstNodes = [[Int](repeating: -1, count: panels)]
    var interpolation = PanelInterpolation()
    while panels > 1 {
      panels = (panels + 1) / 2
      let level = firstNodes.count
      firstNodes.append(
        (0..<panels).map { panel in
          sources(level: level, panel: panel).map {
            gather($0, level: level, panel: panel, using: &interpolation)
          } ?? -1
        })
    }
  }

  /// The drops or nodes of which a panel is made; nil when it cannot be.
  private func sources(level: Int, panel: Int) -> [Range<Int>]? {
    if level == 1 {
      let first = panel * 2 * DropTree.leafSize
      let end = min(first + 2 * DropTree.leafSize, steps.count)
      return end - first >= 2 * DropTree.order ? [first..<end] : nil
    }
    let halves = [2 * panel, 2 * panel + 1]
    guard halves[1] < firstNodes[level - 1].count else { return nil }
    let nodes = halves.map { firstNodes[level - 1][$0] }
    guard nodes.allSatisfy({ $0 >= 0 }) else { return nil }
    return nodes.map { $0..<($0 + DropTree.order) }
  }

  /// Makes a panel's nodes; -1 when its origins or marks are not smooth.
  private mutating func gather(
    _ sources: [Range<Int>], level: Int, panel: Int, using interpolation: inout PanelInterpolation
  ) -> Int {
    let size = DropTree.leafSize << level
    let drops = (panel * size)..<min((panel + 1) * size, steps.count)
    guard interpolation.place(on: drops, steps: steps, origins: origins, marks: marks) else {
      return -1
    }
    for range in sources {
      for source in range {
        let holds = interpolation.add(
          step: interpolation.step(of: source, dropSteps: steps), weight: weights[source],
          origin: origins[source], mark: marks[source])
        guard holds else { return -1 }
      }
    }
    guard interpolation.moveNodes() else { return -1 }
    let first = weights.count
    weights += interpolation.weights
    origins += interpolation.origins
    marks += interpolation.marks
    interpolation.keepSteps()
    return first
  }
}
