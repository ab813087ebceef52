import LinearAlgebra

/// The covariance of the sum of a series with autocorrelation.
enum LongRunCovariance {
  /// Σ_{|k|<S} (1 - |k|/S) Σₜ zₜzₜ₋ₖᵀ, rows of different runs never paired.
  ///
  /// Computed as Σ of squares of moving sums over S rows, which is the same and O(m f²) whatever S
  /// is; a bandwidth between two whole numbers is linear between their sums.
  ///
  /// Source: Newey, West, Econometrica 55 (1987).
  ///
  /// - Parameters:
  ///   - series: z, m × f.
  ///   - runs: the rows that belong to one run each.
  ///   - bandwidth: S ≥ 1.
  /// - Returns: f × f, positive semidefinite.
  static func bartlett(_ series: Matrix, runs: [Range<Int>], bandwidth: Double) -> Matrix {
    let width = Int(bandwidth)
    let excess = bandwidth - Double(width)
    var sum = (1 - excess) * movingSums(series, runs: runs, width: width)
    if excess > 0 { sum = sum + excess * movingSums(series, runs: runs, width: width + 1) }
    return (1 / bandwidth) * sum
  }

  /// Σ bbᵀ over all sums b of `width` neighbouring rows, rows before and after a run being 0.
  private static func movingSums(_ series: Matrix, runs: [Range<Int>], width: Int) -> Matrix {
    let (rows, columns) = (series.rows, series.columns)
    var window = [Double](repeating: 0, count: columns)
    var total = [Double](repeating: 0, count: columns * columns)
    series.storage.withUnsafeBufferPointer { values in
      total.withUnsafeMutableBufferPointer { total in
        window.withUnsafeMutableBufferPointer { window in
          for run in runs {
            window.update(repeating: 0)
            for row in run.lowerBound..<(run.isEmpty ? run.lowerBound : run.upperBound + width - 1)
            {
              for j in 0..<columns {
                if row < run.upperBound { window[j] += values[row + j * rows] }
                if row - width >= run.lowerBound { window[j] -= values[row - width + j * rows] }
                let value = window[j]
                for k in 0...j { total[j + k * columns] += value * window[k] }
              }
            }
          }
        }
      }
    }
    var result = Matrix(rows: columns, columns: columns, columnMajor: total)
    for j in 0..<columns { for k in 0..<j { result[k, j] = result[j, k] } }
    return result
  }

  /// The long-run covariance by prewhitening: zₜ = A zₜ₋₁ + eₜ is fitted, the covariance of e taken
  /// with Andrews' bandwidth, and (I - A)⁻¹ · (…) · (I - A)⁻ᵀ returned.
  ///
  /// Singular values of A above 0.97 are lowered to it.
  ///
  /// Source: Andrews, Monahan, Econometrica 60 (1992).
  ///
  /// - Parameters:
  ///   - series: z, m × f, with a mean of 0.
  ///   - runs: the rows that belong to one run each.
  /// - Returns: f × f; nil when no A can be fitted.
  static func prewhitened(_ series: Matrix, runs: [Range<Int>]) -> Matrix? {
    guard let transition = transition(series, runs: runs) else { return nil }
    let columns = series.columns
    let whitened = predictionErrors(series, runs: runs, transition: transition)
    let rest = runs.map { $0.dropFirst() }.map { $0.startIndex..<$0.endIndex }
    let pairs = rest.reduce(0) { $0 + $1.count }
    let bandwidth = BartlettBandwidth.andrews(whitened, runs: rest)
    let inner = bartlett(whitened, runs: rest, bandwidth: bandwidth)
    guard let gain = (Matrix.identity(columns) - transition).inverse() else { return nil }
    return Double(series.rows) / Double(pairs) * (gain * inner * gain.transposed())
  }

  /// zₜ - A zₜ₋₁; 0 for the first row of a run.
  private static func predictionErrors(
    _ series: Matrix, runs: [Range<Int>], transition: Matrix
  ) -> Matrix {
    let (rows, columns) = (series.rows, series.columns)
    var errors = Matrix(rows: rows, columns: columns)
    series.storage.withUnsafeBufferPointer { values in
      errors.withUnsafeMutableElements { errors in
        for j in 0..<columns {
          for run in runs {
            for row in run.dropFirst() { errors[row + j * rows] = values[row + j * rows] }
          }
          for k in 0..<columns {
            let factor = transition[j, k]
            for run in runs {
              for row in run.dropFirst() {
                errors[row + j * rows] -= factor * values[row - 1 + k * rows]
              }
            }
          }
        }
      }
    }
    return errors
  }

  /// A of zₜ = A zₜ₋₁ + eₜ by least squares, its singular values at most 0.97.
  private static func transition(_ series: Matrix, runs: [Range<Int>]) -> Matrix? {
    let (rows, columns) = (series.rows, series.columns)
    var lagged = Matrix(rows: columns, columns: columns)
    var cross = lagged
    series.storage.withUnsafeBufferPointer { values in
      for j in 0..<columns {
        for k in 0..<columns {
          var (before, now) = (0.0, 0.0)
          for run in runs {
            for row in run.dropFirst() {
              let last = values[row - 1 + j * rows]
              before += values[row - 1 + k * rows] * last
              now += values[row + k * rows] * last
            }
          }
          lagged[k, j] = before
          cross[k, j] = now
        }
      }
    }
    guard let factor = try? CholeskyFactor(lagged) else { return nil }
    var transition = Matrix(rows: columns, columns: columns)
    for row in 0..<columns {
      let solution = factor.solve((0..<columns).map { cross[row, $0] })
      for column in 0..<columns { transition[row, column] = solution[column] }
    }
    guard let decomposition = try? SingularValueDecomposition(transition) else { return nil }
    var scaled = decomposition.rightTransposed
    for j in 0..<columns {
      for k in 0..<columns { scaled[j, k] *= min(decomposition.values[j], 0.97) }
    }
    return decomposition.left * scaled
  }
}

extension Matrix {
  /// The inverse of a square matrix; nil when it is singular or not finite.
  func inverse() -> Matrix? {
    guard let factor = try? PivotedQR(self) else { return nil }
    var inverse = Matrix(rows: rows, columns: rows)
    for column in 0..<rows {
      var unit = [Double](repeating: 0, count: rows)
      unit[column] = 1
      guard let solution = try? factor.leastSquares(unit, rank: rows) else { return nil }
      for row in 0..<rows { inverse[row, column] = solution[row] }
    }
    return inverse
  }
}
