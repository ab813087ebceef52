import RealModule

/// When the back-test of two laws does not tell them apart.
enum NearEqualRule {
  /// How many standard errors of the paired differences the mean difference may be: the usual
  /// one-standard-error rule, by which a small lead is not worth a less proven law.
  static let standardErrors = 1.0
  /// How many times the best law's mean error is never as good, however uncertain the difference:
  /// of few folds a standard error is itself uncertain by half, and one odd fold makes it large.
  static let worstRatio = 1.5
  /// The folds that it takes to estimate a standard error at all.
  static let fewestFolds = 3
  /// With fewer folds, how many times the best law's mean error is as good: errors of one law
  /// commonly differ by that from one run to another, so that one or two folds overrule the order of
  /// merit only by more.
  static let ratio = 2.0
  /// The share of the best law's mean error that is no reason to prefer a law, however sure: the
  /// noise of the rows scored changes the error itself by more.
  static let negligible = 0.05
  /// Relative errors below it are the rounding of fits to curves without noise.
  static let rounding = 1e-6

  /// Whether a law is as good as the best.
  ///
  /// - Parameters:
  ///   - errors: the law's mean error of each fold compared.
  ///   - best: those of the best law.
  /// - Returns: whether the folds do not tell the laws apart.
  static func isAsGood(_ errors: [Double], as best: [Double]) -> Bool {
    let difference = PairedDifference(errors, best)
    let smallest = best.mean
    if difference.mean <= max(negligible * smallest, rounding) { return true }
    guard let error = difference.standardError else { return errors.mean <= ratio * smallest }
    return difference.mean <= standardErrors * error && errors.mean <= worstRatio * smallest
  }
}

/// The difference of two laws' errors, fold by fold.
struct PairedDifference {
  /// The mean difference.
  let mean: Double
  /// Its standard error; nil with fewer than three folds.
  let standardError: Double?

  init(_ errors: [Double], _ best: [Double]) {
    let differences = zip(errors, best).map { $0 - $1 }
    let count = Double(differences.count)
    let mean = differences.mean
    self.mean = mean
    guard differences.count >= NearEqualRule.fewestFolds else {
      standardError = nil
      return
    }
    let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    standardError = (squares / (count - 1) / count).squareRoot()
  }
}

extension [Double] {
  var mean: Double { reduce(0, +) / Double(count) }
}
