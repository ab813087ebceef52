/// Scales of residuals that outliers do not carry away.
public enum RobustScale {
  /// The value below which a share of the sorted values lies, linear between neighbours.
  ///
  /// - Parameters:
  ///   - sorted: ascending, at least one value.
  ///   - share: between 0 and 1.
  /// - Returns: the quantile.
  public static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    precondition(!sorted.isEmpty, "sorted is empty")
    let place = share * Double(sorted.count - 1)
    let index = min(Int(place), sorted.count - 1)
    let next = min(index + 1, sorted.count - 1)
    return sorted[index] + (place - Double(index)) * (sorted[next] - sorted[index])
  }

  /// A standard deviation around zero from the sizes of residuals.
  ///
  /// The larger of median(|r|)/0.6745 and quantile(|r|, 0.9)/1.6449, which agree for a normal
  /// distribution: the second sees tails that the first does not.
  ///
  /// - Parameter residuals: finite.
  /// - Returns: the scale, in the residuals' unit; 0 when there are none.
  public static func standardDeviation(_ residuals: [Double]) -> Double {
    guard !residuals.isEmpty else { return 0 }
    let sizes = residuals.map(abs).sorted()
    return max(
      quantile(sizes, 0.5) / 0.674_489_750_196_081_7, quantile(sizes, 0.9) / 1.644_853_626_951_472_7
    )
  }
}
