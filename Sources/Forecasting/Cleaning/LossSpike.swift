/// A burst of rows above the curve.
struct LossSpike: Hashable {
  /// The rows, indices into those examined.
  var rows: Range<Int>
  /// The largest rise above the curve, in log loss.
  var height: Double
}
