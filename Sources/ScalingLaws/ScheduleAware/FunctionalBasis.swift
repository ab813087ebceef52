import LeastSquares
import RealModule
import Schedules
import VectorMath

/// The basis functions of ``FunctionalLaw``: 1, T^(-s), -Σ dₖ Gₖ and -Σ dₖ T(k)^(-s) Gₖ.
struct FunctionalBasis: SeparableModel {
  private let power: PowerTerm
  private var drops: DropSums
  private var slopes: [Double]
  /// Node weights, times T(k)^(-s), times log T(k).
  private var sets: [[Double]]
  private var prepared: [Double] = []
  private var preparedDerivatives = false
  private let kernels = VectorKernels.best
  let linearCount = 4
  let nonlinearCount = 3
  let derivativeColumns = [(1, 0), (3, 0), (2, 1), (3, 1), (2, 2), (3, 2)].map {
    DerivativeColumn(function: $0.0, parameter: $0.1)
  }

  init(rows: LawRows) {
    power = PowerTerm(arguments: rows.areas.flatMap(\.forward))
    let sources = zip(rows.segments, rows.areas).compactMap { segment, areas in
      segment.path.map { path in
        let drops = RateDrops(path: path, positions: segment.positions, warmup: rows.warmup)
        let origins = zip(drops.areasBefore, drops.rates).map { $0 + $1 }
        // T counts the warm-up as S1 does, which is the same before all drops.
        let offset = (areas.forward.last ?? 0) - (drops.areas.last ?? 0)
        return DropSums.Source(
          steps: drops.steps, sizes: drops.sizes, origins: origins,
          marks: origins.map { .log($0 + offset) }, counts: drops.counts, areas: drops.areas)
      }
    }
    drops = DropSums(sources, response: .power, sets: 3)
    slopes = [Double](repeating: 0, count: drops.weights.count)
    sets = [drops.weights, slopes, slopes]
  }

  var rowCount: Int { power.rowCount }

  mutating func prepare(_ nonlinear: [Double], wantsDerivatives: Bool) {
    guard nonlinear != prepared || (wantsDerivatives && !preparedDerivatives) else { return }
    prepared = nonlinear
    preparedDerivatives = wantsDerivatives
    let kernels = kernels
    let slope = Double.exp(nonlinear[1])
    slopes.withUnsafeMutableBufferPointer { kernels.fill($0, with: slope) }
    weigh(exponent: nonlinear[0], wantsDerivatives: wantsDerivatives)
    drops.compute(
      slopes: slopes, exponent: nonlinear[2],
      sets: wantsDerivatives ? sets : Array(sets[..<2]), wantsDerivatives: wantsDerivatives)
  }

  private mutating func weigh(exponent: Double, wantsDerivatives: Bool) {
    let kernels = kernels
    let (weights, marks) = (drops.weights, drops.marks)
    weights.withUnsafeBufferPointer { weights in
      marks.withUnsafeBufferPointer { marks in
        sets[1].withUnsafeMutableBufferPointer { weighted in
          kernels.exp(marks, scale: -exponent, into: weighted)
          kernels.multiply(UnsafeBufferPointer(weighted), weights, into: weighted)
        }
      }
    }
    guard wantsDerivatives else { return }
    for node in marks.indices { sets[2][node] = sets[1][node] * marks[node] }
  }

  func evaluate(_ nonlinear: [Double], into block: BasisBlock) {
    kernels.fill(block.function(0), with: 1)
    power.write(exponent: nonlinear[0], to: block, function: 1, derivative: 0)
    write(set: 0, .response, to: block.function(2), block.rows)
    write(set: 1, .response, to: block.function(3), block.rows)
    guard block.wantsDerivatives else { return }
    write(set: 2, .response, sign: 1, to: block.derivative(1), block.rows)
    for set in 0...1 {
      write(set: set, .slopeDerivative, to: block.derivative(2 + set), block.rows)
      write(set: set, .exponentDerivative, to: block.derivative(4 + set), block.rows)
    }
  }

  private func write(
    set: Int, _ column: DropSums.Column, sign: Double = -1,
    to target: UnsafeMutableBufferPointer<Double>, _ rows: Range<Int>
  ) {
    for (i, row) in rows.enumerated() {
      target[i] = sign * drops.sum(set: set, column, row: row)
    }
  }
}
