import Foundation
import LeastSquares
import VectorMath

/// L = E + A·N^(-α) + B·D^(-β), Huber's loss (δ 1e-3) on log losses (Hoffmann et al., arXiv
/// 2203.15556, approach 3), from a scan over α and β.
enum Chinchilla {
  static func run(_ directory: String) throws -> [String: Any] {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(directory)/chinchilla.f64"))
    let values = data.withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
    let count = values.count / 3
    let sizes = Array(values[..<count])
    let tokens = Array(values[count..<(2 * count)])
    let losses = Array(values[(2 * count)...])
    var result: (cost: Double, parameters: [Double]) = (.nan, [])
    let seconds = FitBenchmark.median(51) {
      result = fit(sizes: sizes, tokens: tokens, losses: losses) ?? (.nan, [])
    }
    return ["seconds": seconds, "cost": result.cost, "parameters": result.parameters]
  }

  static func fit(
    sizes: [Double], tokens: [Double], losses: [Double]
  ) -> (cost: Double, parameters: [Double])? {
    let model = TwoPowers(first: sizes.map { log($0) }, second: tokens.map { log($0) })
    let exponents = (0..<16).map { 0.05 + 0.95 * Double($0) / 15 }
    let scan = ParameterScan(
      values: [exponents, exponents], mayBeNegative: [false, false, false],
      loss: .huber(width: 1e-3))
    let starts = scan.best(
      4, of: model, targets: losses, rowScales: losses.map { 1 / $0 })
    let bounds =
      [ParameterBounds](repeating: .nonNegative, count: 3)
      + [ParameterBounds](repeating: .init(lower: 1e-3, upper: 3), count: 2)
    let report = MultiStart(solver: LevenbergMarquardt(loss: .huber(width: 1e-3))).minimize(
      LogResiduals(
        problem: SeparableProblem(model: model, targets: losses.map { _ in 0 }), losses: losses),
      from: starts.map(\.parameters), bounds: bounds)
    return report.map { ($0.best.cost, $0.best.parameters) }
  }
}

/// The basis 1, x^(-α), y^(-β) from log x and log y.
private struct TwoPowers: SeparableModel {
  let first: [Double]
  let second: [Double]
  let linearCount = 3
  let nonlinearCount = 2
  let derivativeColumns = [
    DerivativeColumn(function: 1, parameter: 0), DerivativeColumn(function: 2, parameter: 1),
  ]
  private let kernels = VectorKernels.best

  init(first: [Double], second: [Double]) {
    self.first = first
    self.second = second
  }

  var rowCount: Int { first.count }

  func evaluate(_ nonlinear: [Double], into block: BasisBlock) {
    block.function(0).update(repeating: 1)
    for (index, logs) in [first, second].enumerated() {
      logs.withUnsafeBufferPointer { logs in
        let logs = UnsafeBufferPointer(rebasing: logs[block.rows])
        kernels.exp(logs, scale: -nonlinear[index], into: block.function(1 + index))
        guard block.wantsDerivatives else { return }
        kernels.multiply(
          logs, UnsafeBufferPointer(block.function(1 + index)), scale: -1,
          into: block.derivative(index))
      }
    }
  }
}

/// log P - log L from a problem whose residuals are P.
private struct LogResiduals<Base: LeastSquaresProblem>: LeastSquaresProblem {
  var problem: Base
  let losses: [Double]

  var parameterCount: Int { problem.parameterCount }
  var residualCount: Int { problem.residualCount }
  var scratchColumnCount: Int { problem.scratchColumnCount }

  mutating func prepare(_ parameters: [Double], wantsDerivatives: Bool) {
    problem.prepare(parameters, wantsDerivatives: wantsDerivatives)
  }

  func evaluate(_ parameters: [Double], into block: ResidualBlock) {
    problem.evaluate(parameters, into: block)
    for (offset, row) in block.rows.enumerated() {
      let inverse = 1 / block.residuals[offset]
      for j in 0..<parameterCount { block.derivatives(j)[offset] *= inverse }
      block.residuals[offset] = log(block.residuals[offset] / losses[row])
    }
  }
}
