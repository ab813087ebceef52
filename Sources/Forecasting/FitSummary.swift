import LeastSquares
import LinearAlgebra
import RealModule
import ScalingLaws
import Statistics

/// What a finished fit says about its parameters: values, errors, doubts.
struct FitSummary {
  let parameters: [FittedParameter]
  let covariance: ParameterCovariance?
  /// The covariance of all parameters; nil when it cannot be had.
  let covarianceRows: [[Double]]?
  /// The autocorrelation of neighbouring rows' residuals, in [0, 0.99].
  let autocorrelation: Double
  let weak: [String]
  /// The unidentified parameters of terms that the fit does without.
  let unused: [String]
  let warnings: [String]

  init(
    law: any LossLaw, fit: LawFit, residuals: [Double], objective: FitObjective,
    runs: [Range<Int>], level: Double
  ) {
    let neighbours = Autoregression(residuals, runs: runs, order: .fixed(1))
    autocorrelation = min(max(neighbours.coefficients.first ?? 0, 0), 0.99)
    covariance = try? ScoreSeries(
      fit.problem, at: fit.report.parameters, loss: objective.loss, priors: fit.priors,
      priorVariance: fit.priorVariance, runs: runs
    ).covariance(.recommended)
    let full = covariance.map { FitSummary.expand($0.matrix, law: law, fit: fit) }
    covarianceRows = full.map { matrix in
      (0..<matrix.rows).map { row in (0..<matrix.columns).map { matrix[row, $0] } }
    }
    let degrees = max(covariance?.degreesOfFreedom ?? 1, 1)
    let quantile = StudentT(degreesOfFreedom: degrees).twoSidedQuantile(level: level)
    let unidentified = Set(fit.unidentified.map(\.index))
    let shares = FitSummary.priorShares(fit, covariance: covariance)
    let values = law.parameters(fromCoordinates: fit.coordinates)
    parameters = law.parameters.enumerated().map { index, parameter in
      if unidentified.contains(index) {
        return FittedParameter(name: parameter.name, value: nil, role: .unidentified)
      }
      if !fit.freeCoordinates.contains(index) {
        return FittedParameter(name: parameter.name, value: values[index], role: .fixed)
      }
      let error = full.map { max($0[index, index], 0).squareRoot() }
      let interval = error.map {
        FitSummary.interval(of: index, law: law, fit: fit, error: $0, quantile: quantile)
      }
      return FittedParameter(
        name: parameter.name, value: values[index], standardError: error,
        lower: interval?.lowerBound, upper: interval?.upperBound,
        role: parameter.isLinear ? .linear : .nonlinear, priorShare: shares[index])
    }
    // What a prior holds is marked as such, and a coefficient of either sign may well be zero.
    let mayBeZero = law.linearCoordinates.map(\.mayBeNegative)
    weak = zip(parameters, law.parameters).enumerated().compactMap { index, pair in
      let (parameter, description) = pair
      guard parameter.role == .linear || parameter.role == .nonlinear,
        parameter.priorShare == nil, !(index < mayBeZero.count && mayBeZero[index]),
        let value = parameter.value
      else { return nil }
      guard let error = parameter.standardError else { return parameter.name }
      return error > 0.5 * abs(value - description.origin) ? parameter.name : nil
    }
    unused = fit.unidentified.filter(\.isOptional).map { law.parameters[$0.index].name }
    let rival = fit.rival.map { FitSummary.rivalWarning($0, fit: fit, law: law) }
    let held = fit.report.parametersAtBounds.map { law.parameters[fit.freeCoordinates[$0]] }
    warnings =
      FitSummary.warnings(
        fit: fit, law: law, atBounds: held, weak: weak, hasCovariance: covariance != nil)
      + (rival.map { [$0] } ?? [])
  }

  /// The variances of coordinates with priors over those of the priors, by the coordinate's index.
  private static func priorShares(
    _ fit: LawFit, covariance: ParameterCovariance?
  ) -> [Int: Double] {
    guard let covariance, let variance = fit.priorVariance else { return [:] }
    return fit.priors.reduce(into: [:]) { shares, prior in
      let before = variance * prior.standardDeviation * prior.standardDeviation
      let after = covariance.matrix[prior.parameter, prior.parameter]
      shares[fit.freeCoordinates[prior.parameter]] = min(max(after / before, 0), 1)
    }
  }

  /// The steps over which residuals forget: -Δ/log ρ₁, with Δ the median distance of rows.
  func autocorrelationSteps(_ trajectories: [Trajectory]) -> Double {
    let gaps = trajectories.flatMap { trajectory in
      zip(trajectory.positions.dropFirst(), trajectory.positions).map { Double($0 - $1) }
    }
    guard !gaps.isEmpty, autocorrelation > 0 else { return 0 }
    return -RobustScale.quantile(gaps.sorted(), 0.5) / .log(autocorrelation)
  }

  /// The interval of a parameter inside the values that it may have.
  ///
  /// A parameter made of one coordinate gets that coordinate's symmetric interval, so that λ, whose
  /// coordinate is log(1-λ), stays below 1; others get value ± quantile · error.
  private static func interval(
    of index: Int, law: any LossLaw, fit: LawFit, error: Double, quantile: Double
  ) -> ClosedRange<Double> {
    let bounds = law.bounds(ofCoordinate: index)
    let jacobian = law.parameterJacobian(atCoordinates: fit.coordinates)
    let value = law.parameters(fromCoordinates: fit.coordinates)[index]
    let isOwn = fit.coordinates.indices.allSatisfy { $0 == index || jacobian[index, $0] == 0 }
    guard isOwn, jacobian[index, index] != 0 else {
      // A parameter that cannot be zero, made of the logarithm of one: its interval is a factor.
      let factor = Double.exp(quantile * error / value)
      if law.parameters[index].isPositive, value > 0, factor.isFinite {
        return value / factor...value * factor
      }
      let ends = [value - quantile * error, value + quantile * error]
      let lowest = bounds.lower == 0 ? 0 : -Double.infinity
      return max(min(ends[0], ends[1]), lowest)...max(ends[0], ends[1], lowest)
    }
    let width = quantile * error / abs(jacobian[index, index])
    let ends = [-width, width].map { offset in
      var coordinates = fit.coordinates
      coordinates[index] = bounds.clamp(coordinates[index] + offset)
      return law.parameters(fromCoordinates: coordinates)[index]
    }
    return min(ends[0], ends[1])...max(ends[0], ends[1])
  }

  /// The covariance of all parameters from that of the free coordinates: P·V·Pᵀ.
  private static func expand(_ matrix: Matrix, law: any LossLaw, fit: LawFit) -> Matrix {
    let count = law.coordinateCount
    var full = Matrix(rows: count, columns: count)
    for (a, j) in fit.freeCoordinates.enumerated() {
      for (b, k) in fit.freeCoordinates.enumerated() { full[j, k] = matrix[a, b] }
    }
    let jacobian = law.parameterJacobian(atCoordinates: fit.coordinates)
    return jacobian * full * jacobian.transposed()
  }

  private static func warnings(
    fit: LawFit, law: any LossLaw, atBounds: [LawParameter], weak: [String], hasCovariance: Bool
  ) -> [String] {
    var warnings: [String] = []
    let missing = fit.unidentified.filter { !$0.isOptional }
    if !missing.isEmpty {
      let names = missing.map { law.parameters[$0.index].name }
      let isOne = names.count == 1
      warnings.append(
        "the data say nothing about \(names.joined(separator: ", ")): "
          + (missing.first?.reason ?? "")
          + "; forecasts that depend on \(isOne ? "it" : "them") are refused")
    }
    if !fit.report.termination.isSuccess {
      warnings.append(
        "the fit ended without meeting a criterion (\(fit.report.termination.rawValue)): "
          + "leave out early rows with --from, or fix a parameter with --fix")
    }
    if !atBounds.isEmpty {
      let list = atBounds.map { "\($0.name) (\($0.range))" }.joined(separator: ", ")
      warnings.append(
        "at the edge of what is allowed: \(list); the data do not support this part of the law")
    }
    if !hasCovariance {
      warnings.append(
        "there are no standard errors: the rows cannot tell the parameters apart; "
          + "\(remedy(law)), or fix a parameter with --fix")
    }
    let doubtful = weak.filter { name in !atBounds.contains { $0.name == name } }
    if hasCovariance, !doubtful.isEmpty {
      warnings.append(
        "hardly determined by the data: \(doubtful.joined(separator: ", ")); \(remedy(law)), or "
          + "fix one with --fix")
    }
    return warnings
  }

  /// A warning that the rows do not tell two sets of parameters apart.
  private static func rivalWarning(_ rival: [Double], fit: LawFit, law: any LossLaw) -> String {
    let best = law.parameters(fromCoordinates: fit.coordinates)
    let other = law.parameters(fromCoordinates: rival)
    let differing = law.parameters.indices.filter { index in
      let origin = law.parameters[index].origin
      let size = max(abs(best[index] - origin), abs(other[index] - origin))
      return abs(best[index] - other[index]) > 0.01 * size
    }
    let list = differing.map { index in
      "\(law.parameters[index].name) = \(rounded(other[index]))"
    }
    return "other parameters fit the rows nearly as well (\(list.joined(separator: ", "))): "
      + "\(remedy(law)), or fix a parameter with --fix"
  }

  /// What data would tell a law's parameters apart.
  private static func remedy(_ law: any LossLaw) -> String {
    if law.inputs.contains(.learningRate) { return "add a run with another learning-rate schedule" }
    return law.inputs.contains(.modelSize)
      ? "add runs of other model sizes and lengths" : "add a longer run"
  }

  /// A number to four significant digits.
  private static func rounded(_ value: Double) -> Double {
    guard value != 0, value.isFinite else { return value }
    let digits = 3 - Double.log10(abs(value)).rounded(.down)
    let unit = Double.pow(10, abs(digits))
    return digits > 0 ? (value * unit).rounded() / unit : (value / unit).rounded() * unit
  }

  /// A warning when predicted losses are off by more than a twentieth on average.
  static func poorFit(losses: [Double], predicted: [Double]) -> [String] {
    let errors = zip(losses, predicted).map { abs(($1 - $0) / $0) }
    let mean = errors.reduce(0, +) / Double(errors.count)
    guard mean > 0.05, mean.isFinite else { return [] }
    return [
      "the law does not describe these losses: the mean error is \(Int((100 * min(mean, 1e6)).rounded()))"
        + " %; look at the curve with report, or choose another --law or --loss"
    ]
  }

  /// A warning when runs of different peak learning rates are fitted with one law.
  static func mixedPeaks(_ trajectories: [Trajectory], law: any LossLaw) -> [String] {
    let peaks = trajectories.compactMap(\.peak)
    guard law.inputs.contains(.learningRate), !law.knowsPeaks, let least = peaks.min(),
      let most = peaks.max(),
      most > 1.02 * least
    else { return [] }
    return [
      "the runs have different peak learning rates (\(least) to \(most)): the law measures a drop "
        + "from each run's own peak and is off by percents across peaks; fit one peak at a time"
    ]
  }
}
