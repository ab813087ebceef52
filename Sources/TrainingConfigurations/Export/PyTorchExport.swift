import Schedules

/// A schedule as Python code: a function of the update, and a `LambdaLR` that multiplies by it.
enum PyTorchExport {
  /// The code, whose `learning_rate(t)` is the rate that update t, from 0, uses.
  static func code(for schedule: Schedule) -> String {
    let formula = PythonFormula(module: "math")
    var lines = [
      "# Schedule: \(schedule)", "import math", "",
      "PEAK = \(PythonFormula.number(schedule.peak))", "", "",
      "def learning_rate(update):",
      "    \"\"\"The learning rate that the update with this index, from 0, uses.\"\"\"",
    ]
    for piece in schedule.updatePieces {
      let elapsed = piece.first == 0 ? "update" : "(update - \(piece.first))"
      lines.append("    if update < \(piece.first + piece.count):")
      lines.append("        return \(formula.rate(of: piece, elapsed: elapsed))")
    }
    lines.append("    return \(PythonFormula.number(schedule.finalRate))")
    lines += [
      "", "",
      "def scheduler(optimizer):",
      "    \"\"\"The scheduler of an optimizer that was made with lr=PEAK.\"\"\"",
      "    from torch.optim.lr_scheduler import LambdaLR", "",
      "    return LambdaLR(optimizer, lambda update: learning_rate(update) / PEAK)", "",
    ]
    return lines.joined(separator: "\n")
  }
}
