import VectorMath

/// Calls of the kernels on arrays.
extension VectorKernels {
  func exp(_ x: [Double], scale: Double = 1) -> [Double] {
    map(x.count) { out in x.withUnsafeBufferPointer { exp($0, scale: scale, into: out) } }
  }

  func log(_ x: [Double]) -> [Double] {
    map(x.count) { out in x.withUnsafeBufferPointer { log($0, into: out) } }
  }

  func multiply(_ a: [Double], _ b: [Double], scale: Double = 1) -> [Double] {
    map(a.count) { out in
      a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in multiply(a, b, scale: scale, into: out) }
      }
    }
  }

  func divide(_ a: [Double], _ b: [Double]) -> [Double] {
    map(a.count) { out in
      a.withUnsafeBufferPointer { a in b.withUnsafeBufferPointer { divide(a, $0, into: out) } }
    }
  }

  func linearCombination(
    columns: [Double], stride: Int, coefficients: [Double], minus: [Double]?, count: Int
  ) -> [Double] {
    map(count) { out in
      columns.withUnsafeBufferPointer { columns in
        coefficients.withUnsafeBufferPointer { coefficients in
          withOptional(minus) { minus in
            guard let base = columns.baseAddress else { return }
            linearCombination(
              columns: base, stride: stride, coefficients: coefficients, minus: minus, into: out)
          }
        }
      }
    }
  }

  /// Adds to `g`, whose leading dimension is `leadingDimension`.
  func gram(
    _ block: Block, weights: [Double]?, into g: inout [Double], leadingDimension: Int
  ) {
    block.values.withUnsafeBufferPointer { columns in
      withOptional(weights) { weights in
        g.withUnsafeMutableBufferPointer { g in
          guard let columns = columns.baseAddress, let g = g.baseAddress else { return }
          gram(
            columns: columns, stride: block.stride, columnCount: block.columns, rows: block.rows,
            weights: weights, into: g, leadingDimension: leadingDimension)
        }
      }
    }
  }

  func cross(_ block: Block, _ vector: [Double], into out: inout [Double]) {
    block.values.withUnsafeBufferPointer { columns in
      vector.withUnsafeBufferPointer { vector in
        out.withUnsafeMutableBufferPointer { out in
          guard let columns = columns.baseAddress, let out = out.baseAddress else { return }
          cross(
            columns: columns, stride: block.stride, columnCount: block.columns, rows: block.rows,
            vector: vector, into: out)
        }
      }
    }
  }

  func squares(_ block: Block, weights: [Double]?, into out: inout [Double]) {
    block.values.withUnsafeBufferPointer { columns in
      withOptional(weights) { weights in
        out.withUnsafeMutableBufferPointer { out in
          guard let columns = columns.baseAddress, let out = out.baseAddress else { return }
          squares(
            columns: columns, stride: block.stride, columnCount: block.columns, rows: block.rows,
            weights: weights, into: out)
        }
      }
    }
  }

  /// What `robust` gives, in arrays.
  struct RobustResult {
    var cost = 0.0
    var curvatureSum = 0.0
    var scores: [Double] = []
    var weights: [Double] = []
    var curvatures: [Double] = []
  }

  func robust(
    _ kind: RobustKind, width: Double, _ residuals: [Double], multiplicities: [Double]?
  ) -> RobustResult {
    var result = RobustResult()
    result.scores = map(residuals.count) { scores in
      result.weights = map(residuals.count) { weights in
        result.curvatures = map(residuals.count) { curvatures in
          residuals.withUnsafeBufferPointer { residuals in
            withOptional(multiplicities) { multiplicities in
              (result.cost, result.curvatureSum) = robust(
                kind, width: width, residuals: residuals, multiplicities: multiplicities,
                scores: scores, weights: weights, curvatures: curvatures)
            }
          }
        }
      }
    }
    return result
  }

  func robustCost(
    _ kind: RobustKind, width: Double, _ residuals: [Double], multiplicities: [Double]?
  ) -> Double {
    residuals.withUnsafeBufferPointer { residuals in
      withOptional(multiplicities) {
        robustCost(kind, width: width, residuals: residuals, multiplicities: $0)
      }
    }
  }

  func squaredCost(_ residuals: [Double], multiplicities: [Double]?) -> Double {
    residuals.withUnsafeBufferPointer { residuals in
      withOptional(multiplicities) { squaredCost(residuals: residuals, multiplicities: $0) }
    }
  }

  /// An array of what the body writes.
  func map(_ count: Int, _ body: (UnsafeMutableBufferPointer<Double>) -> Void) -> [Double] {
    Array(unsafeUninitializedCapacity: count) { buffer, initialized in
      buffer.initialize(repeating: .nan)
      body(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
      initialized = count
    }
  }
}

/// Columns of numbers, with some room between them that no kernel should read.
struct Block {
  var values: [Double]
  var stride: Int
  var rows: Int
  var columns: Int

  /// Numbers from `draw`, NaN between the columns.
  init(rows: Int, columns: Int, draw: () -> Double) {
    stride = rows + 3
    self.rows = rows
    self.columns = columns
    values = [Double](repeating: .nan, count: stride * columns)
    for column in 0..<columns {
      for row in 0..<rows { values[column * stride + row] = draw() }
    }
  }

  subscript(row: Int, column: Int) -> Double {
    get { values[column * stride + row] }
    set { values[column * stride + row] = newValue }
  }
}

/// Passes an array's buffer, or nil.
private func withOptional<Result>(
  _ values: [Double]?, _ body: (UnsafeBufferPointer<Double>?) -> Result
) -> Result {
  guard let values else { return body(nil) }
  return values.withUnsafeBufferPointer { body($0) }
}
