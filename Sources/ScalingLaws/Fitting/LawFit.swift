public import LeastSquares
import LinearAlgebra

/// A law fitted to rows.
public struct LawFit: Sendable {
  /// All coordinates; unidentified ones hold the value that was kept during the fit.
  public var coordinates: [Double]
  /// The indices of the coordinates that were fitted; the parameters of `problem`.
  public var freeCoordinates: [Int]
  /// The coordinates that the rows say nothing about.
  public var unidentified: [UnidentifiedCoordinate]
  /// How the minimisation went.
  public var report: LeastSquaresReport
  /// All coordinates of another optimum of nearly equal cost; nil when there is none.
  public var rival: [Double]?
  /// What was minimised, for residuals and Jacobian.
  public var problem: any LeastSquaresProblem
  /// What was taken as known of the free coordinates beforehand, by their place among these.
  public var priors: [ParameterPrior] = []
  /// The variance that a prior's residual (θ - mean)/σ has in units of the cost; nil without priors.
  public var priorVariance: Double?

  /// The objective's residuals at the optimum, one a row.
  public var residuals: [Double] { problem.residuals(at: report.parameters) }
}

/// Fits a law to rows: a scan for starts, then Levenberg-Marquardt from the best few.
public struct LawFitter: Sendable {
  /// The law.
  public var law: any LossLaw
  /// What is minimised.
  public var objective: FitObjective
  /// Parameters held at a value, by name.
  public var fixed: [String: Double]
  /// Whether the law's priors take part.
  public var usesPriors: Bool

  /// Creates a fitter.
  public init(
    law: any LossLaw, objective: FitObjective = .standard, fixed: [String: Double] = [:],
    usesPriors: Bool = true
  ) {
    self.law = law
    self.objective = objective
    self.fixed = fixed
    self.usesPriors = usesPriors
  }

  /// Fits the law.
  ///
  /// - Parameters:
  ///   - losses: L, one a row, finite.
  ///   - rows: where the losses were measured; all runs are fitted jointly with one set of
  ///     parameters.
  /// - Returns: the best of several local fits.
  /// - Throws: ``LawFitError``.
  public func fit(_ losses: [Double], at rows: LawRows) throws(LawFitError) -> LawFit {
    let setup = try setup(losses, rows: rows)
    let starts = starts(losses, rows: rows, setup: setup)
    // The local fits compete on part of many rows; only the winner is finished on all of them.
    let fine = rows.thinned(losses, to: 10_000)
    let problem = problem(fine.losses, rows: fine.rows, from: placeholder(setup), setup: setup)
    let priors = priors(.first, setup: setup, rows: fine.rows)
    let solver = LevenbergMarquardt(loss: objective.loss, priors: priors)
    let competition = MultiStart(solver: solver).minimize(
      problem, from: starts.map { start in setup.free.map { start[$0] } },
      bounds: setup.free.map(law.bounds(ofCoordinate:)))
    guard let competition else { throw .noFiniteStart }
    let rival = competition.rival.map { coordinates($0.parameters, setup: setup) }
    let best = coordinates(competition.best.parameters, setup: setup)
    guard priors.isEmpty, fine.losses.count == losses.count else {
      var fit = refine(losses, rows: rows, from: best, setup: setup)
      fit.rival = rival
      return fit
    }
    return LawFit(
      coordinates: best, freeCoordinates: setup.free, unidentified: setup.unidentified,
      report: competition.best, rival: rival, problem: problem)
  }

  /// The best few points of a scan over part of the rows, as coordinates.
  private func starts(_ losses: [Double], rows: LawRows, setup: Setup) -> [[Double]] {
    let coarse = rows.thinned(losses, to: 1500)
    let linearCount = law.linearCoordinates.count
    let scan = ParameterScan(
      values: law.scan(for: coarse.rows).enumerated().map { index, values in
        setup.held[linearCount + index].map { [$0] } ?? values
      },
      fixedCoefficients: setup.held.filter { $0.key < linearCount },
      mayBeNegative: law.linearCoordinates.map(\.mayBeNegative), loss: objective.loss)
    // (P - L)/(L + c) is the first order of log(P + c) - log(L + c).
    return scan.best(
      law.startCount, of: law.basis(for: coarse.rows), targets: coarse.losses,
      rowScales: objective.logOffset.map { offset in coarse.losses.map { 1 / ($0 + offset) } }
    ).map(\.parameters)
  }

  /// Fits the law from one start, without a scan.
  ///
  /// - Parameters:
  ///   - losses: L, one a row, finite.
  ///   - rows: where the losses were measured.
  ///   - start: all coordinates; fixed and unidentified ones are replaced by what is held.
  /// - Returns: the local fit.
  /// - Throws: ``LawFitError``.
  public func fit(
    _ losses: [Double], at rows: LawRows, from start: [Double]
  ) throws(LawFitError)
    -> LawFit
  {
    precondition(start.count == law.coordinateCount, "start.count is not coordinateCount")
    let setup = try setup(losses, rows: rows)
    let fit = refine(losses, rows: rows, from: start, setup: setup)
    guard fit.report.cost.isFinite else { throw .noFiniteStart }
    return fit
  }

  /// What is varied and what is held.
  private struct Setup {
    var held: [Int: Double]
    var free: [Int]
    var unidentified: [UnidentifiedCoordinate]
  }

  private func setup(_ losses: [Double], rows: LawRows) throws(LawFitError) -> Setup {
    precondition(losses.count == rows.count, "losses.count is not rows.count")
    var held = try fixedCoordinates()
    try check(losses, rows: rows, heldCount: held.count)
    held.merge(law.constants(for: rows)) { fixed, _ in fixed }
    let unidentified = law.unidentified(in: rows).filter { held[$0.index] == nil }
    for coordinate in unidentified { held[coordinate.index] = law.placeholder(coordinate.index) }
    let free = (0..<law.coordinateCount).filter { held[$0] == nil }
    guard losses.count > free.count else {
      throw .tooFewRows(count: losses.count, needed: free.count + 1)
    }
    return Setup(held: held, free: free, unidentified: unidentified)
  }

  private func refine(
    _ losses: [Double], rows: LawRows, from start: [Double], setup: Setup
  ) -> LawFit {
    let problem = problem(losses, rows: rows, from: start, setup: setup)
    let bounds = setup.free.map(law.bounds(ofCoordinate:))
    var solver = LevenbergMarquardt(loss: objective.loss)
    let start = setup.free.map { start[$0] }
    let runs = rows.segments.map(\.positions.count)
    func measured(_ parameters: [Double]) -> PriorScale {
      let scale = PriorScale(
        residuals: problem.residuals(at: parameters), runs: runs, loss: objective.loss)
      return scale.isFinite ? scale : .first
    }
    let hasPriors = !priors(.first, setup: setup, rows: rows).isEmpty
    var scale = hasPriors ? measured(start) : .first
    solver.priors = priors(scale, setup: setup, rows: rows)
    var report = solver.minimize(problem, from: start, bounds: bounds)
    // What the priors weigh depends on the residuals, and these a little on the priors.
    var rounds = 1
    while hasPriors, rounds < 10 {
      let next = measured(report.parameters)
      if next.isClose(to: scale, rows: rows.count, runs: runs.count) { break }
      scale = next
      solver.priors = priors(scale, setup: setup, rows: rows)
      report = solver.minimize(problem, from: report.parameters, bounds: bounds)
      rounds += 1
    }
    var fit = LawFit(
      coordinates: coordinates(report.parameters, setup: setup), freeCoordinates: setup.free,
      unidentified: setup.unidentified, report: report, rival: nil, problem: problem,
      priors: solver.priors)
    if hasPriors {
      fit.priorVariance = scale.variance(rows: rows.count, runs: runs.count)
    }
    return fit
  }

  private func priors(_ scale: PriorScale, setup: Setup, rows: LawRows) -> [ParameterPrior] {
    guard usesPriors else { return [] }
    return scale.priors(
      of: law, free: setup.free, rows: rows.count, runs: rows.segments.count)
  }

  private func problem(
    _ losses: [Double], rows: LawRows, from start: [Double], setup: Setup
  ) -> LawProblem {
    var coordinates = start
    for (index, value) in setup.held { coordinates[index] = value }
    return LawProblem(
      model: law.basis(for: rows), losses: losses, objective: objective,
      coordinates: coordinates, free: setup.free)
  }

  /// All coordinates from the free ones.
  private func coordinates(_ parameters: [Double], setup: Setup) -> [Double] {
    var coordinates = placeholder(setup)
    for (index, value) in zip(setup.free, parameters) { coordinates[index] = value }
    return coordinates
  }

  /// The held coordinates, and anything for the others.
  private func placeholder(_ setup: Setup) -> [Double] {
    (0..<law.coordinateCount).map { setup.held[$0] ?? law.placeholder($0) }
  }

  private func check(_ losses: [Double], rows: LawRows, heldCount: Int) throws(LawFitError) {
    if let input = rows.missingInput(of: law) { throw .missingInput(input) }
    if let step = rows.positionTooFar(for: law) { throw .tooFar(step: step, last: law.lastStep) }
    let needed = law.coordinateCount - heldCount + 1
    guard let first = losses.first, losses.count >= 3 else {
      throw .tooFewRows(count: losses.count, needed: needed)
    }
    if losses.allSatisfy({ $0 == first }) { throw .constantLoss(first) }
    if let offset = objective.logOffset, let row = losses.firstIndex(where: { $0 + offset <= 0 }) {
      throw .notPositive(row: row, loss: losses[row])
    }
    if let input = law.missingVariation(in: rows) { throw .noVariation(input) }
  }

  /// The coordinates that the fixed parameters fix.
  private func fixedCoordinates() throws(LawFitError) -> [Int: Double] {
    let names = law.parameters.map(\.name)
    for name in fixed.keys.sorted() where !names.contains(name) {
      throw .unknownParameter(name: name, known: names)
    }
    guard !fixed.isEmpty else { return [:] }
    // A stand-in for what is free, the mean of its prior or the middle of its scan; it must not
    // matter, see below.
    let standIn = law.placeholderParameters
    let values = names.indices.map { fixed[names[$0]] ?? standIn[$0] }
    let coordinates = law.coordinates(fromParameters: values)
    let jacobian = law.parameterJacobian(atCoordinates: coordinates.map { $0 == 0 ? 1 : $0 })
    var held: [Int: Double] = [:]
    for (index, name) in names.enumerated() {
      guard let value = fixed[name] else { continue }
      // A parameter made of several coordinates is fixed only with all of them.
      for partner in names.indices
      where partner != index && jacobian[index, partner] != 0 && fixed[names[partner]] == nil {
        throw .fixedWithout(name: name, partner: names[partner])
      }
      let coordinate = coordinates[index]
      guard coordinate.isFinite, law.bounds(ofCoordinate: index).clamp(coordinate) == coordinate
      else {
        throw .valueOutOfRange(name: name, value: value, range: law.parameters[index].range)
      }
      held[index] = coordinate
    }
    return held
  }
}

extension LawRows {
  /// At most about `limit` rows, evenly spread over every run, its last row included.
  func thinned(_ losses: [Double], to limit: Int) -> (losses: [Double], rows: LawRows) {
    let stride = (count + limit - 1) / max(limit, 1)
    guard stride > 1 else { return (losses, self) }
    var kept: [Double] = []
    var segments: [Segment] = []
    var start = 0
    for segment in self.segments {
      let count = segment.positions.count
      let indices = (0..<count).filter { (count - 1 - $0) % stride == 0 }
      kept += indices.map { losses[start + $0] }
      segments.append(
        Segment(
          positions: indices.map { segment.positions[$0] }, path: segment.path,
          facts: segment.facts))
      start += count
    }
    return (kept, LawRows(segments: segments, warmup: warmup))
  }
}
