import LeastSquares
import LinearAlgebra
import RealModule
import ScalingLaws
import Statistics

/// Coordinates drawn around a fit from their covariance, kept within the law's bounds.
struct ParameterDraws {
  private let centre: [Double]
  private let bounds: [ParameterBounds]
  /// Lower triangle of a square root of the covariance.
  private let root: Matrix
  /// What normal draws are stretched by to have Student's quantile.
  private let stretch: Double
  private var random = SplitMix64(seed: 1)

  init(_ forecaster: Forecaster, level: Double) {
    centre = forecaster.coordinates
    bounds = centre.indices.map { forecaster.law.bounds(ofCoordinate: $0) }
    root = ParameterDraws.root(of: forecaster.covariance)
    let normal = StudentT(degreesOfFreedom: .infinity).twoSidedQuantile(level: level)
    stretch = forecaster.intervalQuantile(level: level) / normal
  }

  /// The next coordinates.
  mutating func next() -> [Double] {
    let normals = centre.map { _ in random.normal() }
    return centre.indices.map { row in
      var value = centre[row]
      for column in 0...row { value += stretch * root[row, column] * normals[column] }
      return bounds[row].clamp(value)
    }
  }

  /// Cholesky's factor of a matrix that may be singular: coordinates without variance stay.
  private static func root(of covariance: Matrix) -> Matrix {
    let count = covariance.rows
    var root = Matrix(rows: count, columns: count)
    for column in 0..<count {
      var pivot = covariance[column, column]
      for k in 0..<column { pivot -= root[column, k] * root[column, k] }
      guard pivot > 1e-12 * covariance[column, column], pivot > 0 else { continue }
      let diagonal = pivot.squareRoot()
      root[column, column] = diagonal
      for row in (column + 1)..<max(count, column + 1) {
        var value = covariance[row, column]
        for k in 0..<column { value -= root[row, k] * root[column, k] }
        root[row, column] = value / diagonal
      }
    }
    return root
  }
}

extension SplitMix64 {
  /// A standard normal value, by the method of Box and Muller.
  fileprivate mutating func normal() -> Double {
    let first = Double.random(in: Double.leastNormalMagnitude...1, using: &self)
    let second = Double.random(in: 0...1, using: &self)
    return (-2 * Double.log(first)).squareRoot() * .cos(2 * .pi * second)
  }
}
