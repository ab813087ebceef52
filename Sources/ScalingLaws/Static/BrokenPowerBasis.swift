import LeastSquares
import RealModule

/// The basis functions of ``BrokenPowerLaw``: 1 and φ = (x/d1)^(-c0)·Πᵢ (1 + (x/dᵢ)^(1/fᵢ))^(-cᵢ·fᵢ).
///
/// With tᵢ = log(x/dᵢ)/fᵢ, log φ = -c0·log(x/d1) - Σᵢ cᵢ·fᵢ·log(1 + e^tᵢ): no power is ever formed, so
/// that sharp breaks do not overflow.
struct BrokenPowerBasis: SeparableModel {
  private let logs: [Double]
  private let breakCount: Int
  let linearCount = 2
  let derivativeColumns: [DerivativeColumn]

  init(steps: [Double], breakCount: Int) {
    logs = steps.map { .log($0) }
    self.breakCount = breakCount
    derivativeColumns = (0..<(1 + 3 * breakCount)).map {
      DerivativeColumn(function: 1, parameter: $0)
    }
  }

  var nonlinearCount: Int { 1 + 3 * breakCount }
  var rowCount: Int { logs.count }

  func evaluate(_ nonlinear: [Double], into block: BasisBlock) {
    let (slope, first) = (nonlinear[0], nonlinear[2])
    let function = block.function(1)
    block.function(0).update(repeating: 1)
    for (offset, row) in block.rows.enumerated() {
      function[offset] = -slope * (logs[row] - first)
      guard block.wantsDerivatives else { continue }
      block.derivative(0)[offset] = first - logs[row]
      block.derivative(2)[offset] = slope
    }
    for index in 0..<breakCount {
      let place = first + (index == 0 ? 0 : nonlinear[5])
      addBreak(index, nonlinear: nonlinear, place: place, to: block)
    }
    for offset in function.indices { function[offset] = .exp(function[offset]) }
    guard block.wantsDerivatives else { return }
    for column in derivativeColumns.indices {
      let derivative = block.derivative(column)
      for offset in function.indices { derivative[offset] *= function[offset] }
    }
  }

  /// Adds a break to log φ and to its derivatives.
  private func addBreak(_ index: Int, nonlinear: [Double], place: Double, to block: BasisBlock) {
    let change = nonlinear[1 + 3 * index]
    let width = Double.exp(nonlinear[3 + 3 * index])
    let function = block.function(1)
    for (offset, row) in block.rows.enumerated() {
      let distance = (logs[row] - place) / width
      // log(1 + e^t) and its derivative e^t/(1 + e^t).
      let tail = Double.exp(-abs(distance))
      let bend = max(distance, 0) + .log(onePlus: tail)
      function[offset] -= change * width * bend
      guard block.wantsDerivatives else { continue }
      let share = (distance >= 0 ? 1 : tail) / (1 + tail)
      block.derivative(1 + 3 * index)[offset] = -width * bend
      block.derivative(3 + 3 * index)[offset] = -change * width * (bend - share * distance)
      if index == 0 {
        block.derivative(2)[offset] += change * share
      } else {
        block.derivative(2 + 3 * index)[offset] = change * share
        block.derivative(2)[offset] += change * share
      }
    }
  }
}
