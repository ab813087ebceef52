internal import RealModule

/// How the rate goes from a phase's start to its end, with the shape's parameters.
package enum ScheduleShape: Sendable, Hashable {
  case linear
  /// ((1 + cos(pi x^warp)) / 2)^power.
  case cosine(power: Double, warp: Double)
  /// (1 - x) (1 + cos(pi x)) / 2.
  case cosineLinear
  case oneMinusSquareRoot
  case square
  case mirrorCosine
  /// (1 - x)^power.
  case polynomial(power: Double)
  /// Geometric from start to end.
  case exponential
  /// (base^x - base) / (1 - base); with base 1/2, 2 * 0.5^x - 1, Megatron-LM's "exponential".
  case megatronExponential(base: Double)
  /// Halves its distance to the target every `steps` steps; has no end.
  case halfLife(steps: Double)
  /// 1 / rate is linear.
  case inverse
  /// 1 / sqrt(1 + j / timescale); has no end.
  case inverseSquareRoot(timescale: Double)
  /// (n / n0)^exponent in the run's step n, n0 where the phase begins; has no end.
  case power(exponent: Double)
  /// (1 - x) / (1 - beta + beta (1 - x)).
  case rex(beta: Double)
  /// (1 - tanh(lower (1 - x) + upper x)) / 2.
  case hyperbolicTangent(lower: Double, upper: Double)
  case constant
  /// Warm-up only: x^2.
  case quadratic
  /// Warm-up only: ln(j + 1) / ln(W).
  case logarithmic

  /// The shapes' names.
  package enum Name: String, CaseIterable, Sendable {
    case linear
    case cosine
    case cosineLinear = "cosine-linear"
    case oneMinusSquareRoot = "1-sqrt"
    case square
    case mirrorCosine = "mirror-cosine"
    case polynomial = "poly"
    case exponential = "exp"
    case megatronExponential = "mexp"
    case halfLife = "half-life"
    case inverse = "inv"
    case inverseSquareRoot = "invsqrt"
    case power
    case rex
    case hyperbolicTangent = "tanh"
    case constant = "const"
    case quadratic = "quad"
    case logarithmic = "log"

    /// Whether a decay can have the shape.
    var isDecay: Bool { self != .quadratic && self != .logarithmic }

    /// Whether a warm-up can have the shape.
    var isWarmup: Bool {
      switch self {
      case .linear, .cosine, .oneMinusSquareRoot, .quadratic, .logarithmic, .constant: true
      default: false
      }
    }

    /// Whether the rate has no end of its own: its target, 0 as a rule, is approached for ever.
    package var isOpenEnded: Bool {
      self == .halfLife || self == .inverseSquareRoot || self == .power
    }

    /// Whether the formula divides by the end rate or takes its logarithm.
    var needsPositiveEnds: Bool { self == .exponential || self == .inverse }
  }

  /// The shape's name.
  package var name: Name {
    switch self {
    case .linear: .linear
    case .cosine: .cosine
    case .cosineLinear: .cosineLinear
    case .oneMinusSquareRoot: .oneMinusSquareRoot
    case .square: .square
    case .mirrorCosine: .mirrorCosine
    case .polynomial: .polynomial
    case .exponential: .exponential
    case .megatronExponential: .megatronExponential
    case .halfLife: .halfLife
    case .inverse: .inverse
    case .inverseSquareRoot: .inverseSquareRoot
    case .power: .power
    case .rex: .rex
    case .hyperbolicTangent: .hyperbolicTangent
    case .constant: .constant
    case .quadratic: .quadratic
    case .logarithmic: .logarithmic
    }
  }
}

extension ScheduleShape {
  /// The part d of (start - end) that is left after `elapsed` of `steps` steps, from 1 to 0.
  ///
  /// Each formula is written in 1 - x where the textbook's form cancels near the end; for example
  /// (1 + cos(pi x)) / 2 = sin(pi (1 - x) / 2)^2. Shapes whose form depends on the rates
  /// (`exp`, `inv`, the open-ended ones) and those of warm-ups only are nil.
  func remainder(elapsed: Double, steps: Double) -> Double? {
    let done = elapsed / steps
    let left = (steps - elapsed) / steps
    switch self {
    case .linear: return left
    case .cosine(let power, let warp):
      let raised = warp == 1 ? Self.raisedSine(left) : Self.raisedSine(1 - .pow(done, warp))
      return power == 1 ? raised : .pow(raised, power)
    case .cosineLinear: return left * Self.raisedSine(left)
    case .oneMinusSquareRoot: return left / (1 + done.squareRoot())
    case .square: return left * (1 + done)
    case .mirrorCosine: return 2 * left - Self.raisedSine(left)
    case .polynomial(let power): return .pow(left, power)
    case .megatronExponential(let base):
      return base * .expMinusOne(-left * .log(base)) / (1 - base)
    case .rex(let beta): return left / (1 - beta + beta * left)
    case .hyperbolicTangent(let lower, let upper):
      return (1 - .tanh(lower * left + upper * done)) / 2
    case .constant: return 1
    case .exponential, .inverse, .halfLife, .inverseSquareRoot, .power, .quadratic, .logarithmic:
      return nil
    }
  }

  /// The part of (end - start) that a warm-up has made, from 0 to 1.
  ///
  /// - Parameters:
  ///   - progress: how far the warm-up is, as the convention counts it.
  ///   - elapsed: the steps before this one.
  ///   - steps: the warm-up's length.
  /// - Returns: the part; a shape that is no warm-up's rises linearly.
  func rise(progress: Double, elapsed: Double, steps: Double) -> Double {
    switch self {
    case .cosine: Self.raisedSine(progress)
    case .oneMinusSquareRoot: progress / (1 + (1 - progress).squareRoot())
    case .quadratic: progress * progress
    // DeepSpeed's, which takes a length of 1 for 2. Exactly 1 at the last step.
    case .logarithmic: .log(elapsed + 1) / .log(max(2, steps))
    case .constant: 0
    default: progress
    }
  }

  /// sin(pi x / 2)^2 = (1 - cos(pi x)) / 2.
  private static func raisedSine(_ fraction: Double) -> Double {
    let sine = Double.sin(.pi / 2 * fraction)
    return sine * sine
  }
}
