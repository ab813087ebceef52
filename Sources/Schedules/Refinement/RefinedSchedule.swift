internal import RealModule

/// The schedule that the theory of last iterates gives for the gradient norms of a finished run.
///
/// With Ĝ the smoothed gradient norms and w = Ĝ⁻² (SGD) or Ĝ⁻¹ (Adam),
/// ```
/// η(t) ∝ w(t) Σ_{p>t} w(p)
/// ```
/// Constant norms give a linear decay to zero. Norms that fall and then stay make a warm-up; norms
/// that rise at the end make the last part of the decay faster. The norms are those before clipping,
/// and the next run should be like the first: it is a schedule of the second pass.
///
/// Source: Defazio, Cutkosky, Mehta, Mishchenko, "When, Why and How Much? Adaptive Learning Rate
/// Scheduling by Refinement", arXiv 2310.07831, and the code published with it.
public struct RefinedSchedule: Sendable, Hashable {
  /// How the optimizer's steps depend on the gradient.
  public enum Optimizer: String, Sendable, Hashable, CaseIterable {
    /// Weights Ĝ⁻²; norms are L2.
    case sgd
    /// Weights Ĝ⁻¹; the theory wants L1 norms, where logs have L2 norms as a rule.
    case adam
  }

  /// The rates at even distances over the run, the largest 1, the last 0.
  public let rates: [Double]
  /// How many rows had no usable norm.
  public let rowsLeftOut: Int

  /// The most points that the run is cut into, the authors' number.
  static let mostPoints = 10_000
  /// The fewest norms that give a schedule.
  static let fewestNorms = 20
  /// How many norms are left out at either end, as the authors' code does.
  static let trimmed = 2

  /// Refines a schedule.
  ///
  /// - Parameters:
  ///   - steps: updates done, strictly ascending; one a row.
  ///   - norms: the gradient norm of each row; rows without a positive, finite one are left out.
  ///   - optimizer: how norms become weights.
  ///   - smoothing: the width of the running median as a part of the run, from 0 to 1.
  /// - Throws: ``RefinementError`` when too few norms are usable.
  public init(
    steps: [Double], norms: [Double], optimizer: Optimizer, smoothing: Double = 0.1
  ) throws(RefinementError) {
    precondition((0...1).contains(smoothing), "smoothing is outside 0...1")
    let usable = zip(steps, norms).filter { $0.isFinite && $1.isFinite && $1 > 0 }
    rowsLeftOut = norms.count - usable.count
    guard usable.count >= Self.fewestNorms else {
      throw .tooFewNorms(usable: usable.count, needed: Self.fewestNorms)
    }
    let rows = usable.dropFirst(Self.trimmed).dropLast(Self.trimmed)
    guard let first = rows.first?.0, let last = rows.last?.0, first < last else { throw .noSteps }
    let even = Self.interpolated(Array(rows), points: min(rows.count, Self.mostPoints))
    let width = 2 * (Int(smoothing * Double(even.count)) / 2) + 1
    rates = Self.rates(norms: MedianFilter.smoothed(even, width: width), optimizer)
  }

  /// The norms at evenly spaced steps, linear between rows.
  private static func interpolated(_ rows: [(Double, Double)], points: Int) -> [Double] {
    let first = rows[0].0
    let distance = (rows[rows.count - 1].0 - first) / Double(points - 1)
    var right = 1
    return (0..<points).map { index in
      let step = first + distance * Double(index)
      while right < rows.count - 1, rows[right].0 < step { right += 1 }
      let (left, end) = (rows[right - 1], rows[right])
      let part = end.0 > left.0 ? (step - left.0) / (end.0 - left.0) : 1
      return left.1 + min(max(part, 0), 1) * (end.1 - left.1)
    }
  }

  private static func rates(norms: [Double], _ optimizer: Optimizer) -> [Double] {
    // Divided by the least norm, so that no weight overflows.
    let least = norms.min() ?? 1
    let weights = norms.map { norm in
      let weight = least / norm
      return optimizer == .sgd ? weight * weight : weight
    }
    var rates = [Double](repeating: 0, count: weights.count)
    var rest = 0.0
    for index in weights.indices.reversed() {
      rates[index] = weights[index] * rest
      rest += weights[index]
    }
    let largest = rates.max() ?? 0
    guard largest > 0 else { return rates }
    return rates.map { $0 / largest }
  }

  /// The rate of an update of a run of `total` updates, the largest being `peak`.
  ///
  /// The rates reach from update 0 to the end of the run after the last update, where they are 0.
  public func learningRate(at position: Double, total: Int, peak: Double) -> Double {
    let place = min(max(position / Double(total), 0), 1) * Double(rates.count - 1)
    let left = min(Int(place), rates.count - 2)
    let part = place - Double(left)
    return peak * (rates[left] + part * (rates[left + 1] - rates[left]))
  }

  /// An expression of straight lines that stays within `tolerance` of the peak of the rates; their
  /// ends are rounded to a ten-thousandth of it.
  ///
  /// - Parameters:
  ///   - total: the updates of the next run, at least 1.
  ///   - peak: its highest rate, positive.
  ///   - tolerance: how far the lines may be from the rates, as a part of the peak.
  /// - Returns: a schedule of linear phases.
  public func schedule(total: Int, peak: Double, tolerance: Double = 0.01) -> Schedule {
    let points = min(total + 1, Self.mostPoints)
    let knots = (0..<points).map { index in
      let position = index == points - 1 ? total : index * total / (points - 1)
      let rate = learningRate(at: Double(position), total: total, peak: 1)
      return (position: position, rate: peak * ((rate * 1e4).rounded() / 1e4))
    }
    return Schedule(
      through: Polyline.simplified(knots, tolerance: tolerance * peak), peak: peak)
  }
}
