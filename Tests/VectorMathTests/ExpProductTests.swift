import TestSupport
import Testing
import VectorMath

@Suite struct ExpProductTests {
  /// The exponentials are those of `exp`, bit for bit, and the products those of three factors.
  @Test(arguments: VectorKernels.available, [0, 1, 7, 8, 9, 40])
  func agreesWithItsParts(kernels: VectorKernels, count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    let x = (0..<count).map { _ in Double.random(in: -5...5, using: &random) }
    var expected = x
    var exponentials = x
    var products = x
    x.withUnsafeBufferPointer { x in
      expected.withUnsafeMutableBufferPointer { kernels.exp(x, scale: -0.7, into: $0) }
      exponentials.withUnsafeMutableBufferPointer { exponentials in
        products.withUnsafeMutableBufferPointer {
          kernels.exp(x, scale: -0.7, into: exponentials, timesArgument: $0, factor: 3)
        }
      }
    }
    #expect(exponentials == expected)
    for index in 0..<count {
      expectClose(products[index], 3 * x[index] * expected[index], tolerance: 4e-16)
    }
  }

  @Test(arguments: VectorKernels.available, [0, 1, 7, 8, 9, 40])
  func fills(kernels: VectorKernels, count: Int) {
    var values = [Double](repeating: -1, count: count + 1)
    values.withUnsafeMutableBufferPointer { kernels.fill(.init(rebasing: $0[..<count]), with: 2.5) }
    #expect(values == [Double](repeating: 2.5, count: count) + [-1])
  }
}
