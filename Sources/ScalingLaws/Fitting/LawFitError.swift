/// Why a law cannot be fitted to rows at all.
public enum LawFitError: Error, Sendable, Hashable {
  /// There are fewer rows than free parameters and one.
  case tooFewRows(count: Int, needed: Int)
  /// Every loss is the same.
  case constantLoss(Double)
  /// A loss has no logarithm under the objective; the row's index and loss.
  case notPositive(row: Int, loss: Double)
  /// The law needs to know something that is not known of every run.
  case missingInput(LawInput)
  /// A row is beyond the last step that the law can be followed to.
  case tooFar(step: Int, last: Int)
  /// What the law is about is the same in every row.
  case noVariation(LawInput)
  /// A parameter to be fixed is not one of the law's.
  case unknownParameter(name: String, known: [String])
  /// A parameter cannot be fixed at that value.
  case valueOutOfRange(name: String, value: Double, range: String)
  /// A parameter can only be fixed together with another, because the fit's own coordinate is made of
  /// both, as C/(1-λ) of C and λ.
  case fixedWithout(name: String, partner: String)
  /// No values of the parameters give a finite cost.
  case noFiniteStart
}

extension LawFitError: CustomStringConvertible {
  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .tooFewRows(let count, let needed):
      "\(count) row\(count == 1 ? "" : "s") with a loss after the warm-up: the law needs at least "
        + "\(needed); use a longer run, an earlier --from, or a law with fewer parameters"
    case .constantLoss(let loss):
      "the loss is \(loss) in every row: there is no curve to fit; choose another column with "
        + "--loss"
    case .notPositive(let row, let loss):
      "the loss is \(loss) in row \(row + 1) of those fitted, which has no logarithm; choose "
        + "another column with --loss or fit with --objective least-squares"
    case .missingInput(let input):
      "the law needs \(input.words) of every run; \(input.remedy)"
    case .tooFar(let step, let last):
      "there is a row at step \(step), but the law goes along the learning rate point by point, and "
        + "only to step \(last); choose another law with --law"
    case .noVariation(let input):
      "\(input == .tokens ? "the tokens seen" : input.words) are the same in every row, and the law is "
        + "about how the loss changes with them; add runs that differ in them"
    case .unknownParameter(let name, let known):
      "the law has no parameter '\(name)'; it has \(known.joined(separator: ", "))"
    case .valueOutOfRange(let name, let value, let range):
      "\(name) cannot be fixed at \(value); allowed: \(range)"
    case .fixedWithout(let name, let partner):
      "\(name) can only be fixed together with \(partner); add --fix \(partner)=VALUE"
    case .noFiniteStart:
      "no parameters give a finite error; look at the rows with inspect, or leave some out with "
        + "--from and --to"
    }
  }
}
