import Schedules

/// A schedule as optax code: its own schedules where they say a piece exactly, else a function.
enum OptaxExport {
  /// The code, and whether all of it is calls of optax's schedules.
  static func code(for schedule: Schedule) -> (text: String, isNamed: Bool) {
    let pieces = schedule.updatePieces
    var calls: [String] = []
    var isNamed = true
    for piece in pieces {
      if let call = call(for: piece) {
        calls.append(call)
      } else {
        isNamed = false
        let rate = PythonFormula(module: "jnp").rate(of: piece, elapsed: "count")
        calls.append("lambda count: \(rate)")
      }
    }
    var boundaries = pieces.dropFirst().map(\.first)
    // The end rate, unless the last call keeps it by itself.
    if pieces.last.map({ holdsItsEnd($0) ? false : true }) ?? true {
      calls.append("optax.constant_schedule(\(PythonFormula.number(schedule.finalRate)))")
      if let last = pieces.last { boundaries.append(last.first + last.count) }
    }
    var text = "# Schedule: \(schedule)\n"
    text += isNamed ? "import optax\n\n" : "import jax.numpy as jnp\nimport optax\n\n"
    guard calls.count > 1 else { return (text + "schedule = \(calls[0])\n", isNamed) }
    text += "schedule = optax.join_schedules(\n    [\n"
    text += calls.map { "        \($0),\n" }.joined()
    text += "    ],\n    [\(boundaries.map { "\($0)" }.joined(separator: ", "))],\n)\n"
    return (text, isNamed)
  }

  /// Whether optax's schedule of a piece stays at the piece's end.
  private static func holdsItsEnd(_ piece: UpdatePiece) -> Bool {
    call(for: piece) != nil && (piece.phase.kind == .stable || piece.shapeEnd <= piece.lastEnd)
  }

  /// The call of optax's own schedule that has exactly the piece's rates; nil when none has.
  private static func call(for piece: UpdatePiece) -> String? {
    let phase = piece.phase
    let text = PythonFormula.number
    if phase.kind == .stable || phase.shape == .constant {
      return "optax.constant_schedule(\(text(phase.startRate)))"
    }
    if phase.shape == .linear {
      let rate = { (gone: Double) in
        let part = gone / piece.length
        return phase.startRate * (1 - part) + phase.target * part
      }
      // The line from the piece's first update to the shape's end.
      let steps = piece.length - piece.begin
      guard steps > 0, steps == steps.rounded() else { return nil }
      return "optax.linear_schedule(\(text(rate(piece.begin))), \(text(phase.target)), "
        + "\(text(steps)))"
    }
    guard piece.begin == 0, piece.length == piece.length.rounded(), phase.kind == .decay else {
      return nil
    }
    let length = text(piece.length)
    switch phase.shape {
    case .cosine(let power, let warp) where warp == 1 && phase.startRate > 0:
      let exponent = power == 1 ? "" : ", exponent=\(text(power))"
      return "optax.cosine_decay_schedule(\(text(phase.startRate)), \(length), "
        + "alpha=\(text(phase.target / phase.startRate))\(exponent))"
    case .polynomial(let power):
      return "optax.polynomial_schedule(\(text(phase.startRate)), \(text(phase.target)), "
        + "\(text(power)), \(length))"
    default: return nil
    }
  }
}

extension UpdatePiece {
  /// The update behind the piece's last.
  fileprivate var lastEnd: Double { Double(first + count) }
}
