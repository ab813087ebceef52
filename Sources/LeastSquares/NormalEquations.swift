import LinearAlgebra

/// The sums over residuals that a damped step needs.
struct NormalEquations {
  /// F = Σ ρ(rᵢ).
  var cost = 0.0
  /// g = Jᵀψ.
  var gradient: [Double]
  /// H = Jᵀ diag(h) J, p × p, both triangles.
  var curvature: Matrix
  /// diag(Jᵀ diag(w) J): squared column norms under the reweighting weights.
  var squaredNorms: [Double]

  /// Sums over all residuals.
  ///
  /// The weights h are Newton's, ρ″, unless fewer than ten residuals a parameter have curvature:
  /// then a tenth of the reweighting weight stands in, so that H stays regular. Reweighting alone
  /// converges too slowly when the noise exceeds the loss's width; Newton alone may be singular.
  init(residuals: [Double], jacobian: Matrix, loss: RobustLoss) {
    let columns = jacobian.columns
    let rows = jacobian.rows
    gradient = [Double](repeating: 0, count: columns)
    squaredNorms = [Double](repeating: 0, count: columns)
    curvature = Matrix(rows: columns, columns: columns)
    var scores = [Double](repeating: 0, count: rows)
    var weights = scores
    var curvatures = scores
    var inliers = 0.0
    for (index, residual) in residuals.enumerated() {
      cost += loss.value(residual)
      scores[index] = loss.score(residual)
      weights[index] = loss.weight(residual)
      curvatures[index] = loss.curvature(residual)
      inliers += curvatures[index]
    }
    if inliers < Double(10 * columns) {
      for index in 0..<rows { curvatures[index] = max(curvatures[index], 0.1 * weights[index]) }
    }
    jacobian.storage.withUnsafeBufferPointer { elements in
      for j in 0..<columns {
        let left = UnsafeBufferPointer(rebasing: elements[(j * rows)..<((j + 1) * rows)])
        gradient[j] = sum(left, scores)
        squaredNorms[j] = sum(left, left, weights)
        for k in j..<columns {
          let right = UnsafeBufferPointer(rebasing: elements[(k * rows)..<((k + 1) * rows)])
          let value = sum(left, right, curvatures)
          curvature[j, k] = value
          curvature[k, j] = value
        }
      }
    }
  }

  /// Whether every sum is finite.
  var isFinite: Bool {
    cost.isFinite && gradient.allSatisfy(\.isFinite) && curvature.isFinite
  }
}

/// Σ aᵢ bᵢ in four partial sums, in a fixed order.
private func sum(_ a: UnsafeBufferPointer<Double>, _ b: [Double]) -> Double {
  b.withUnsafeBufferPointer { b in
    var sums = SIMD4<Double>.zero
    let count = min(a.count, b.count)
    var index = 0
    while index + 4 <= count {
      let left = SIMD4(a[index], a[index + 1], a[index + 2], a[index + 3])
      let right = SIMD4(b[index], b[index + 1], b[index + 2], b[index + 3])
      sums += left * right
      index += 4
    }
    var total = sums.sum()
    while index < count {
      total += a[index] * b[index]
      index += 1
    }
    return total
  }
}

/// Σ aᵢ bᵢ cᵢ in four partial sums, in a fixed order.
private func sum(
  _ a: UnsafeBufferPointer<Double>, _ b: UnsafeBufferPointer<Double>, _ c: [Double]
) -> Double {
  c.withUnsafeBufferPointer { c in
    var sums = SIMD4<Double>.zero
    let count = min(a.count, b.count, c.count)
    var index = 0
    while index + 4 <= count {
      let first = SIMD4(a[index], a[index + 1], a[index + 2], a[index + 3])
      let second = SIMD4(b[index], b[index + 1], b[index + 2], b[index + 3])
      let third = SIMD4(c[index], c[index + 1], c[index + 2], c[index + 3])
      sums += first * second * third
      index += 4
    }
    var total = sums.sum()
    while index < count {
      total += a[index] * b[index] * c[index]
      index += 1
    }
    return total
  }
}
