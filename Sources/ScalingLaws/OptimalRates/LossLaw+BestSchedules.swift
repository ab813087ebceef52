extension NoiseFloorLaw {
  /// It exists, but falls faster than the law is right about.
  public var bestSchedule: BestSchedule {
    .doubtful(
      "progress counts to the end and the noise floor forgets little at low rates, so that the best "
        + "rate falls fast and then lingers; but such decays are what the law overrates, by about "
        + "0.5 to 1 % on exponential ones, which is more than they are forecast to gain: prefer the "
        + "best linear, cosine or 1-sqrt decay, and compare with --law multi-power")
  }
}

extension MultiPowerLaw {
  /// It exists unless gains count steps.
  public var bestSchedule: BestSchedule {
    switch form {
    case .steps: .oneJump("a drop's gain")
    case .full:
      .exists(
        "a drop takes effect by the rate summed since, so that falling too fast gains nothing; the "
          + "search is among gradual falls, for the law credits a fall in a single step with the "
          + "rate it reaches, more than the same fall in ten")
    case .noGamma, .exponential:
      .exists(
        "a drop takes effect by the rate summed since, so that falling too fast gains nothing")
    }
  }
}

extension FunctionalLaw {
  /// It exists, but for early drops.
  public var bestSchedule: BestSchedule {
    .doubtful(
      "a drop takes effect by the rate summed since, so that falling too fast gains nothing; but with "
        + "c2 above 0 a drop counts the more the earlier it is, without end, so that the best rate "
        + "falls at once after the warm-up: compare with the best of the families")
  }
}

extension ConvexBoundLaw {
  /// It exists.
  public var bestSchedule: BestSchedule {
    .doubtful(
      "a step counts by its rate over the rates still to come, which makes for a decay close to "
        + "linear; but the law is a bound, which ranks schedules and misses losses by a per cent")
  }
}

extension AnnealingLaw {
  /// None: a jump.
  public var bestSchedule: BestSchedule { .oneJump("a drop's gain") }
}

extension SizedAnnealingLaw {
  /// None: a jump.
  public var bestSchedule: BestSchedule { .oneJump("a drop's gain") }
}

extension PowerAnnealingLaw {
  /// None: a jump.
  public var bestSchedule: BestSchedule { .oneJump("a drop's part in S2") }
}

extension ContinualLaw {
  /// None: a jump.
  public var bestSchedule: BestSchedule { .oneJump("a drop's gain on each side of the switch") }
}

extension WeightedAnnealingLaw {
  /// None that does not hang on ε.
  public var bestSchedule: BestSchedule {
    .none(
      "with ε = 0 it is a jump, as by the annealing law, and with ε from 0.2 on the rate hardly falls, "
        + "because momentum then counts by the rate: what comes out hangs on ε alone, which is near 0 "
        + "in fits")
  }
}

extension LinearRateLaw {
  /// None: a jump at the last step.
  public var bestSchedule: BestSchedule { .lastStep }
}

extension CollapseLaw {
  /// None: a jump at the last step.
  public var bestSchedule: BestSchedule { .lastStep }
}

extension PowerLaw {
  /// None: the rate never falls.
  public var bestSchedule: BestSchedule {
    clock == .forwardArea
      ? .none("the loss falls with the summed rate alone, so that the rate had best never fall")
      : .none(
        "the law does not know the learning rate: all schedules of one length are alike to it")
  }
}

extension ForwardMomentumLaw {
  /// None: momentum is normalised.
  public var bestSchedule: BestSchedule {
    .none(
      "momentum is divided by its own size, so that a fall by a millionth counts as much as one to "
        + "zero: the best schedule all but holds the peak")
  }
}
