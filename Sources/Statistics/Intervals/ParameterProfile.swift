/// The profile of the cost along one parameter, and the interval where it rises by less than ΔF.
public struct ParameterProfile: Sendable {
  /// A point of the profile: the least cost with the parameter held at a value.
  public struct Point: Sendable, Hashable {
    /// θ_j.
    public var value: Double
    /// The least cost with θ_j at `value`.
    public var cost: Double
    /// θ at that cost, p values.
    public var parameters: [Double]
  }

  /// An end of the interval.
  public enum End: Sendable, Hashable {
    /// The cost has risen by ΔF here, or jumps past it.
    case found(Double)
    /// The cost has not risen by ΔF up to the parameter's bound: the interval is open.
    case bound(Double)
    /// The cost levels off below the rise wanted, as far as this value: the interval is open.
    case levelsOff(at: Double)
    /// Beyond this value no finite cost was found.
    case notFinite(beyond: Double)
    /// The search did not end in the number of points allowed; the last value tried.
    case notConverged(at: Double)
  }

  /// j, the parameter's index in θ.
  public var parameter: Int
  /// θ_j of the fit.
  public var estimate: Double
  /// F of the fit.
  public var cost: Double
  /// ΔF.
  public var costRise: Double
  /// The lower end.
  public var lower: End
  /// The upper end.
  public var upper: End
  /// The points of the curve that were computed, ascending, the fit among them.
  public var points: [Point]
  /// The passes over the rows that all refits took.
  public var evaluations: Int

  /// The interval: an end that was not found is the bound, or infinite where the cost levels off or
  /// the search failed.
  public var range: ClosedRange<Double> {
    ParameterProfile.value(lower, open: -.infinity)...ParameterProfile.value(upper, open: .infinity)
  }

  /// A point whose cost is below the fit's by more than a millionth of ΔF; nil when there is none.
  ///
  /// If there is, the fit was not a minimum: fit again from here.
  public var improvement: Point? {
    points.filter { $0.cost < cost - 1e-6 * costRise }.min { $0.cost < $1.cost }
  }

  private static func value(_ end: End, open: Double) -> Double {
    switch end {
    case .found(let value), .bound(let value): value
    case .levelsOff, .notFinite, .notConverged: open
    }
  }
}
