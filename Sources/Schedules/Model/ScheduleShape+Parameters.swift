extension ScheduleShape {
  /// `poly`: a line, as in HF and PyTorch; `cosine`: the plain one.
  static let usualPower = 1.0
  /// `cosine`: timm's k-decay (arXiv 2004.05909) without effect.
  static let usualWarp = 1.0
  /// `mexp`: Megatron-LM's.
  static let usualBase = 0.5
  /// `rex`: the paper's form (arXiv 2107.04197); many ports take 0.9.
  static let usualBeta = 0.5
  /// `power`: Levanter's and OLMo-core's (arXiv 2408.13359).
  static let usualExponent = -0.51
  /// `tanh`: timm's (arXiv 1806.01593).
  static let usualLowerBound = -7.0
  /// `tanh`: timm's (arXiv 1806.01593).
  static let usualUpperBound = 3.0

  /// `invsqrt`: the warm-up's length, or 10000 without a warm-up, as in HF transformers.
  static func usualTimescale(warmupSteps: Int) -> Double {
    warmupSteps > 0 ? Double(warmupSteps) : 10_000
  }

  /// The parameters that differ from the usual ones, in the order they are written.
  func unusualParameters(warmupSteps: Int) -> [(key: ScheduleKey, value: Double)] {
    switch self {
    case .polynomial(let power) where power != Self.usualPower: return [(.power, power)]
    case .cosine(let power, let warp):
      return [
        (key: ScheduleKey.power, value: power, usual: Self.usualPower),
        (key: ScheduleKey.warp, value: warp, usual: Self.usualWarp),
      ].filter { $0.value != $0.usual }.map { ($0.key, $0.value) }
    case .megatronExponential(let base) where base != Self.usualBase: return [(.base, base)]
    case .halfLife(let steps): return [(.halfLife, steps)]
    case .inverseSquareRoot(let timescale)
    where timescale != Self.usualTimescale(warmupSteps: warmupSteps):
      return [(.timescale, timescale)]
    case .power(let exponent) where exponent != Self.usualExponent: return [(.exponent, exponent)]
    case .rex(let beta) where beta != Self.usualBeta: return [(.beta, beta)]
    case .hyperbolicTangent(let lower, let upper):
      return [
        (key: ScheduleKey.lowerBound, value: lower, usual: Self.usualLowerBound),
        (key: ScheduleKey.upperBound, value: upper, usual: Self.usualUpperBound),
      ].filter { $0.value != $0.usual }.map { ($0.key, $0.value) }
    default: return []
    }
  }
}
