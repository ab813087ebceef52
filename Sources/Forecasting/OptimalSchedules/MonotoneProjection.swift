/// The nearest sequence that does not rise, with values between two bounds.
///
/// Neighbours that would rise are pooled to their mean; bounds cut the result.
///
/// Source: Ayer et al., Annals of Mathematical Statistics 26 (1955): pool adjacent violators.
struct MonotoneProjection {
  /// The means and sizes of pools, as many as are in use.
  private var means: [Double]
  private var sizes: [Int]

  init(count: Int) {
    means = [Double](repeating: 0, count: count)
    sizes = [Int](repeating: 0, count: count)
  }

  /// Replaces a sequence by its projection.
  mutating func project(_ values: inout [Double], lower: Double, upper: Double) {
    var pools = 0
    for value in values {
      means[pools] = value
      sizes[pools] = 1
      pools += 1
      while pools > 1, means[pools - 2] < means[pools - 1] {
        let (left, right) = (Double(sizes[pools - 2]), Double(sizes[pools - 1]))
        means[pools - 2] =
          (left * means[pools - 2] + right * means[pools - 1]) / (left + right)
        sizes[pools - 2] += sizes[pools - 1]
        pools -= 1
      }
    }
    var index = 0
    for pool in 0..<pools {
      let mean = min(max(means[pool], lower), upper)
      for _ in 0..<sizes[pool] {
        values[index] = mean
        index += 1
      }
    }
  }
}
