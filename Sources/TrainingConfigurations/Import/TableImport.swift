import Foundation

/// A table of two columns, `step,learning_rate`: pieces that are linear between the rows.
///
/// Rows on a line are one piece. Behind the last row its rate holds.
enum TableImport {
  /// The largest table that is read, in bytes.
  static let sizeLimit = 32_000_000

  /// The most bends that a table may have.
  private static let pieceLimit = 9_900

  /// Whether a text is such a table: numbers in its first or second line.
  static func recognises(_ text: String) -> Bool {
    let lines = text.split(maxSplits: 4, whereSeparator: \.isNewline).prefix(3)
    let numeric = lines.filter {
      fields($0).count >= 2 && fields($0).allSatisfy { Double($0) != nil }
    }
    return numeric.count >= min(2, lines.count) && !numeric.isEmpty
  }

  private static func fields(_ line: Substring) -> [Substring] {
    let separators: Set<Character> = [",", "\t", ";"]
    return line.contains(where: separators.contains)
      ? line.split { separators.contains($0) || $0 == " " }
      : line.split { $0 == " " }
  }

  /// The schedule of a table.
  static func sketch(
    of text: String, notes: inout [String]
  ) throws(ConfigurationError) -> ScheduleSketch {
    let rows = try rows(of: text, notes: &notes)
    guard let first = rows.first, let last = rows.last else {
      throw ConfigurationError(.unreadable, "the table has no rows of step and learning rate")
    }
    let peak = rows.map(\.rate).max() ?? 0
    guard peak > 0 else {
      throw ConfigurationError(.invalid, "the learning rate is zero in every row")
    }
    let knots = knots(of: rows, tolerance: 1e-13 * peak)
    guard knots.count <= pieceLimit else {
      throw ConfigurationError(
        .notSupported,
        "the table bends \(knots.count) times, and \(pieceLimit) is the limit; keep fewer rows")
    }
    var sketch = ScheduleSketch(peak: peak)
    if first.step > 0 {
      notes.append("before the first row, at step \(Int(first.step)), its rate is held")
      sketch.hold(until: first.step, at: first.rate)
    }
    for (left, right) in zip(knots, knots.dropFirst()) {
      if left.rate == right.rate {
        sketch.hold(until: right.step, at: left.rate)
      } else if left.rate < right.rate {
        sketch.warmup(until: right.step, from: left.rate, to: right.rate)
      } else {
        sketch.decay("linear", until: right.step, from: left.rate, to: right.rate)
      }
    }
    sketch.hold(until: last.step + 1, at: last.rate)
    notes.append("\(rows.count) rows make \(sketch.phases.count) pieces, linear between rows")
    return sketch
  }

  private struct Row {
    var step: Double
    var rate: Double
  }

  private static func rows(
    of text: String, notes: inout [String]
  ) throws(ConfigurationError) -> [Row] {
    var rows: [Row] = []
    var columns = (step: 0, rate: 1)
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let fields = fields(line)
      if fields.isEmpty || line.first == "#" { continue }
      let number = index + 1
      if rows.isEmpty, Double(fields[0]) == nil {
        columns = try TableHeader.columns(fields, line: number, notes: &notes)
        continue
      }
      guard max(columns.step, columns.rate) < fields.count,
        let step = Double(fields[columns.step]), let rate = Double(fields[columns.rate])
      else {
        throw ConfigurationError(
          .invalid, "'\(line.prefix(80))' is no row of step and learning rate", line: number)
      }
      guard step >= 0, step <= 1e12, step == step.rounded() else {
        throw ConfigurationError(
          .invalid, "a step must be a whole number from 0 to 10^12, not \(step)", line: number)
      }
      guard rate >= 0, rate.isFinite else {
        throw ConfigurationError(
          .invalid, "a learning rate must be finite and not negative, not \(rate)", line: number)
      }
      if let last = rows.last, last.step >= step {
        throw ConfigurationError(
          .invalid, "step \(Int(step)) follows step \(Int(last.step)); sort the rows, one a step",
          line: number)
      }
      rows.append(Row(step: step, rate: rate))
    }
    return rows
  }

  /// The rows where the line bends by more than a tolerance; the first and the last are kept.
  ///
  /// One pass over the rows, whatever they are.
  private static func knots(of rows: [Row], tolerance: Double) -> [Row] {
    guard var anchor = rows.first else { return [] }
    var knots = [anchor]
    var slopes = -Double.infinity...Double.infinity
    for (previous, row) in zip(rows, rows.dropFirst()) {
      // Slopes from the anchor that pass every row so far within the tolerance.
      let span = row.step - anchor.step
      let slope = (row.rate - anchor.rate) / span
      if slopes.contains(slope) {
        let width = tolerance / span
        slopes = max(slopes.lowerBound, slope - width)...min(slopes.upperBound, slope + width)
      } else {
        knots.append(previous)
        anchor = previous
        let next = (row.rate - anchor.rate) / (row.step - anchor.step)
        let width = tolerance / (row.step - anchor.step)
        slopes = (next - width)...(next + width)
      }
    }
    if rows.count > 1 { knots += rows.suffix(1) }
    return knots
  }
}
