import ScalingLaws
import TestSupport
import Testing

/// Laws fitted to three public curves and compared with six others, as in the multi-power law's
/// paper (arXiv 2503.12811): errors of each law's exact minimum, found independently in Python.
@Suite(
  .enabled(
    if: PublicCurves.areThere, "needs the optional collection of public curves, ../shared/curves"))
struct PublicCurveTests {
  @Test(arguments: [
    ("annealing", "mpl25", 0.00130), ("annealing", "mpl100", 0.00144),
    ("power-area", "mpl25", 0.00730),
    ("collapse", "mpl25", 0.00213), ("collapse", "mpl100", 0.00264),
    ("convex-bound", "mpl25", 0.0105434), ("convex-bound", "mpl100", 0.0127099),
  ])
  func errorOnOtherSchedules(name: String, size: String, expected: Double) throws {
    let law = try #require(LawCatalogue.law(named: name))
    expectClose(
      try PublicCurves.predictionError(of: law, size: size), expected, tolerance: 4e-3)
  }

  /// The reference takes every run's rows for the grid: 128 steps apart too, but 16 steps later in
  /// some of the runs.
  @Test(arguments: [("mpl25", 0.0120535), ("mpl100", 0.0157090)])
  func forwardMomentumOnOtherSchedules(size: String, expected: Double) throws {
    expectClose(
      try PublicCurves.predictionError(of: ForwardMomentumLaw(), size: size), expected,
      tolerance: 2e-3)
  }
}
