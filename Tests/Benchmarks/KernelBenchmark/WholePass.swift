import VectorMath

/// What one pass of the solver does with a block of the annealing law with λ given: basis functions,
/// residuals, derivatives and their sums, for 4 parameters and least squares.
struct WholePass {
  static let rows = 512
  private static let stride = rows + 64
  private let storage = KernelBenchmark.aligned(7 * stride)
  private let data = KernelBenchmark.aligned(3 * rows)
  private let gram = KernelBenchmark.aligned(32)
  private let coefficients = KernelBenchmark.aligned(4)

  init() {
    for index in data.indices { data[index] = 1 + 0.001 * Double(index % WholePass.rows) }
    for index in 0..<3 { coefficients[index] = 0.5 + Double(index) }
  }

  private func column(_ index: Int) -> UnsafeMutableBufferPointer<Double> {
    .init(rebasing: storage[(index * WholePass.stride)...].prefix(WholePass.rows))
  }

  private func values(_ index: Int) -> UnsafeBufferPointer<Double> {
    .init(rebasing: data[(index * WholePass.rows)...].prefix(WholePass.rows))
  }

  func run(_ kernels: VectorKernels) {
    guard let base = storage.baseAddress, let sums = gram.baseAddress else { return }
    kernels.fill(column(0), with: 1)
    kernels.exp(
      values(0), scale: -0.5, into: column(1), timesArgument: column(5), factor: -1)
    kernels.scale(values(1), by: -1, into: column(2))
    kernels.linearCombination(
      columns: base, stride: WholePass.stride,
      coefficients: .init(rebasing: coefficients[..<3]), minus: values(2), into: column(4))
    kernels.scale(.init(column(5)), by: 0.8, into: column(3))
    kernels.gram(
      columns: base, stride: WholePass.stride, columnCount: 5, rows: WholePass.rows, weights: nil,
      into: sums, leadingDimension: 5)
  }
}
