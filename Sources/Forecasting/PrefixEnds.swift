import RealModule

/// Where growing prefixes of a run end.
public enum PrefixEnds {
  /// Steps at equal ratios, each √2 times the one before, the last at the last row.
  ///
  /// - Parameters:
  ///   - positions: of the rows, ascending.
  ///   - fewestRows: of the first prefix.
  ///   - count: how many at most.
  /// - Returns: ascending steps, of which none is before the row `fewestRows`.
  public static func geometric(
    positions: [Int], fewestRows: Int, count: Int = 12
  ) -> [Int] {
    guard let last = positions.last, positions.count >= fewestRows, fewestRows > 0 else {
      return []
    }
    let ends = (0..<count).map { Int((Double(last) / .pow(2, Double($0) / 2)).rounded()) }
    return ends.filter { $0 >= positions[fewestRows - 1] }.reversed()
  }
}
