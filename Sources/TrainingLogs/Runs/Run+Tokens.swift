extension Run {
  /// The tokens of one update, when the log counts tokens at a constant rate from step 0 on; nil
  /// else.
  public var tokensPerStep: Double? {
    guard let tokens else { return nil }
    let rates = zip(steps, tokens).filter { $0 > 0 && $1.isFinite && $1 > 0 }.map { $1 / $0 }
    guard let rate = rates.last, rates.allSatisfy({ abs($0 - rate) <= 1e-3 * rate }) else {
      return nil
    }
    return rate
  }

  /// The run with its steps in updates, where they were logged in tokens.
  ///
  /// - Parameter tokensPerStep: the tokens of one update, above 0.
  /// - Returns: the run as it is when its steps are no tokens.
  public func inUpdates(tokensPerStep: Double) -> Run {
    guard stepUnit == .tokens, tokensPerStep > 0, tokensPerStep.isFinite else { return self }
    var run = self
    run.series.append(Series(name: "tokens", role: .tokens, values: steps))
    run.steps = steps.map { $0 / tokensPerStep }
    run.stepUnit = .steps
    return run
  }
}
