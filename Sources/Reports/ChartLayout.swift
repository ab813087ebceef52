/// Where a chart's panels stand, in pixels.
struct ChartLayout: Sendable {
  /// The picture's width.
  var width: Double
  /// The height of the panel of losses.
  var lossHeight: Double
  /// The height of the panel of learning rates; 0 leaves it out.
  var rateHeight: Double
  /// Room for the labels of the vertical axes.
  var left: Double = 48
  /// Room for half a label of the last tick.
  var right: Double = 16
  /// Room for the upper panel's title, and what stands above it.
  var top: Double = 24
  /// Room between the panels, with the lower one's title.
  var gap: Double = 30
  /// Room for the labels and the title of the horizontal axis.
  var bottom: Double = 36

  /// The lower end of the panel of losses.
  var lossBottom: Double { top + lossHeight }
  /// The upper end of the panel of learning rates.
  var rateTop: Double { lossBottom + gap }
  /// The lower end of the panel of learning rates.
  var rateBottom: Double { rateTop + rateHeight }
  /// The lower end of the last panel.
  var plotBottom: Double { rateHeight > 0 ? rateBottom : lossBottom }
  /// The picture's height.
  var height: Double { plotBottom + bottom }
  /// The right end of the panels.
  var plotRight: Double { width - right }

  /// How many ticks the horizontal axis has room for.
  var stepTicks: Int { max(3, min(10, Int((plotRight - left) / 90))) }
  /// How many ticks the axis of losses has room for.
  var lossTicks: Int { max(3, Int(lossHeight / 36)) }
  /// How many ticks the axis of learning rates has room for.
  var rateTicks: Int { max(2, Int(rateHeight / 50)) }
}
