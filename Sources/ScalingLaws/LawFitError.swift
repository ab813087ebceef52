/// Why a law cannot be fitted to rows at all.
public enum LawFitError: Error, Sendable, Hashable {
  /// There are fewer rows than free parameters and one.
  case tooFewRows(count: Int, needed: Int)
  /// Every loss is the same.
  case constantLoss(Double)
  /// A loss is zero or negative, so it has no logarithm; the row's index and loss.
  case notPositive(row: Int, loss: Double)
  /// The law needs the learning rate and a run has none.
  case missingLearningRate
  /// A parameter to be fixed is not one of the law's.
  case unknownParameter(name: String, known: [String])
  /// A parameter cannot be fixed at that value.
  case valueOutOfRange(name: String, value: Double, range: String)
  /// C can only be fixed together with λ, because the fit's own coordinate is C/(1-λ).
  case fixedWithout(name: String, partner: String)
  /// No values of the parameters give a finite cost.
  case noFiniteStart
}
