import LeastSquares
import LinearAlgebra
import RealModule
public import ScalingLaws
public import Schedules
import Statistics

/// Why a forecast cannot be given.
public enum ForecastError: Error, Sendable, Hashable {
  /// The model names a law that this version does not know.
  case unknownLaw(name: String, known: [String])
  /// The model's parameters are not those of its law.
  case wrongParameters(law: String, expected: [String], found: [String])
  /// A number in the model is missing or makes no sense.
  case damagedModel(detail: String)
  /// The law needs to know something that is not known of the run.
  case missingInput(LawInput)
  /// The forecast depends on parameters that the model's data said nothing about.
  case unidentified(parameters: [String])
  /// The step is beyond the last one that the law can be followed to.
  case tooFar(step: Int, last: Int)
  /// The law gives no finite positive loss at a step.
  case notFinite(step: Int)
}

/// Forecasts losses from a fitted law.
public struct Forecaster: Sendable {
  /// The model.
  public let model: FittedLaw
  /// The model's law.
  public let law: any LossLaw
  private let objective: FitObjective
  let coordinates: [Double]
  /// The covariance of the coordinates; zero where there is none.
  let covariance: Matrix
  /// The laws that the back-test does not tell from this one.
  let alternatives: [Forecaster]
  /// Those that cannot be used, and why.
  let unusable: [AlternativeForecast]

  /// Prepares a model.
  ///
  /// - Throws: ``ForecastError`` when the model is not one of this version's laws or is damaged.
  public init(model: FittedLaw) throws(ForecastError) {
    guard let law = LawCatalogue.law(named: model.law) else {
      throw .unknownLaw(name: model.law, known: LawCatalogue.all.map(\.name))
    }
    let names = law.parameters.map(\.name)
    let found = model.parameters.map(\.name)
    guard names == found else {
      throw .wrongParameters(law: model.law, expected: names, found: found)
    }
    guard
      let objective = FitObjective(name: model.objective.name, width: model.objective.width ?? 0)
    else {
      throw .damagedModel(detail: "there is no objective '\(model.objective.name)'")
    }
    var values = law.placeholderParameters
    for (index, parameter) in model.parameters.enumerated() {
      if let value = parameter.value {
        values[index] = value
      } else if parameter.role != .unidentified {
        throw .damagedModel(detail: "parameter \(parameter.name) has no value")
      }
    }
    let coordinates = law.coordinates(fromParameters: values)
    guard coordinates.allSatisfy(\.isFinite) else {
      throw .damagedModel(detail: "a parameter is outside its range")
    }
    self.model = model
    self.law = law
    self.objective = objective
    self.coordinates = coordinates
    covariance = try Forecaster.coordinateCovariance(model, law: law, coordinates: coordinates)
    (alternatives, unusable) = Forecaster.prepared(model.alternatives ?? [])
  }

  /// Forecasts the loss at steps of a learning-rate path.
  ///
  /// The interval around log P is ± t·√(gᵀVg + σ²): parameter covariance V, inflated for
  /// autocorrelation, along the gradient g, and the residuals' robust scale σ; t is Student's with
  /// the covariance's degrees of freedom. Where laws are as good as this one, the mean squared
  /// difference of their log P is added to the sum below the root. For a least-squares model the same
  /// holds for P itself, for one of log1p for 1 + P.
  ///
  /// - Parameters:
  ///   - positions: updates done, ascending, at least 1.
  ///   - path: the learning rate; may be nil for a law without one.
  ///   - facts: what else is known of the run; for what is nil, what all runs of the model have
  ///     in common.
  ///   - level: of the intervals, between 0 and 1.
  /// - Returns: losses in nats, one a position.
  /// - Throws: ``ForecastError``.
  public func forecast(
    at positions: [Int], path: LearningRatePath?, facts: RunFacts = RunFacts(), level: Double = 0.9
  )
    throws(ForecastError) -> PredictedCurve
  {
    let rows = LawRows(
      segments: [
        .init(positions: positions, path: path, facts: facts.completed(by: model.commonFacts))
      ],
      warmup: model.warmup.area)
    if let input = rows.missingInput(of: law) { throw .missingInput(input) }
    if let step = rows.positionTooFar(for: law) { throw .tooFar(step: step, last: law.lastStep) }
    try checkIdentified(rows)
    let lawModel = law.basis(for: rows)
    let linearCount = law.linearCoordinates.count
    let basis = lawModel.basis(at: Array(coordinates[linearCount...]))
    let offset = objective.logOffset
    let quantile = intervalQuantile(level: level)
    let scale = model.residuals.relativeScale
    let others = alternatives(at: positions, path: path, facts: facts)
      .compactMap { try? $0.losses.get() }
    var curve = PredictedCurve(
      steps: positions.map(Double.init), predicted: [], lower: [], upper: [],
      lawSpread: others.isEmpty ? nil : [])
    for row in positions.indices {
      var gradient = (0..<coordinates.count).map {
        $0 < linearCount ? basis.functions[row, $0] : 0
      }
      let predicted = zip(coordinates, gradient).reduce(0) { $0 + $1.0 * $1.1 }
      for (column, derivative) in lawModel.derivativeColumns.enumerated() {
        gradient[linearCount + derivative.parameter] +=
          coordinates[derivative.function] * basis.derivatives[row, column]
      }
      let variance = quadraticForm(covariance, gradient)
      guard predicted.isFinite, variance.isFinite, predicted + (offset ?? .infinity) > 0 else {
        throw .notFinite(step: positions[row])
      }
      let spread = Forecaster.spread(
        of: others.map { $0[row] }, around: predicted, logOffset: offset)
      curve.predicted.append(predicted)
      curve.lawSpread?.append(spread.squareRoot())
      if let offset {
        let shifted = predicted + offset
        let width =
          quantile * (variance / (shifted * shifted) + scale * scale + spread).squareRoot()
        curve.lower.append(shifted * .exp(-width) - offset)
        curve.upper.append(shifted * .exp(width) - offset)
      } else {
        let width = quantile * (variance + scale * scale + spread).squareRoot()
        curve.lower.append(predicted - width)
        curve.upper.append(predicted + width)
      }
    }
    return curve
  }

  /// What is known of all of the model's runs alike, which stands in for what is not said of a run.
  public var commonFacts: RunFacts { model.commonFacts }

  /// The first position where the law holds: after the warm-up and the early transient.
  public func firstPosition(on path: LearningRatePath) -> Int {
    max(path.warmupEnd, model.transientEnd ?? 0, 1)
  }

  /// Remarks on what a forecast's interval does not cover.
  ///
  /// - Parameters:
  ///   - lastPosition: where the forecast ends.
  ///   - path: its learning rate.
  ///   - facts: what else is known of the run.
  /// - Returns: sentences; none when there is nothing to remark.
  public func warnings(
    lastPosition: Int, path: LearningRatePath?, facts: RunFacts = RunFacts()
  ) -> [String] {
    var warnings = skippedAlternatives(at: lastPosition, path: path, facts: facts)
    if model.covariance == nil {
      warnings.append(
        "the model has no standard errors: the interval holds the scatter of the losses alone and "
          + "is too narrow")
    }
    let lastFitted = model.data.compactMap(\.steps.last).max() ?? 0
    if lastFitted > 0, lastPosition > 3 * lastFitted {
      warnings.append(
        "step \(lastPosition) is \(lastPosition / lastFitted) times beyond the last step fitted "
          + "(\(lastFitted)): the interval does not cover the error of the law itself that far out")
    }
    let peaks = model.data.compactMap(\.peak)
    if law.inputs.contains(.learningRate), !law.knowsPeaks, let path, let least = peaks.min(),
      let most = peaks.max(),
      path.peak > 1.02 * most || path.peak < 0.98 * least
    {
      warnings.append(
        "the schedule's peak \(path.peak) is not among the peaks fitted (\(least) to \(most)): the "
          + "law does not know how the loss depends on the peak; fit runs with this peak")
    }
    return warnings + self.warnings(for: facts, position: lastPosition)
  }

  func intervalQuantile(level: Double) -> Double {
    let free = model.parameters.count { $0.role == .linear || $0.role == .nonlinear }
    let degrees =
      model.residuals.degreesOfFreedom ?? model.residuals.effectiveCount - Double(free)
    return StudentT(degreesOfFreedom: max(degrees, 1)).twoSidedQuantile(level: level)
  }

  /// P⁻¹·V·P⁻ᵀ, with P = ∂parameters/∂coordinates.
  private static func coordinateCovariance(
    _ model: FittedLaw, law: any LossLaw, coordinates: [Double]
  ) throws(ForecastError) -> Matrix {
    let count = coordinates.count
    guard let rows = model.covariance else { return Matrix(rows: count, columns: count) }
    guard rows.count == count, rows.allSatisfy({ $0.count == count }) else {
      throw .damagedModel(detail: "covariance is not \(count) × \(count)")
    }
    // Rows are brought to one size: parameters may be of very different ones.
    var jacobian = law.parameterJacobian(atCoordinates: coordinates)
    var matrix = Matrix(rows: count, columns: count, columnMajor: rows.flatMap { $0 })
    let sizes = (0..<count).map { row in (0..<count).map { abs(jacobian[row, $0]) }.max() ?? 0 }
    guard sizes.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw .damagedModel(detail: "a parameter stands at the end of its range")
    }
    for row in 0..<count {
      for column in 0..<count {
        jacobian[row, column] /= sizes[row]
        matrix[row, column] /= sizes[row] * sizes[column]
      }
    }
    guard let factor = try? PivotedQR(jacobian), factor.rank(tolerance: 1e-14) == count else {
      throw .damagedModel(detail: "a parameter stands at the end of its range")
    }
    func solved(_ matrix: Matrix) -> Matrix? {
      var columns: [Double] = []
      for column in 0..<count {
        let rightSide = (0..<count).map { matrix[$0, column] }
        guard let solution = try? factor.leastSquares(rightSide, rank: count) else { return nil }
        columns += solution
      }
      return Matrix(rows: count, columns: count, columnMajor: columns)
    }
    guard let half = solved(matrix), let full = solved(half.transposed()) else {
      throw .damagedModel(detail: "covariance is not finite")
    }
    return full
  }
}

func quadraticForm(_ matrix: Matrix, _ vector: [Double]) -> Double {
  var sum = 0.0
  for j in vector.indices {
    for k in vector.indices { sum += vector[j] * matrix[j, k] * vector[k] }
  }
  return max(sum, 0)
}

extension ForecastError: CustomStringConvertible {
  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .unknownLaw(let name, let known):
      "the model is of the law '\(name)', which this version does not know (it knows "
        + "\(known.joined(separator: ", "))); fit the model again"
    case .wrongParameters(let law, let expected, let found):
      "the model's parameters (\(found.joined(separator: ", "))) are not those of the law "
        + "'\(law)' (\(expected.joined(separator: ", "))); fit the model again"
    case .damagedModel(let detail):
      "the model is damaged: \(detail); fit the model again"
    case .missingInput(let input):
      "the law needs \(input.words); \(input.remedy)"
    case .unidentified(let parameters):
      "the forecast depends on \(parameters.joined(separator: ", ")), about which the model's data "
        + "say nothing: the learning rate or the model size did not change enough in the rows "
        + "fitted; fit runs in which it does as well"
    case .tooFar(let step, let last):
      "the law goes along the learning rate point by point, and only to step \(last), not to \(step); "
        + "forecast fewer steps or fit another law"
    case .notFinite(let step):
      "the law gives no finite positive loss at step \(step); fit with rows closer to it"
    }
  }
}
