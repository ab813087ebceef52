import LeastSquares
import RealModule
import Schedules
import VectorMath

/// The basis functions of ``MultiPowerLaw``: 1, S1^(-α) and -LD/B.
///
/// Nonlinear coordinates are α, log a at the reference rate, then β and γ where the form has them.
struct MultiPowerBasis: SeparableModel {
  private let form: MultiPowerLaw.Form
  private let power: PowerTerm
  private var drops: DropSums
  /// The drops to a rate of zero before each row, which act in full at once.
  private let settled: [Double]
  /// log(η / reference) · node weight, and a, one a node.
  private let weightedMarks: [Double]
  private var slopes: [Double]
  private var prepared: [Double] = []
  private var preparedDerivatives = false
  private let kernels = VectorKernels.best
  let linearCount = 3
  let nonlinearCount: Int
  let derivativeColumns: [DerivativeColumn]

  init(form: MultiPowerLaw.Form, rows: LawRows) {
    self.form = form
    power = PowerTerm(arguments: rows.areas.flatMap(\.forward))
    nonlinearCount = form.nonlinearCount
    derivativeColumns =
      [DerivativeColumn(function: 1, parameter: 0)]
      + (1..<form.nonlinearCount).map { DerivativeColumn(function: 2, parameter: $0) }
    var settled: [Double] = []
    let sources = rows.segments.compactMap { segment in
      segment.path.map { path in
        let drops = RateDrops(path: path, positions: segment.positions, warmup: rows.warmup)
        return form.source(of: drops, positions: segment.positions, settled: &settled)
      }
    }
    self.settled = settled
    drops = DropSums(sources, response: form.response, sets: form.hasRatePower ? 2 : 1)
    weightedMarks =
      form.hasRatePower ? zip(drops.weights, drops.marks).map { $0 * $1 } : []
    slopes = [Double](repeating: 0, count: drops.weights.count)
  }

  var rowCount: Int { power.rowCount }

  mutating func prepare(_ nonlinear: [Double], wantsDerivatives: Bool) {
    let memory = Array(nonlinear[1...])
    guard memory != prepared || (wantsDerivatives && !preparedDerivatives) else { return }
    prepared = memory
    preparedDerivatives = wantsDerivatives
    let (logSlope, gamma) = (memory[0], form.hasRatePower ? memory[2] : 0)
    let kernels = kernels
    if gamma == 0 {
      let slope = Double.exp(logSlope)
      slopes.withUnsafeMutableBufferPointer { kernels.fill($0, with: slope) }
    } else {
      // a = exp(log a₀ - γ mark) with marks log(η/η₀).
      let factor = Double.exp(logSlope)
      drops.marks.withUnsafeBufferPointer { marks in
        slopes.withUnsafeMutableBufferPointer { slopes in
          kernels.exp(marks, scale: -gamma, into: slopes)
          kernels.scale(UnsafeBufferPointer(slopes), by: factor, into: slopes)
        }
      }
    }
    drops.compute(
      slopes: slopes, exponent: form.response == .power ? memory[1] : 1,
      sets: wantsDerivatives && form.hasRatePower
        ? [drops.weights, weightedMarks] : [drops.weights],
      wantsDerivatives: wantsDerivatives)
  }

  func evaluate(_ nonlinear: [Double], into block: BasisBlock) {
    kernels.fill(block.function(0), with: 1)
    power.write(exponent: nonlinear[0], to: block, function: 1, derivative: 0)
    let value = block.function(2)
    for (i, row) in block.rows.enumerated() {
      value[i] = -drops.sum(set: 0, .response, row: row) - settled[row]
    }
    guard block.wantsDerivatives else { return }
    write(set: 0, .slopeDerivative, sign: -1, to: block.derivative(1), block.rows)
    guard form.response == .power else { return }
    write(set: 0, .exponentDerivative, sign: -1, to: block.derivative(2), block.rows)
    guard form.hasRatePower else { return }
    // log a falls by the mark with γ.
    write(set: 1, .slopeDerivative, sign: 1, to: block.derivative(3), block.rows)
  }

  private func write(
    set: Int, _ column: DropSums.Column, sign: Double,
    to target: UnsafeMutableBufferPointer<Double>, _ rows: Range<Int>
  ) {
    for (i, row) in rows.enumerated() {
      target[i] = sign * drops.sum(set: set, column, row: row)
    }
  }
}

extension MultiPowerLaw.Form {
  /// The drops of a run as this form sees them; appends the settled ones of each row.
  fileprivate func source(
    of drops: RateDrops, positions: [Int], settled: inout [Double]
  ) -> DropSums.Source {
    guard hasRatePower else {
      settled += drops.counts.map { _ in 0 }
      let noMarks = [Double](repeating: 0, count: drops.sizes.count)
      return DropSums.Source(
        steps: drops.steps, sizes: drops.sizes,
        origins: countsSteps ? drops.steps : drops.areasBefore, marks: noMarks,
        counts: drops.counts, areas: countsSteps ? positions.map(Double.init) : drops.areas)
    }
    let lasting = drops.rates.indices.filter { drops.rates[$0] > 0 }
    var (before, total) = ([0], [0.0])
    for (rate, size) in zip(drops.rates, drops.sizes) {
      before.append(before[before.count - 1] + (rate > 0 ? 1 : 0))
      total.append(total[total.count - 1] + (rate > 0 ? 0 : size))
    }
    settled += drops.counts.map { total[$0] }
    return DropSums.Source(
      steps: lasting.map { drops.steps[$0] }, sizes: lasting.map { drops.sizes[$0] },
      origins: lasting.map { drops.areasBefore[$0] },
      marks: lasting.map { .log(drops.rates[$0] / MultiPowerLaw.referenceRate) },
      counts: drops.counts.map { before[$0] }, areas: drops.areas)
  }
}
