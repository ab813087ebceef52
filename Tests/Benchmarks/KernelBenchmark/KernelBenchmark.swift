import Foundation
import VectorMath

/// Times the vector kernels on blocks that stay in the first-level cache, beside Foundation's exp
/// and log.
///
///     LOSSCAST_BENCHMARKS=1 swift build -c release --product KernelBenchmark
///     .build/release/KernelBenchmark
///
/// Prints CPU nanoseconds per element, or per row: the minimum and the median of many short trials.
@main
enum KernelBenchmark {
  static let count = 256

  static func main() {
    let block = aligned(16 * count)
    for index in block.indices { block[index] = 1.5 + sin(Double(index)) }
    let columns = UnsafeBufferPointer(block)
    let x = UnsafeBufferPointer(rebasing: columns[..<count])
    let y = UnsafeBufferPointer(rebasing: columns[count..<2 * count])
    let out = (0..<4).map { _ in aligned(count) }
    guard let base = columns.baseAddress, let sums = out[3].baseAddress else { return }
    let pass = WholePass()
    for kernels in VectorKernels.available {
      print("\(kernels.instructionSet)")
      time("whole pass, 4 parameters", count: WholePass.rows) { pass.run(kernels) }
      time("exp") { kernels.exp(x, into: out[0]) }
      time("log") { kernels.log(x, into: out[0]) }
      time("multiply") { kernels.multiply(x, y, into: out[0]) }
      time("divide") { kernels.divide(x, y, into: out[0]) }
      time("linearCombination, 5 columns") {
        kernels.linearCombination(
          columns: base, stride: count, coefficients: .init(rebasing: x[..<5]), minus: y,
          into: out[0])
      }
      for (k, weights) in [(5, nil), (4, y), (9, nil)] {
        time("gram, \(k) columns\(weights == nil ? "" : ", weighted")") {
          kernels.gram(
            columns: base, stride: count, columnCount: k, rows: count, weights: weights,
            into: sums, leadingDimension: 16)
        }
      }
      time("cross, 5 columns") {
        kernels.cross(
          columns: base, stride: count, columnCount: 5, rows: count, vector: y, into: sums)
      }
      time("squaredCost") { _ = kernels.squaredCost(residuals: x, multiplicities: y) }
      for kind in [RobustKind.huber, .softL1, .cauchy] {
        time("robust, \(kind)") {
          _ = kernels.robust(
            kind, width: 1, residuals: x, multiplicities: y, scores: out[0], weights: out[1],
            curvatures: out[2])
        }
      }
    }
    print("Foundation")
    time("exp") { for index in 0..<count { out[0][index] = exp(x[index]) } }
    time("log") { for index in 0..<count { out[0][index] = log(x[index]) } }
  }

  /// Zeros that begin on a multiple of 64 bytes.
  static func aligned(_ count: Int) -> UnsafeMutableBufferPointer<Double> {
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 8 * count, alignment: 64)
    let values = bytes.bindMemory(to: Double.self)
    values.initialize(repeating: 0)
    return values
  }

  /// Prints the nanoseconds per element of a body that handles `count` elements.
  static func time(_ name: String, count: Int = count, _ body: () -> Void) {
    let repeats = 100
    var trials: [Double] = []
    for _ in 0..<501 {
      let begin = cpuNanoseconds()
      for _ in 0..<repeats { body() }
      trials.append((cpuNanoseconds() - begin) / Double(repeats * count))
    }
    trials.sort()
    let text = [trials[0], trials[250]].map { String(format: "%8.3f", $0) }.joined()
    print("  \(name.padding(toLength: 30, withPad: " ", startingAt: 0))\(text)")
  }

  /// CPU time of the process.
  static func cpuNanoseconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
  }
}
