internal import RealModule

/// The rates at the ends of a curve, where it begins and ends, and the parameter of its shape.
///
/// The lanes are: rate at the start, rate at the end, start, end, parameter of the shape.
typealias RateCurveParameters = SIMD8<Double>

/// The places of a curve's parameters.
enum RateCurveLane {
  static let startRate = 0
  static let endRate = 1
  static let start = 2
  static let end = 3
  static let parameter = 4
  static let count = 5
}

/// A shape of the schedule language with real-valued ends, to be fitted to logged rates.
struct RateCurve: Sendable, Hashable {
  /// The shape's name; its parameter, if any, is one of the curve's parameters.
  var name: ScheduleShape.Name
  /// Whether it is a warm-up's shape.
  var rises: Bool
  /// Whether the rate goes on along the curve past its end.
  var goesOn = false

  /// Curves that fall, the plainest first.
  static let falling: [RateCurve] = [
    .linear, .cosine, .oneMinusSquareRoot, .exponential, .inverse, .square, .inverseSquareRoot,
    .power, .megatronExponential, .halfLife, .rex, .mirrorCosine, .cosineLinear, .polynomial,
    .hyperbolicTangent,
  ].map { RateCurve(name: $0, rises: false) }

  /// Curves that rise: those of warm-ups, and the geometric one of range tests.
  static let rising: [RateCurve] =
    [.linear, .cosine, .oneMinusSquareRoot, .quadratic, .logarithmic].map {
      RateCurve(name: $0, rises: true)
    } + [RateCurve(name: .exponential, rises: false)]

  /// Whether rows alone tell where the curve begins: moving its start changes its form.
  var tellsStart: Bool {
    switch name {
    case .cosine, .square, .mirrorCosine, .cosineLinear, .hyperbolicTangent, .quadratic,
      .logarithmic:
      true
    case .oneMinusSquareRoot: !rises
    default: false
    }
  }

  /// Whether rows alone tell where the curve ends.
  var tellsEnd: Bool {
    switch name {
    case .cosine, .polynomial, .mirrorCosine, .cosineLinear, .hyperbolicTangent,
      .megatronExponential:
      true
    case .oneMinusSquareRoot: rises
    default: false
    }
  }

  /// Values to start the search for the shape's parameter from; empty when it has none.
  func parameterStarts(length: Double) -> [Double] {
    switch name {
    case .polynomial: [1.5, 2, 3, 0.5]
    case .rex: [0.5, 0.9, -0.5]
    case .inverseSquareRoot, .halfLife: [0.02, 0.1, 0.3, 1, 3].map { $0 * length }
    case .power: [-0.5, -1, -0.2]
    default: []
    }
  }

  /// Which way the curve bends everywhere; nil when it bends both ways or as its parameter says.
  var bend: RateBend? {
    switch name {
    case .oneMinusSquareRoot, .exponential, .inverse, .inverseSquareRoot, .power,
      .megatronExponential, .halfLife, .quadratic:
      .below
    case .square, .logarithmic: .above
    default: nil
    }
  }

  /// What counts for and against the shape where several explain the rows.
  var cost: Int {
    switch name {
    case .linear, .cosine: 0
    case .oneMinusSquareRoot, .exponential: 1
    case .inverse, .square, .inverseSquareRoot, .quadratic: 2
    case .power, .megatronExponential, .halfLife: 3
    default: 5
    }
  }

  /// The shape with a value for its parameter.
  func shape(parameter: Double) -> ScheduleShape {
    switch name {
    case .linear: .linear
    case .cosine: .cosine(power: 1, warp: 1)
    case .cosineLinear: .cosineLinear
    case .oneMinusSquareRoot: .oneMinusSquareRoot
    case .square: .square
    case .mirrorCosine: .mirrorCosine
    case .polynomial: .polynomial(power: parameter)
    case .exponential: .exponential
    case .megatronExponential: .megatronExponential(base: ScheduleShape.usualBase)
    case .halfLife: .halfLife(steps: parameter)
    case .inverse: .inverse
    case .inverseSquareRoot: .inverseSquareRoot(timescale: parameter)
    case .power: .power(exponent: parameter)
    case .rex: .rex(beta: parameter)
    case .hyperbolicTangent:
      .hyperbolicTangent(lower: ScheduleShape.usualLowerBound, upper: ScheduleShape.usualUpperBound)
    case .constant: .constant
    case .quadratic: .quadratic
    case .logarithmic: .logarithmic
    }
  }

  /// The rate at a step; NaN where the parameters make no curve.
  func rate(at step: Double, _ parameters: RateCurveParameters) -> Double {
    let (from, to) = (parameters[RateCurveLane.startRate], parameters[RateCurveLane.endRate])
    let start = parameters[RateCurveLane.start]
    let length = parameters[RateCurveLane.end] - start
    let parameter = parameters[RateCurveLane.parameter]
    guard length > 0 else { return .nan }
    var elapsed = max(step - start, 0)
    if !name.isOpenEnded, !goesOn { elapsed = min(elapsed, length) }
    let done = elapsed / length
    switch name {
    case .exponential: return from * .pow(to / from, done)
    case .inverse: return from * to / ((1 - done) * to + done * from)
    case .halfLife: return to + (from - to) * .exp2(-elapsed / parameter)
    case .inverseSquareRoot: return to + (from - to) / (1 + elapsed / parameter).squareRoot()
    case .power: return to + (from - to) * .pow(1 + elapsed / start, parameter)
    case _ where rises:
      let rise = shape(parameter: parameter).rise(progress: done, elapsed: elapsed, steps: length)
      return from + (to - from) * rise
    default:
      let left = shape(parameter: parameter).remainder(elapsed: elapsed, steps: length) ?? .nan
      return to + (from - to) * left
    }
  }
}

/// Where a curve runs: below or above the line between its ends.
enum RateBend: Sendable, Hashable {
  case below
  case above
}
