import LeastSquares
import RealModule
import Schedules
import VectorMath

/// What the rows of runs with a change of data hold for ``ContinualLaw``.
struct ContinualColumns {
  /// S1, one a row.
  let forward: [Double]
  /// S1cpt, the part of S1 after the change, one a row.
  let newForward: [Double]
  /// The areas of the drops up to the change and after it, one a run.
  let before: [LearningRateAreas]
  let after: [LearningRateAreas]

  /// Splits the areas of rows whose paths and switch steps are known.
  init(rows: LawRows) {
    var forward: [Double] = []
    var newForward: [Double] = []
    var before: [LearningRateAreas] = []
    var after: [LearningRateAreas] = []
    for (segment, areas) in zip(rows.segments, rows.areas) {
      guard let path = segment.path, let last = segment.facts.switchStep else { continue }
      // Beyond the last row it does not matter where the data change.
      let change = min(
        max(last, path.firstPosition), (segment.positions.last ?? path.firstPosition) + 1)
      forward += areas.forward
      let atChange = LearningRateAreas(path: path, positions: [change], warmup: rows.warmup)
      newForward += zip(segment.positions, areas.forward).map { position, area in
        position > change ? area - atChange.forward[0] : 0
      }
      for (held, isBefore) in [
        (path.held(after: change), true), (path.held(before: change), false),
      ] {
        let part = LearningRateAreas(
          path: held, positions: segment.positions, warmup: rows.warmup)
        if isBefore { before.append(part) } else { after.append(part) }
      }
    }
    self.forward = forward
    self.newForward = newForward
    self.before = before
    self.after = after
  }
}

/// The basis functions of ``ContinualLaw``.
struct ContinualBasis: SeparableModel {
  let power: PowerTerm
  let linearCount = 5
  let nonlinearCount = 4
  let derivativeColumns = [
    DerivativeColumn(function: 1, parameter: 0), DerivativeColumn(function: 2, parameter: 1),
    DerivativeColumn(function: 3, parameter: 1), DerivativeColumn(function: 4, parameter: 2),
    DerivativeColumn(function: 4, parameter: 3),
  ]
  private let newForward: [Double]
  private var before: AnnealingTerm
  private var after: AnnealingTerm
  private let kernels = VectorKernels.best

  init(columns: ContinualColumns) {
    power = PowerTerm(arguments: columns.forward)
    newForward = columns.newForward
    before = AnnealingTerm(areas: columns.before)
    after = AnnealingTerm(areas: columns.after)
  }

  var rowCount: Int { power.rowCount }

  mutating func prepare(_ nonlinear: [Double], wantsDerivatives: Bool) {
    before.prepare(logMemoryLoss: nonlinear[1], wantsDerivatives: wantsDerivatives)
    after.prepare(logMemoryLoss: nonlinear[1], wantsDerivatives: wantsDerivatives)
  }

  func evaluate(_ nonlinear: [Double], into block: BasisBlock) {
    kernels.fill(block.function(0), with: 1)
    power.write(exponent: nonlinear[0], to: block, function: 1, derivative: 0)
    before.write(to: block, function: 2, derivative: 1)
    after.write(to: block, function: 3, derivative: 2)
    writeShift(rate: .exp(nonlinear[2]), exponent: nonlinear[3], to: block)
  }

  /// 1 - (1 + E·S)^(-β), and its derivatives by log E and β.
  private func writeShift(rate: Double, exponent: Double, to block: BasisBlock) {
    let shift = block.function(4)
    for (index, row) in block.rows.enumerated() {
      let growth = rate * newForward[row]
      let log = Double.log(onePlus: growth)
      shift[index] = -.expMinusOne(-exponent * log)
      guard block.wantsDerivatives else { continue }
      let power = 1 - shift[index]
      block.derivative(3)[index] = exponent * power * growth / (1 + growth)
      block.derivative(4)[index] = power * log
    }
  }
}
