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
}
