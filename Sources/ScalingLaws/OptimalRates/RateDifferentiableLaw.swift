public import Schedules

/// A law that gives the derivative of the last loss by every learning rate of the run, in one pass.
public protocol RateDifferentiableLaw: LossLaw {
  /// Whether the law in this form gives the derivatives.
  var givesRateDerivatives: Bool { get }

  /// The loss at the last step, with its derivatives by the rates after the warm-up.
  ///
  /// - Parameters:
  ///   - panels: the learning rates.
  ///   - facts: what else is known of the run.
  ///   - warmup: how the first warm-up counts.
  ///   - coordinates: of the law.
  ///   - gradient: the derivatives are written here; those by the warm-up's rates mean nothing.
  /// - Returns: the loss in nats; not finite where the law gives none.
  /// - Complexity: O(panels).
  func lastLoss(
    of panels: RatePanels, facts: RunFacts, warmup: WarmupArea, coordinates: [Double],
    gradient: inout RatePanelGradient
  ) -> Double
}

extension RateDifferentiableLaw {
  /// True unless a law says otherwise.
  public var givesRateDerivatives: Bool { true }
}
