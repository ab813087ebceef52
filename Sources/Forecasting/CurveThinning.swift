/// Thins curves to what a chart can show.
public enum CurveThinning {
  /// Keeps the first and last point and, from each stretch of equal number, the lowest and the
  /// highest: spikes stay visible.
  ///
  /// - Parameters:
  ///   - steps: ascending.
  ///   - values: one a step; points that are not finite are left out.
  ///   - limit: about how many points to keep, at least 4.
  /// - Returns: the points kept, in order.
  public static func thin(steps: [Double], values: [Double], limit: Int) -> ObservedCurve {
    let finite = zip(steps, values).filter { $1.isFinite }
    guard finite.count > limit else {
      return ObservedCurve(steps: finite.map(\.0), values: finite.map(\.1))
    }
    var kept: [Int] = [0]
    let bins = max((limit - 2) / 2, 1)
    let inner = finite.count - 2
    for bin in 0..<bins {
      let range = (1 + bin * inner / bins)..<(1 + (bin + 1) * inner / bins)
      guard let lowest = range.min(by: { finite[$0].1 < finite[$1].1 }),
        let highest = range.max(by: { finite[$0].1 < finite[$1].1 })
      else { continue }
      kept.append(min(lowest, highest))
      if lowest != highest { kept.append(max(lowest, highest)) }
    }
    kept.append(finite.count - 1)
    return ObservedCurve(steps: kept.map { finite[$0].0 }, values: kept.map { finite[$0].1 })
  }

  /// At most `limit` of the positions, evenly spread, the first and the last included.
  public static func spread(_ positions: some RandomAccessCollection<Int>, limit: Int) -> [Int] {
    guard positions.count > limit, limit > 1 else { return Array(positions) }
    return (0..<limit).map { place in
      let offset = place * (positions.count - 1) / (limit - 1)
      return positions[positions.index(positions.startIndex, offsetBy: offset)]
    }
  }
}
