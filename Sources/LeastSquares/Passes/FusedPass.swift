import Dispatch

/// One pass over all rows at one θ: residuals, derivatives, weights and sums, block by block.
///
/// Memory is O(p²) and a few blocks; no n × p Jacobian exists. Rows are cut into stretches of
/// `stretchRows` whatever the number of threads, each stretch is summed by itself, and the
/// stretches' sums are added in order: the result does not depend on the number of threads. (It does
/// depend on the processor's vector instructions, in the last bits.)
struct FusedPass {
  private(set) var problem: any LeastSquaresProblem
  private let kernel: BlockSums
  private let threads: Int
  private let partial: AlignedBuffer
  private let workers: [AlignedBuffer]
  private(set) var passes = 0

  init(problem: any LeastSquaresProblem, solver: LevenbergMarquardt) {
    self.problem = problem
    kernel = BlockSums(
      parameterCount: problem.parameterCount, scratchColumnCount: problem.scratchColumnCount,
      solver: solver)
    let stretches = FusedPass.stretchCount(problem.residualCount)
    threads = max(min(solver.threads, stretches), 1)
    let sumCount = kernel.layout.count
    partial = AlignedBuffer(count: threads > 1 ? stretches * sumCount : sumCount)
    let storage = kernel.storageCount
    workers = (0..<threads).map { _ in AlignedBuffer(count: storage) }
  }

  private static func stretchCount(_ rows: Int) -> Int {
    (rows + BlockSums.stretchRows - 1) / BlockSums.stretchRows
  }

  /// Computes the sums at θ.
  ///
  /// - Parameters:
  ///   - parameters: θ.
  ///   - mixing: h is replaced by max(h, mixing · w); 0 means Newton's weights as they are.
  ///   - preconditioner: R, p × p, upper triangle, column-major; nil for none.
  ///   - equations: overwritten.
  mutating func linearize(
    _ parameters: [Double], mixing: Double, preconditioner: [Double]?,
    into equations: inout NormalEquations
  ) {
    passes += 1
    problem.prepare(parameters, wantsDerivatives: true)
    let stretches = FusedPass.stretchCount(problem.residualCount)
    let sumCount = kernel.layout.count
    equations.setZero()
    if threads > 1 {
      let (problem, kernel, threads) = (problem, kernel, threads)
      let (partial, workers) = (partial, workers)
      DispatchQueue.concurrentPerform(iterations: threads) { worker in
        for stretch in stride(from: worker, to: stretches, by: threads) {
          kernel.sum(
            stretch, of: problem, parameters, mixing: mixing, preconditioner: preconditioner,
            storage: workers[worker].start, to: partial.start + stretch * sumCount)
        }
      }
    }
    equations.withUnsafeMutableSums { total in
      for stretch in 0..<stretches {
        let sums = threads > 1 ? partial.start + stretch * sumCount : partial.start
        if threads == 1 {
          kernel.sum(
            stretch, of: problem, parameters, mixing: mixing, preconditioner: preconditioner,
            storage: workers[0].start, to: sums)
        }
        for index in 0..<sumCount { total[index] += sums[index] }
      }
      kernel.addPriors(
        parameters, preconditioner: preconditioner, storage: workers[0].start, to: total)
      kernel.finish(total, isPreconditioned: preconditioner != nil)
    }
  }
}
