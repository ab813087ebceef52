/// The losses worth looking at: a run's first steep drop must not flatten the rest.
enum FocusRange {
  /// The share of the steps that counts as the start.
  private static let startShare = 0.05

  /// The range of a chart's losses after the start, without rare spikes.
  static func focus(_ chart: Chart) -> ScreenRange {
    let steps = chart.steps
    let start = steps.lower + startShare * steps.span
    var values: [Double] = []
    var ends: [Double] = []
    for series in chart.losses {
      let points = series.drawable
      values += points.filter { $0.step > start }.map(\.value)
      if let last = points.last { ends.append(last.value) }
    }
    values.sort()
    guard let lowest = values.first else { return full(chart) }
    let high = quantile(values, 0.96)
    let reach = high - lowest
    // A run that ended far above the others, a diverged one say, must not flatten them.
    let kept = ends.filter { $0 < high + 2 * reach } + interval(chart)
    let range = ScreenRange(
      min(lowest, kept.min() ?? lowest), max(high, kept.max() ?? high)
    ).padded(by: 0.06)
    let whole = full(chart)
    // A little more room is better than a note about clipping.
    return range.span > 0.8 * whole.span ? whole : range
  }

  /// The range of all losses of a chart; of intervals it holds only the one at the forecast's end.
  static func full(_ chart: Chart) -> ScreenRange {
    let losses = chart.losses.flatMap { $0.drawable.map(\.value) }
    return ScreenRange(of: losses + interval(chart))?.padded(by: 0.06) ?? ScreenRange(0, 1)
  }

  /// The ends of the last loss's interval, shown however wide it is.
  private static func interval(_ chart: Chart) -> [Double] {
    [chart.end?.lower, chart.end?.upper].compactMap { $0 }.filter(ScreenRange.isDrawable)
  }

  /// A quantile of ascending values, at least one: the value at that share of the way.
  static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    sorted[Int((Double(sorted.count - 1) * share).rounded())]
  }
}
