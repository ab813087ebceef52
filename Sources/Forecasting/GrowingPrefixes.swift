import LeastSquares
import LinearAlgebra
import RealModule
public import ScalingLaws
public import Schedules

/// Fits a law to growing prefixes of one run and watches its asymptote, to say when the run is long
/// enough that the law's idea of where it ends can be believed.
///
/// - *Levels* are prefixes, each ending at a later row. Each is fitted by itself.
/// - The *prediction level* is the first from which on the asymptote changes by at most `steadiness`
///   with every doubling of the steps, over `lookAhead` further levels. An asymptote below a
///   thousandth of the forecast is none: the rows do not bend yet.
/// - The *proximity* of a level is the height of its curve above its asymptote at the last step
///   where it crosses the curve of the level before: beyond it the two no longer change places. It
///   is a cautious measure, for curves that cross early can still agree later.
/// - The *convergence level* is the first, from the prediction level on, whose proximity is at most
///   `threshold`.
///
/// This is the idea of Vilares Ferro, Darriba Bilbao and Ribadas Pena, "Modeling of learning curves
/// with applications to POS tagging", Computer Speech & Language 41 (2017), arXiv 2402.02515, with
/// rules of our own: it is not the algorithm of that paper to the letter, and its proofs do not cover
/// it. The rate of change is measured against the logarithm of the steps here, so that it does not
/// depend on how long a run is.
public struct GrowingPrefixes: Sendable {
  /// The law; one that has an asymptote.
  public var law: any LossLaw
  /// What is minimised.
  public var objective: FitObjective
  /// How warm-ups enter the areas.
  public var warmup: FittedLaw.Warmup
  /// The greatest proximity of a converged level, in nats.
  public var threshold: Double
  /// The greatest change of a steady asymptote, in nats for each doubling of the steps.
  public var steadiness: Double
  /// How many further levels must be steady, at least 1.
  public var lookAhead: Int

  /// How far beyond the last row, as a factor, crossings are looked for.
  private static let reach = 1000.0
  /// At how many steps two curves are compared.
  private static let crossingSteps = 2000

  /// Creates the procedure.
  ///
  /// - Throws: ``ConvergenceError`` when the law has no asymptote.
  public init(
    law: any LossLaw, objective: FitObjective = .standard,
    warmup: FittedLaw.Warmup = FittedLaw.Warmup(area: .actual, steps: nil),
    threshold: Double = 0.01, steadiness: Double = 0.03, lookAhead: Int = 3
  ) throws(ConvergenceError) {
    guard law.asymptote != nil else {
      throw .noAsymptote(
        law: law.name, others: LawCatalogue.all.filter { $0.asymptote != nil }.map(\.name))
    }
    precondition(lookAhead >= 1, "lookAhead is less than 1")
    self.law = law
    self.objective = objective
    self.warmup = warmup
    self.threshold = threshold
    self.steadiness = steadiness
    self.lookAhead = lookAhead
  }

  /// Fits growing prefixes.
  ///
  /// - Parameters:
  ///   - trajectory: the run.
  ///   - ends: the last step of each prefix; nil for `PrefixEnds.geometric`.
  ///   - leavingOutTransient: whether to look for early rows that are outside the law and leave
  ///     them out.
  /// - Returns: what each level says, and the verdict.
  /// - Throws: ``ConvergenceError``.
  public func report(
    on trajectory: Trajectory, ends: [Int]? = nil, leavingOutTransient: Bool
  ) throws(ConvergenceError) -> ConvergenceReport {
    let fit = JointFit(law: law, objective: objective, warmup: warmup)
    guard leavingOutTransient, let start = EarlyTransient(fit: fit).end(in: [trajectory]) else {
      return try report(on: trajectory, ends: ends)
    }
    var report = try report(on: trajectory.starting(at: start), ends: ends)
    report.transientEnd = start
    return report
  }

  private func report(
    on trajectory: Trajectory, ends: [Int]?
  ) throws(ConvergenceError) -> ConvergenceReport {
    let counts = try rowCounts(trajectory, ends: ends)
    guard let last = trajectory.positions.last, let actual = trajectory.losses.last else {
      throw .tooFewRows(count: 0, needed: fewestRows)
    }
    let compared = comparedSteps(trajectory)
    var levels: [ConvergenceReport.Level] = []
    var previous: [Double]?
    for count in counts {
      let coordinates = try fit(trajectory, count: count)
      let curve = predictions(coordinates, at: compared, of: trajectory)
      let asymptote = asymptote(of: coordinates)
      var level = ConvergenceReport.Level(
        step: trajectory.positions[count - 1], rows: count, asymptote: asymptote,
        forecast: predictions(coordinates, at: [last], of: trajectory)[0])
      if let before = levels.last {
        let doublings = Double.log2(Double(level.step) / Double(before.step))
        level.change = (asymptote - before.asymptote) / doublings
      }
      if let previous, let crossing = lastCrossing(of: curve, with: previous, at: compared) {
        level.crossing = crossing.step
        level.proximity = abs(crossing.loss - asymptote)
      }
      levels.append(level)
      previous = curve
    }
    let prediction = predictionLevel(levels)
    return ConvergenceReport(
      run: trajectory.name, law: law.name, threshold: threshold, steadiness: steadiness,
      lookAhead: lookAhead, final: .init(step: last, actual: actual), levels: levels,
      predictionLevel: prediction,
      convergenceLevel: prediction.flatMap { start in
        levels.indices[start...].first { (levels[$0].proximity ?? .infinity) <= threshold }
      })
  }

  /// Twice the coordinates, and at least eight.
  private var fewestRows: Int { max(2 * law.coordinateCount, 8) }

  private func rowCounts(
    _ trajectory: Trajectory, ends: [Int]?
  ) throws(ConvergenceError) -> [Int] {
    let positions = trajectory.positions
    guard positions.count >= fewestRows + lookAhead else {
      throw .tooFewRows(count: positions.count, needed: fewestRows + lookAhead)
    }
    let ends = ends ?? PrefixEnds.geometric(positions: positions, fewestRows: fewestRows)
    var counts: [Int] = []
    for end in ends.sorted() {
      let count = positions.firstIndex { $0 > end } ?? positions.count
      if count >= fewestRows, count > counts.last ?? 0 { counts.append(count) }
    }
    guard !counts.isEmpty else {
      throw .noLevel(earliest: positions[fewestRows - 1])
    }
    return counts
  }

  private func rows(_ positions: [Int], of trajectory: Trajectory) -> LawRows {
    LawRows(
      segments: [.init(positions: positions, path: trajectory.path, facts: trajectory.facts)],
      warmup: warmup.area)
  }

  /// The coordinates fitted to the first rows.
  private func fit(
    _ trajectory: Trajectory, count: Int
  ) throws(ConvergenceError) -> [Double] {
    do throws(LawFitError) {
      return try LawFitter(law: law, objective: objective).fit(
        Array(trajectory.losses[..<count]),
        at: rows(Array(trajectory.positions[..<count]), of: trajectory)
      ).coordinates
    } catch {
      throw .fit(error, lastStep: trajectory.positions[count - 1])
    }
  }

  private func asymptote(of coordinates: [Double]) -> Double {
    law.asymptote.map { law.parameters(fromCoordinates: coordinates)[$0] } ?? .nan
  }

  private func predictions(
    _ coordinates: [Double], at positions: [Int], of trajectory: Trajectory
  ) -> [Double] {
    let linearCount = law.linearCoordinates.count
    let functions = law.basis(for: rows(positions, of: trajectory))
      .basis(at: Array(coordinates[linearCount...])).functions
    return positions.indices.map { row in
      (0..<linearCount).reduce(0) { $0 + coordinates[$1] * functions[row, $1] }
    }
  }

  /// The steps at which curves are compared: from the first row to far beyond the last, or to the
  /// end of the learning rate for laws that need it; evenly spread in the logarithm.
  private func comparedSteps(_ trajectory: Trajectory) -> [Int] {
    let first = Double(max(trajectory.positions.first ?? 1, 1))
    var last = Double(trajectory.positions.last ?? 1)
    if !law.inputs.contains(.learningRate) { last *= GrowingPrefixes.reach }
    let places = GrowingPrefixes.crossingSteps
    var steps: [Int] = []
    for place in 0...places {
      let step = Int(first * .pow(last / first, Double(place) / Double(places)))
      if step > steps.last ?? 0 { steps.append(step) }
    }
    return steps
  }

  /// Where the curves last change places, linear between steps, and the loss there.
  private func lastCrossing(
    of curve: [Double], with other: [Double], at steps: [Int]
  ) -> (step: Double, loss: Double)? {
    let gaps = zip(curve, other).map { $0 - $1 }
    guard
      let index = gaps.indices.dropLast().last(where: { gaps[$0] * gaps[$0 + 1] < 0 })
    else { return nil }
    let share = gaps[index] / (gaps[index] - gaps[index + 1])
    let (left, right) = (Double(steps[index]), Double(steps[index + 1]))
    return (
      left + share * (right - left), curve[index] + share * (curve[index + 1] - curve[index])
    )
  }

  private func predictionLevel(_ levels: [ConvergenceReport.Level]) -> Int? {
    levels.indices.dropLast(lookAhead).first { start in
      hasAsymptote(levels[start])
        && (start + 1...start + lookAhead).allSatisfy { later in
          hasAsymptote(levels[later]) && abs(levels[later].change ?? .infinity) <= steadiness
        }
    }
  }

  private func hasAsymptote(_ level: ConvergenceReport.Level) -> Bool {
    level.asymptote > 1e-3 * level.forecast
  }
}
