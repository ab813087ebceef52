import Foundation
import LinearAlgebra
import TestSupport
import Testing

/// The numbers of `Tests/Reference/statistics.py`, from `fixtures/reference/statistics.json`.
struct ReferenceNumbers: Decodable {
  struct Linear: Decodable {
    var design: [[Double]]
    var y: [Double]
    var runs: [[Int]]
    var clusters: [[Int]]
    var weights: [Double]
    var frequencies: [Double]
    var deviations: [Double]
    var statsmodels: Models
    var known_parameters: [Double]
    var known_naive: [[Double]]
    var andrews_bandwidth: Double
    var andrews_bandwidth_runs: Double
    var andrews: [[Double]]
    var andrews_runs: [[Double]]
    var prewhitened: [[Double]]
    var prewhitened_runs: [[Double]]
  }

  struct Models: Decodable {
    var parameters: [Double]
    var naive: [[Double]]
    var hc0: [[Double]]
    var hc1: [[Double]]
    var hac4: [[Double]]
    var hac4_uncorrected: [[Double]]
    var hac_runs: [[Double]]
    var cluster: [[Double]]
    var weighted_parameters: [Double]
    var weighted_naive: [[Double]]
    var weighted_hc1: [[Double]]
    var repeated_parameters: [Double]
    var repeated_naive: [[Double]]
    var repeated_hc1: [[Double]]
  }

  struct Clamped: Decodable {
    var design: [[Double]]
    var residuals: [Double]
    var prewhitened: [[Double]]
  }

  struct Huber: Decodable {
    var design: [[Double]]
    var y: [Double]
    var width: Double
    var parameters: [Double]
    var naive: [[Double]]
    var heteroscedastic: [[Double]]
  }

  struct Moments: Decodable {
    var loss: String
    var width: Double
    var square: Double
    var slope: Double
  }

  struct Autoregression: Decodable {
    var series: [Double]
    var runs: [[Int]]
    var statsmodels_1: [Double]
    var statsmodels_3: [Double]
    var automatic_order: Int
    var automatic: [Double]
    var automatic_share: Double
    var runs_2: [Double]
    var runs_2_share: Double
  }

  struct Polynomial: Decodable {
    var rows: Int
    var errors: [Double]
  }

  var linear: Linear
  var clamped: Clamped
  var huber: Huber
  var normal_moments: [Moments]
  var autoregression: Autoregression
  var polynomial: Polynomial
  /// Lists of numbers by name; nil where the cost does not rise far enough.
  var oxygen_demand: OxygenDemand

  struct OxygenDemand: Decodable {
    var x: [Double]
    var y: [Double]
    var parameters: [Double]
    var cost: Double
    var intervals: [String: [Double?]]

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      x = try container.decode([Double].self, forKey: Key("x"))
      y = try container.decode([Double].self, forKey: Key("y"))
      parameters = try container.decode([Double].self, forKey: Key("parameters"))
      cost = try container.decode(Double.self, forKey: Key("cost"))
      intervals = [:]
      for key in container.allKeys where key.stringValue.contains("_") {
        intervals[key.stringValue] = try container.decode([Double?].self, forKey: key)
      }
    }
  }

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  static func read() throws -> ReferenceNumbers {
    let file = URL(fileURLWithPath: Fixtures.path("reference/statistics.json"))
    return try JSONDecoder().decode(ReferenceNumbers.self, from: Data(contentsOf: file))
  }
}

/// Expects a matrix to agree with rows of numbers, relative to √(diagonal products).
func expectClose(
  _ matrix: Matrix, _ rows: [[Double]], tolerance: Double, factor: Double = 1,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  for j in rows.indices {
    for k in rows.indices {
      expectClose(
        matrix[j, k], factor * rows[j][k], tolerance: tolerance,
        scale: factor * (rows[j][j] * rows[k][k]).squareRoot(), "element (\(j), \(k))",
        sourceLocation: sourceLocation)
    }
  }
}

/// First and last row of runs as ranges.
func ranges(_ pairs: [[Int]]) -> [Range<Int>] { pairs.map { $0[0]..<$0[1] } }
