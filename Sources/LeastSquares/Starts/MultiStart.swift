/// Minimises from several starts and says whether they agree.
public struct MultiStart: Sendable {
  /// The local method.
  public var solver: LevenbergMarquardt
  /// Another optimum counts as a rival when its cost is at most this much greater, relative to the
  /// best; the default is 0.01.
  public var rivalTolerance: Double

  /// Creates a multi-start.
  public init(solver: LevenbergMarquardt, rivalTolerance: Double = 0.01) {
    self.solver = solver
    self.rivalTolerance = rivalTolerance
  }

  /// What the local fits found.
  public struct Report: Sendable {
    /// The local fit of least cost.
    public var best: LeastSquaresReport
    /// The next best of clearly other parameters, if its cost is nearly as small: the data do not
    /// tell the two apart.
    public var rival: LeastSquaresReport?
    /// How many local fits ended at the best cost, to a relative 1e-6.
    public var agreeing: Int
    /// How many local fits were done.
    public var starts: Int
  }

  /// Minimises from each start.
  ///
  /// - Parameters:
  ///   - problem: residuals and derivatives.
  ///   - starts: θ to begin with, p values each, in the order in which ties are decided.
  ///   - bounds: one a parameter; nil means none.
  ///   - fixed: the indices of parameters that keep their start.
  /// - Returns: nil when no start has a finite cost.
  public func minimize(
    _ problem: any LeastSquaresProblem, from starts: [[Double]],
    bounds: [ParameterBounds]? = nil, fixed: Set<Int> = []
  ) -> Report? {
    let reports = starts.map {
      solver.minimize(problem, from: $0, bounds: bounds, fixed: fixed)
    }.filter(\.cost.isFinite)
    // The first of equal costs, so that the answer does not depend on the sorting.
    guard
      let best = reports.enumerated().min(by: {
        ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset)
      })?
      .element
    else { return nil }
    let rivals = reports.filter {
      $0.cost <= best.cost * (1 + rivalTolerance) && isElsewhere($0, best)
    }
    return Report(
      best: best, rival: rivals.min { $0.cost < $1.cost },
      agreeing: reports.count { $0.cost <= best.cost * (1 + 1e-6) }, starts: reports.count)
  }

  /// Whether some parameter differs by more than a hundredth of the larger value.
  private func isElsewhere(_ report: LeastSquaresReport, _ best: LeastSquaresReport) -> Bool {
    zip(report.parameters, best.parameters).contains {
      abs($0 - $1) > 0.01 * max(abs($0), abs($1))
    }
  }
}
