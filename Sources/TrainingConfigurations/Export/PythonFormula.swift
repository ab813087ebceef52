import Schedules

/// The rate of a piece as a Python expression.
///
/// The formulas are those of the library `Schedules`, in the same order of operations, so that the
/// values differ by rounding only.
struct PythonFormula {
  /// The module of `sin`, `sqrt` and the others: `math` or `jnp`.
  let module: String

  /// A number as Python reads it: `0.0003`, `3e-05`, `1000`.
  static func number(_ value: Double) -> String {
    abs(value) < 1e15 && value == value.rounded() ? "\(Int(value))" : "\(value)"
  }

  /// The expression of a piece's rate.
  ///
  /// - Parameters:
  ///   - piece: the piece.
  ///   - elapsed: the Python expression of the updates since the piece's first.
  /// - Returns: the expression.
  func rate(of piece: UpdatePiece, elapsed: String) -> String {
    let phase = piece.phase
    let start = Self.number(phase.startRate)
    let target = Self.number(phase.target)
    if phase.kind == .stable || phase.shape == .constant { return start }
    let gone = piece.begin == 0 ? elapsed : "(\(elapsed) + \(Self.number(piece.begin)))"
    let length = Self.number(piece.length)
    let done = "\(gone) / \(length)"
    let left = "(\(length) - \(gone)) / \(length)"
    if phase.kind == .warmup {
      return blend(start, target, rise(phase.shape, done: done, gone: gone, length: piece.length))
    }
    switch phase.shape {
    case .exponential:
      return "\(start) * (\(target) / \(start)) ** (\(done))"
    case .inverse:
      let ratio = "(\(target) / \(start))"
      return "\(start) * \(ratio) / ((\(left)) * \(ratio) + \(done))"
    case .halfLife(let steps):
      return blend(target, start, "2.0 ** (-\(gone) / \(Self.number(steps)))")
    case .inverseSquareRoot(let timescale):
      return blend(target, start, "1 / \(module).sqrt(1 + \(gone) / \(Self.number(timescale)))")
    case .power(let exponent):
      let origin = Self.number(Double(phase.firstStep))
      return blend(target, start, "(1 + \(gone) / \(origin)) ** \(Self.number(exponent))")
    default:
      return blend(target, start, remainder(phase.shape, done: done, left: left))
    }
  }

  /// `from` at part 0, `to` at part 1.
  private func blend(_ from: String, _ to: String, _ part: String) -> String {
    if from == to { return from }
    if from == "0" { return "\(to) * (\(part))" }
    if to == "0" { return "\(from) * (1 - (\(part)))" }
    return "\(from) * (1 - (\(part))) + \(to) * (\(part))"
  }

  private func raisedSine(_ fraction: String) -> String {
    "\(module).sin(\(module).pi / 2 * (\(fraction))) ** 2"
  }

  private func rise(
    _ shape: ScheduleShape, done: String, gone: String, length: Double
  ) -> String {
    switch shape {
    case .cosine: raisedSine(done)
    case .oneMinusSquareRoot: "(\(done)) / (1 + \(module).sqrt(1 - \(done)))"
    case .quadratic: "(\(done)) ** 2"
    case .logarithmic:
      "\(module).log(\(gone) + 1) / \(module).log(\(Self.number(max(2, length))))"
    default: done
    }
  }

  private func remainder(_ shape: ScheduleShape, done: String, left: String) -> String {
    let number = Self.number
    switch shape {
    case .cosine(let power, let warp):
      let fraction = warp == 1 ? left : "1 - (\(done)) ** \(number(warp))"
      let sine = raisedSine(fraction)
      return power == 1 ? sine : "(\(sine)) ** \(number(power))"
    case .cosineLinear: return "(\(left)) * \(raisedSine(left))"
    case .oneMinusSquareRoot: return "(\(left)) / (1 + \(module).sqrt(\(done)))"
    case .square: return "(\(left)) * (1 + \(done))"
    case .mirrorCosine: return "2 * (\(left)) - \(raisedSine(left))"
    case .polynomial(let power): return "(\(left)) ** \(number(power))"
    case .megatronExponential(let base):
      let base = number(base)
      return "\(base) * \(module).expm1(-(\(left)) * \(module).log(\(base))) / (1 - \(base))"
    case .rex(let beta):
      let beta = number(beta)
      return "(\(left)) / (1 - \(beta) + \(beta) * (\(left)))"
    case .hyperbolicTangent(let lower, let upper):
      return "(1 - \(module).tanh(\(number(lower)) * (\(left)) + \(number(upper)) * \(done))) / 2"
    default: return left
    }
  }
}
