import Foundation
import TestSupport
import Testing
import VectorMath

@Suite struct ExpLogTests {
  /// The baseline is always there, and the widest vectors are the best.
  @Test func available() {
    #expect(VectorKernels.available.first?.instructionSet == .baseline)
    #expect(VectorKernels.available.last == VectorKernels.best)
  }

  /// Within 1 ulp of the exact values.
  @Test(arguments: VectorKernels.available)
  func accuracy(kernels: VectorKernels) throws {
    let points = try ReferencePoint.all()
    for function in ["exp", "log"] {
      let chosen = points.filter { $0.function == function }
      #expect(chosen.count > 3500)
      let x = chosen.map(\.x)
      let results = function == "exp" ? kernels.exp(x) : kernels.log(x)
      var largest = (error: 0.0, x: 0.0)
      for (point, result) in zip(chosen, results) {
        let error = point.error(of: result)
        if !(error <= largest.error) { largest = (error, point.x) }
      }
      print(kernels.instructionSet, function, "at most", largest.error, "ulp, at", largest.x)
      #expect(largest.error <= 1, "\(function) at \(largest.x)")
    }
  }

  /// Overflow, underflow, infinities and NaN.
  @Test(arguments: VectorKernels.available)
  func limitsOfExp(kernels: VectorKernels) {
    let greatest = 0x1.62e42fefa39efp+9
    let x = [
      0, -0.0, .infinity, -.infinity, 1000, -1000, .greatestFiniteMagnitude,
      -.greatestFiniteMagnitude, greatest.nextUp, -745.2, .leastNonzeroMagnitude,
      -.leastNonzeroMagnitude,
    ]
    #expect(
      kernels.exp(x) == [1, 1, .infinity, 0, .infinity, 0, .infinity, 0, .infinity, 0, 1, 1])
    #expect(kernels.exp([greatest])[0].isFinite)
    #expect(kernels.exp([-745.13])[0] == .leastNonzeroMagnitude)
    #expect(
      kernels.exp([.nan, 1, -.nan, .signalingNaN]).map(\.isNaN) == [true, false, true, true])
    #expect(kernels.exp([2, .nan, 3, 4, 5, 6, 7, 8])[4] == kernels.exp([5])[0])
  }

  /// Zeros, infinities, negative numbers and NaN.
  @Test(arguments: VectorKernels.available)
  func limitsOfLog(kernels: VectorKernels) {
    #expect(kernels.log([1, 0, -0.0, .infinity]) == [0, -.infinity, -.infinity, .infinity])
    let none = kernels.log([
      -1, -.leastNonzeroMagnitude, -.infinity, .nan, -.nan, -.greatestFiniteMagnitude,
    ])
    #expect(none.filter { !$0.isNaN }.isEmpty)
    let mixed = kernels.log([2, 0, 3, .leastNonzeroMagnitude, 5, -1, 7, .infinity])
    #expect(mixed[2] == kernels.log([3])[0])
    #expect(mixed[3] == kernels.log([.leastNonzeroMagnitude])[0])
    #expect(mixed[6] == kernels.log([7])[0])
  }

  /// An element's result depends neither on the other elements nor on their number.
  @Test(arguments: VectorKernels.available)
  func independence(kernels: VectorKernels) {
    var random = SeededGenerator(seed: 7)
    for count in 0...40 {
      let small = (0..<count).map { _ in Double.random(in: -30...30, using: &random) }
      // Every third one takes the way of the special arguments.
      let wide = (0..<count).map {
        $0 % 3 == 0 ? Double.random(in: -760 ... -700, using: &random) : small[$0]
      }
      for x in [small, wide] {
        #expect(kernels.exp(x) == x.map { kernels.exp([$0])[0] })
      }
      let positive = small.map { Foundation.exp($0) }
      let tiny = positive.enumerated().map { $0 % 3 == 0 ? 0x1p-1030 * $1 : $1 }
      for x in [positive, tiny] {
        #expect(kernels.log(x) == x.map { kernels.log([$0])[0] })
      }
    }
  }

  /// A scale is a factor of the argument; the output may be the input.
  @Test(arguments: VectorKernels.available)
  func scaleInPlace(kernels: VectorKernels) {
    var values = (0..<21).map { 0.37 * Double($0) - 3 }
    let expected = kernels.exp(values.map { -1.7 * $0 })
    values.withUnsafeMutableBufferPointer {
      kernels.exp(UnsafeBufferPointer($0), scale: -1.7, into: $0)
    }
    #expect(values == expected)
    let logarithms = kernels.log(values)
    values.withUnsafeMutableBufferPointer { kernels.log(UnsafeBufferPointer($0), into: $0) }
    #expect(values == logarithms)
  }
}
