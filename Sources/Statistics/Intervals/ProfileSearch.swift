import LeastSquares

/// The search for one end of a profile interval.
struct ProfileSearch<Problem: LeastSquaresProblem> {
  private(set) var points: [ParameterProfile.Point] = []
  private(set) var evaluations = 0

  private let refit: ProfileRefit<Problem>
  private let target: ProfileTarget
  private let side: Double
  private let tolerance: Double
  private let maximumPoints: Int
  private let fit: LeastSquaresReport

  /// A value tried: its distance from the estimate, and z; infinite where no cost is finite.
  private struct Trial {
    var distance: Double
    var root: Double
    var parameters: [Double]
  }
  /// The farthest value too near, and the one before it.
  private var near: Trial
  private var nearer: Trial?
  /// The nearest value too far.
  private var far: Trial?
  /// The value tried before the current one.
  private var last: Trial?
  /// How many values between `near` and `far` have been chosen.
  private var insideSteps = 0

  init(
    refit: ProfileRefit<Problem>, report: LeastSquaresReport, target: ProfileTarget, side: Double,
    tolerance: Double, maximumPoints: Int
  ) {
    self.refit = refit
    self.target = target
    self.side = side
    self.tolerance = tolerance
    self.maximumPoints = maximumPoints
    fit = report
    near = Trial(distance: 0, root: 0, parameters: report.parameters)
  }

  private var wanted: Double { target.costRise.squareRoot() }
  private var estimate: Double { fit.parameters[refit.parameter] }
  /// The distance of the bound on this side; infinite without one.
  private var room: Double {
    side < 0 ? estimate - refit.range.lower : refit.range.upper - estimate
  }

  mutating func run() -> ParameterProfile.End {
    var distance = target.halfWidth
    for _ in 0..<maximumPoints {
      let isAtBound = distance >= room
      guard room > 0 else { return .bound(estimate) }
      distance = min(distance, room)
      let trial = evaluate(distance, isAtBound: isAtBound)
      let value = estimate + side * distance
      if abs(trial.root - wanted) <= tolerance * wanted { return .found(value) }
      if trial.root > wanted {
        far = trial
      } else {
        if isAtBound { return .bound(value) }
        nearer = near
        near = trial
      }
      if let far, far.distance - near.distance <= tolerance * far.distance {
        // A jump, or the edge of what is finite.
        return far.root.isFinite
          ? .found(value) : .notFinite(beyond: estimate + side * near.distance)
      }
      if far == nil, distance > 1e6 * target.halfWidth { return .levelsOff(at: value) }
      distance = next(after: trial)
      last = trial
    }
    return .notConverged(at: estimate + side * distance)
  }

  /// Refits at a distance from the estimate, starting from the nearest point known.
  private mutating func evaluate(_ distance: Double, isAtBound: Bool) -> Trial {
    var start = prediction(at: distance)
    let bound = side < 0 ? refit.range.lower : refit.range.upper
    start[refit.parameter] = isAtBound ? bound : estimate + side * distance
    var report = refit(from: start)
    evaluations += report.evaluations
    if !report.cost.isFinite {
      // The prediction may have led astray: once more from the neighbour itself.
      start = near.parameters
      start[refit.parameter] = isAtBound ? bound : estimate + side * distance
      report = refit(from: start)
      evaluations += report.evaluations
    }
    guard report.cost.isFinite else {
      return Trial(distance: distance, root: .infinity, parameters: start)
    }
    points.append(
      ParameterProfile.Point(
        value: start[refit.parameter], cost: report.cost, parameters: report.parameters))
    return Trial(
      distance: distance, root: max(report.cost - fit.cost, 0).squareRoot(),
      parameters: report.parameters)
  }

  /// The parameters to start from: linear through the nearest two points known.
  private func prediction(at distance: Double) -> [Double] {
    let other = far.flatMap { $0.root.isFinite ? $0 : nil } ?? nearer
    guard let other, other.distance != near.distance else {
      guard target.direction.count == near.parameters.count else { return near.parameters }
      let shift = side * (distance - near.distance)
      return zip(near.parameters, target.direction).map { $0 + shift * $1 }
    }
    let share = (distance - near.distance) / (other.distance - near.distance)
    return zip(near.parameters, other.parameters).map { $0 + share * ($1 - $0) }
  }

  /// The next distance to try.
  private mutating func next(after trial: Trial) -> Double {
    guard let far else {
      // Outwards by the secant, at most four times as far.
      let before = nearer ?? Trial(distance: 0, root: 0, parameters: [])
      let slope = (near.root - before.root) / (near.distance - before.distance)
      let step = slope > 0 ? (wanted - near.root) / slope : .infinity
      return near.distance + min(max(step * 1.001, 1e-3 * near.distance), 3 * near.distance)
    }
    let width = far.distance - near.distance
    insideSteps += 1
    guard far.root.isFinite, insideSteps <= 6 else {
      // Secants have led nowhere: there is a jump, or the edge of what is finite.
      return near.distance + 0.5 * width
    }
    // Inside by the secant of the last two values if that stays inside, else of the nearest two.
    if let last, last.root.isFinite, last.root != trial.root {
      let slope = (trial.distance - last.distance) / (trial.root - last.root)
      let distance = trial.distance + (wanted - trial.root) * slope
      if distance > near.distance, distance < far.distance { return distance }
    }
    return near.distance + (wanted - near.root) / (far.root - near.root) * width
  }
}
