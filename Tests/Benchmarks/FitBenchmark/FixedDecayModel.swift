import LeastSquares
import VectorMath

/// The annealing law with λ given: L0 + A·S1^(-α) - C·S2, with log S1 and S2 prepared.
struct FixedDecayModel: SeparableModel {
  let logs: [Double]
  let annealing: [Double]
  let linearCount = 3
  let nonlinearCount = 1
  let derivativeColumns = [DerivativeColumn(function: 1, parameter: 0)]
  private let kernels = VectorKernels.best

  init(forward: [Double], annealing: [Double]) {
    logs = [Double](unsafeUninitializedCapacity: forward.count) { buffer, count in
      let target = UnsafeMutableBufferPointer(rebasing: buffer[..<forward.count])
      forward.withUnsafeBufferPointer { VectorKernels.best.log($0, into: target) }
      count = forward.count
    }
    self.annealing = annealing
  }

  var rowCount: Int { logs.count }

  func evaluate(_ nonlinear: [Double], into block: BasisBlock) {
    kernels.fill(block.function(0), with: 1)
    logs.withUnsafeBufferPointer { logs in
      let logs = UnsafeBufferPointer(rebasing: logs[block.rows])
      if block.wantsDerivatives {
        kernels.exp(
          logs, scale: -nonlinear[0], into: block.function(1),
          timesArgument: block.derivative(0), factor: -1)
      } else {
        kernels.exp(logs, scale: -nonlinear[0], into: block.function(1))
      }
    }
    annealing.withUnsafeBufferPointer {
      kernels.scale(UnsafeBufferPointer(rebasing: $0[block.rows]), by: -1, into: block.function(2))
    }
  }
}
