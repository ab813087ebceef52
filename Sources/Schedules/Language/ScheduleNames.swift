/// The names of settings.
enum ScheduleSetting: String, CaseIterable {
  case peak
  case total
  case minimum = "min"
  case convention = "conv"
  case tokensPerBatch = "tpb"
  case samplesPerBatch = "spb"
  case stepsPerEpoch = "spe"
  case from
}

/// The names of a phase's keys.
enum ScheduleKey: String, CaseIterable {
  case to
  case at
  case power = "p"
  /// `of=`, the length of the whole shape.
  case whole = "of"
  /// `skip=`, the steps of the shape that have gone before the phase.
  case skipped = "skip"
  case warp = "k"
  case base = "g"
  case beta
  case halfLife = "h"
  case timescale = "tau"
  case exponent = "b"
  case lowerBound = "lb"
  case upperBound = "ub"

  /// The shapes that the key belongs to; empty when it is for all.
  var shapes: [ScheduleShape.Name] {
    switch self {
    case .to, .at, .whole, .skipped: []
    case .power: [.polynomial, .cosine]
    case .warp: [.cosine]
    case .base: [.megatronExponential]
    case .beta: [.rex]
    case .halfLife: [.halfLife]
    case .timescale: [.inverseSquareRoot]
    case .exponent: [.power]
    case .lowerBound, .upperBound: [.hyperbolicTangent]
    }
  }
}

/// What a phase does to the rate.
package enum SchedulePhaseKind: String, CaseIterable {
  case warmup
  case stable
  case decay
}

/// Other names in use for phases and shapes, and the names they stand for.
enum ScheduleAliases {
  static let kinds: [String: SchedulePhaseKind] = [
    "hold": .stable, "constant": .stable, "cooldown": .decay, "anneal": .decay, "rewarm": .warmup,
  ]

  static let shapes: [String: ScheduleShape.Name] = [
    "cos": .cosine, "sqrt": .oneMinusSquareRoot, "minus_sqrt": .oneMinusSquareRoot,
    "miror_cosine": .mirrorCosine,
  ]

  /// The kind that a word names, directly or by an alias.
  static func kind(_ word: String) -> SchedulePhaseKind? {
    SchedulePhaseKind(rawValue: word) ?? kinds[word]
  }

  /// The shape that a word names, directly or by an alias.
  static func shape(_ word: String) -> ScheduleShape.Name? {
    ScheduleShape.Name(rawValue: word) ?? shapes[word]
  }

  /// All words that name a shape, aliases last.
  static var shapeWords: [String] {
    ScheduleShape.Name.allCases.map(\.rawValue) + shapes.keys.sorted()
  }

  /// All words that may begin a phase, aliases last.
  static var phaseWords: [String] {
    SchedulePhaseKind.allCases.map(\.rawValue)
      + ScheduleShape.Name.allCases.filter(\.isDecay).map(\.rawValue) + kinds.keys.sorted()
      + shapes.keys.sorted()
  }
}
