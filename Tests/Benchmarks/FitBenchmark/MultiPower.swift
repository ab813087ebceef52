import Foundation
import LeastSquares
import LinearAlgebra
import ScalingLaws
import Schedules

/// The multi-power law on the curves published with it (Luo et al., arXiv 2503.12811), read from a
/// folder with their CSV files: fits the cosine, the constant rate and one drop, and predicts the six
/// other runs.
enum MultiPower {
  struct Result {
    var fitSeconds: Double
    var predictionSeconds: Double
    var cost: Double
    var parameters: [Double]
    var meanError: Double
    var evaluations: Int
  }

  static func run(_ directory: String) throws -> [String: Any] {
    var result: [String: Any] = [:]
    for law in LawCatalogue.all where law.inputs == [.learningRate] {
      for size in ["25", "100"] {
        for warmup in [WarmupArea.full, .actual] {
          let one = try run(law, "\(directory)/mpl\(size)/mpl\(size)_", warmup: warmup)
          result["\(law.name) \(size)M \(warmup.rawValue)"] = [
            "fitSeconds": one.fitSeconds, "predictionSeconds": one.predictionSeconds,
            "cost": one.cost, "parameters": one.parameters, "meanError": one.meanError,
            "evaluations": one.evaluations,
          ]
        }
      }
    }
    return result
  }

  static func run(_ law: any LossLaw, _ prefix: String, warmup: WarmupArea) throws -> Result {
    let fitted = try curves(["cosine_24000", "constant_24000", "wsdcon_9"], prefix, warmup: warmup)
    let others = try [
      "constant_72000", "cosine_72000", "wsd_20000_24000", "wsdld_20000_24000", "wsdcon_3",
      "wsdcon_18",
    ].map { try curves([$0], prefix, warmup: warmup) }
    var fit: LawFit?
    var failure: (any Error)?
    let fitSeconds = FitBenchmark.median(5) {
      do {
        fit = try LawFitter(law: law).fit(
          fitted.losses, at: LawRows(segments: fitted.segments, warmup: warmup))
      } catch { failure = error }
    }
    if let failure { throw failure }
    guard let fit else { throw CocoaError(.featureUnsupported) }
    var meanError = 0.0
    let predictionSeconds = FitBenchmark.median(5) {
      meanError = 0
      for curve in others {
        let rows = LawRows(segments: curve.segments, warmup: warmup)
        let predicted = predictions(law, fit.coordinates, rows)
        let errors = zip(predicted, curve.losses).map { abs($0 / $1 - 1) }
        meanError += errors.reduce(0, +) / Double(errors.count * others.count)
      }
    }
    return Result(
      fitSeconds: fitSeconds, predictionSeconds: predictionSeconds, cost: fit.report.cost,
      parameters: law.parameters(fromCoordinates: fit.coordinates), meanError: meanError,
      evaluations: fit.report.evaluations)
  }

  static func predictions(_ law: any LossLaw, _ coordinates: [Double], _ rows: LawRows) -> [Double]
  {
    let count = law.linearCoordinates.count
    let values = law.basis(for: rows).basis(at: Array(coordinates[count...])).functions
    return (0..<rows.count).map { row in
      (0..<count).reduce(0) { $0 + coordinates[$1] * values[row, $1] }
    }
  }

  private static func curves(
    _ names: [String], _ prefix: String, warmup: WarmupArea
  ) throws -> (segments: [LawRows.Segment], losses: [Double]) {
    var segments: [LawRows.Segment] = []
    var losses: [Double] = []
    for name in names {
      let text = try String(contentsOfFile: "\(prefix)\(name).csv", encoding: .utf8)
      let rows = text.split(separator: "\n").dropFirst().map {
        $0.split(separator: ",").map { Double($0) ?? .nan }
      }
      segments.append(.init(positions: rows.map { Int($0[0]) }, path: path(name)))
      losses += rows.map { $0[2] }
    }
    return (segments, losses)
  }

  /// The learning rate of every step of a run: peak 3e-4 after 2,160 steps of warm-up.
  private static func path(_ name: String) -> LearningRatePath {
    let peak = 3e-4
    let words = name.split(separator: "_")
    var pieces = [
      LearningRatePath.Piece(start: 0, count: 2160, shape: .linear(first: 0, slope: peak / 2160))
    ]
    func hold(until end: Int, at rate: Double) {
      let start = pieces.map { $0.start + $0.count }.max() ?? 0
      pieces.append(.init(start: start, count: end - start, shape: .linear(first: rate, slope: 0)))
    }
    switch words[0] {
    case "cosine":
      let end = Int(words[1]) ?? 24_000
      pieces.append(
        .init(
          start: 2160, count: end - 2159,
          shape: .sampled(
            (2160...end).map {
              let share = Double($0 - 2160) / Double(end - 2160)
              return 0.1 * peak + 0.45 * peak * (1 + cos(.pi * share))
            })))
    case "wsd":
      hold(until: 20_000, at: peak)
      pieces.append(
        .init(
          start: 20_000, count: 4001,
          shape: .sampled((0...4000).map { peak * pow(0.1, Double($0) / 4000) })))
    case "wsdld":
      hold(until: 20_000, at: peak)
      pieces.append(
        .init(start: 20_000, count: 4001, shape: .linear(first: peak, slope: -0.9 * peak / 4000)))
    case "wsdcon":
      hold(until: 8000, at: peak)
      hold(until: 24_000, at: 1e-5 * (Double(words[1]) ?? 9))
    default: hold(until: 72_001, at: peak)
    }
    return LearningRatePath(pieces: pieces, warmupEnd: 2160)
  }
}
