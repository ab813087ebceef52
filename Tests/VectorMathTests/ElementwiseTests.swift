import TestSupport
import Testing
import VectorMath

@Suite struct ElementwiseTests {
  static let counts = [0, 1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 31, 33, 63, 100, 257]

  /// Products and quotients, against the operators.
  @Test(arguments: VectorKernels.available, counts)
  func operators(kernels: VectorKernels, count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    let a = (0..<count).map { _ in random.normal() }
    let b = (0..<count).map { _ in random.normal() }
    #expect(kernels.multiply(a, b) == zip(a, b).map { $0 * $1 })
    for (value, pair) in zip(kernels.multiply(a, b, scale: -0.3), zip(a, b)) {
      expectClose(value, -0.3 * pair.0 * pair.1, tolerance: 1e-15)
    }
    #expect(kernels.divide(a, b) == zip(a, b).map { $0 / $1 })
    let reciprocals = kernels.map(count) { out in
      a.withUnsafeBufferPointer { kernels.reciprocal($0, into: out) }
    }
    #expect(reciprocals == a.map { 1 / $0 })
    let scaled = kernels.map(count) { out in
      a.withUnsafeBufferPointer { kernels.scale($0, by: 1.7, into: out) }
    }
    #expect(scaled == a.map { 1.7 * $0 })
    var sums = b
    sums.withUnsafeMutableBufferPointer { sums in
      a.withUnsafeBufferPointer { kernels.addProduct(-2.5, $0, into: sums) }
    }
    for index in 0..<count {
      expectClose(sums[index], b[index] - 2.5 * a[index], tolerance: 1e-15, scale: 10)
    }
  }

  /// The output may be an input; infinities and NaN go through.
  @Test(arguments: VectorKernels.available)
  func inPlace(kernels: VectorKernels) {
    var values = [3, .infinity, .nan, 0, -2, 5, -0.0, 8, 9, 0x1p-1063, 11]
    let squares = values.map { $0 * $0 }
    values.withUnsafeMutableBufferPointer {
      let input = UnsafeBufferPointer($0)
      kernels.multiply(input, input, into: $0)
    }
    #expect(values.map(\.bitPattern) == squares.map(\.bitPattern))
    values.withUnsafeMutableBufferPointer { kernels.reciprocal(UnsafeBufferPointer($0), into: $0) }
    #expect(values.map(\.bitPattern) == squares.map { (1 / $0).bitPattern })
  }

  /// Linear combinations, against the sum element by element.
  @Test(arguments: VectorKernels.available, counts)
  func linearCombination(kernels: VectorKernels, count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    let minus = (0..<count).map { _ in random.normal() }
    for columns in 0...9 {
      let block = Block(rows: count, columns: max(columns, 1)) { random.normal() }
      let coefficients = (0..<columns).map { _ in random.normal() }
      for minus in [minus, nil] {
        let result = kernels.linearCombination(
          columns: block.values, stride: block.stride, coefficients: coefficients, minus: minus,
          count: count)
        for row in 0..<count {
          let terms = (0..<columns).map { coefficients[$0] * block[row, $0] }
          let expected = terms.reduce(0, +) - (minus?[row] ?? 0)
          expectClose(result[row], expected, tolerance: 1e-13, scale: 1)
        }
      }
    }
  }

  /// A column of coefficient 0 is left alone; NaN and infinities of others go through.
  @Test(arguments: VectorKernels.available)
  func unusedColumns(kernels: VectorKernels) {
    var block = Block(rows: 41, columns: 3) { 1 }
    for row in 0..<41 { block[row, 1] = row % 2 == 0 ? .infinity : .nan }
    block[7, 0] = .infinity
    block[40, 2] = .nan
    let result = kernels.linearCombination(
      columns: block.values, stride: block.stride, coefficients: [2, 0, -1], minus: nil, count: 41)
    for row in 0..<40 where row != 7 { #expect(result[row] == 1) }
    #expect(result[7] == .infinity)
    #expect(result[40].isNaN)
  }
}
