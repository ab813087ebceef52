import TestSupport
import Testing
import VectorMath

@Suite struct ProductTests {
  static let rows = [0, 1, 2, 3, 7, 8, 13, 16, 31, 64, 129, 511]

  /// Gram matrices for several numbers of columns, against sums row by row.
  @Test(arguments: VectorKernels.available, rows)
  func gram(kernels: VectorKernels, rows: Int) {
    var random = SeededGenerator(seed: UInt64(rows))
    let weights = (0..<rows).map { _ in Double.random(in: 0...2, using: &random) }
    for k in 1...14 {
      let block = Block(rows: rows, columns: k) { random.normal() }
      let leading = k + 2
      let start = (0..<leading * k).map { Double($0) }
      for weights in [weights, nil] {
        var g = start
        kernels.gram(block, weights: weights, into: &g, leadingDimension: leading)
        for column in 0..<k {
          for row in 0..<leading {
            let index = row + column * leading
            guard row >= column, row < k else {
              #expect(g[index] == start[index], "outside the lower triangle")
              continue
            }
            var (sum, size) = (start[index], abs(start[index]))
            for entry in 0..<rows {
              let term = (weights?[entry] ?? 1) * block[entry, row] * block[entry, column]
              sum += term
              size += abs(term)
            }
            expectClose(g[index], sum, tolerance: 1e-13, scale: size)
          }
        }
      }
    }
  }

  /// Products with a vector and weighted squares, against sums row by row.
  @Test(arguments: VectorKernels.available, rows)
  func crossAndSquares(kernels: VectorKernels, rows: Int) {
    var random = SeededGenerator(seed: UInt64(rows))
    let vector = (0..<rows).map { _ in random.normal() }
    for k in 1...12 {
      let block = Block(rows: rows, columns: k) { random.normal() }
      var products = [Double](repeating: 0.5, count: k)
      kernels.cross(block, vector, into: &products)
      var weighted = [Double](repeating: -2, count: k)
      kernels.squares(block, weights: vector, into: &weighted)
      var plain = [Double](repeating: 0, count: k)
      kernels.squares(block, weights: nil, into: &plain)
      for column in 0..<k {
        let values = (0..<rows).map { block[$0, column] }
        let terms = zip(values, vector).map { $0 * $1 }
        expectClose(
          products[column], terms.reduce(0.5, +), tolerance: 1e-13,
          scale: terms.reduce(1) { $0 + abs($1) })
        let squares = zip(values, vector).map { $0 * $0 * $1 }
        expectClose(
          weighted[column], squares.reduce(-2, +), tolerance: 1e-13,
          scale: squares.reduce(2) { $0 + abs($1) })
        expectClose(plain[column], values.reduce(0) { $0 + $1 * $1 }, tolerance: 1e-13)
      }
    }
  }

  /// A NaN or an infinity reaches the sums of its column and no other.
  @Test(arguments: VectorKernels.available, [0, 7, 12, 20])
  func notFinite(kernels: VectorKernels, row: Int) {
    var block = Block(rows: 21, columns: 5) { 1 }
    block[row, 2] = .nan
    block[row, 4] = .infinity
    var g = [Double](repeating: 0, count: 25)
    kernels.gram(block, weights: nil, into: &g, leadingDimension: 5)
    for column in 0..<5 {
      for row in column..<5 {
        let value = g[row + 5 * column]
        if row == 2 || column == 2 {
          #expect(value.isNaN)
        } else {
          #expect(value == (row == 4 ? .infinity : 21))
        }
      }
    }
    var products = [Double](repeating: 0, count: 5)
    kernels.cross(block, [Double](repeating: -1, count: 21), into: &products)
    #expect(products[0] == -21 && products[2].isNaN && products[4] == -.infinity)
    var squares = [Double](repeating: 0, count: 5)
    kernels.squares(block, weights: nil, into: &squares)
    #expect(squares[0] == 21 && squares[2].isNaN && squares[4] == .infinity)
  }

  /// Equal inputs at another alignment give equal bits.
  @Test(arguments: VectorKernels.available)
  func alignment(kernels: VectorKernels) {
    var random = SeededGenerator(seed: 3)
    let values = (0..<5 * 200).map { _ in random.normal() }
    let results = (0..<9).map { shift in
      let moved = [Double](repeating: 0, count: shift) + values
      return moved.withUnsafeBufferPointer { buffer in
        kernels.map(25) { g in
          guard let columns = buffer.baseAddress, let g = g.baseAddress else { return }
          g.update(repeating: 0, count: 25)
          kernels.gram(
            columns: columns + shift, stride: 200, columnCount: 5, rows: 197, weights: nil, into: g,
            leadingDimension: 5)
        }
      }
    }
    #expect(results.allSatisfy { $0 == results[0] })
  }
}
