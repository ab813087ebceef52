import Foundation
import ScalingLaws
import Schedules
import TestSupport
import Testing

/// The training curves published with the multi-power law (Luo and others, arXiv 2503.12811), where
/// the public collection stands beside the package.
enum PublicCurves {
  static let areThere = Fixtures.shared("curves/runs.csv") != nil

  /// The curves to fit and the six to predict.
  static let fitted = ["cosine_24000", "constant_24000", "wsdcon_9"]
  static let predicted = [
    "constant_72000", "cosine_72000", "wsd_20000_24000", "wsdld_20000_24000", "wsdcon_3",
    "wsdcon_18",
  ]

  /// The losses and rows of a run after its warm-up of 2160 steps.
  static func run(_ name: String, of size: String) throws -> (losses: [Double], rows: LawRows) {
    let path = try #require(Fixtures.shared("curves/\(size)/\(size)_\(name).csv"))
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    var positions: [Int] = []
    var losses: [Double] = []
    for line in lines.dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      let step = try #require(Int(cells[0]))
      guard step >= 2160, let loss = Double(cells[2]) else { continue }
      positions.append(step)
      losses.append(loss)
    }
    let rates = try ratePath("\(size)_\(name)")
    return (
      losses,
      LawRows(segments: [.init(positions: positions, path: rates)], warmup: .actual)
    )
  }

  /// Several runs one after the other.
  static func runs(_ names: [String], of size: String) throws -> (losses: [Double], rows: LawRows) {
    let runs = try names.map { try run($0, of: size) }
    return (
      runs.flatMap(\.losses),
      LawRows(segments: runs.flatMap(\.rows.segments), warmup: .actual)
    )
  }

  /// A law fitted to three curves: its mean relative error on the six others.
  static func predictionError(of law: any LossLaw, size: String) throws -> Double {
    let train = try runs(fitted, of: size)
    let fit = try LawFitter(law: law).fit(train.losses, at: train.rows)
    let errors = try predicted.map { name in
      let (losses, rows) = try run(name, of: size)
      let values = predictions(law, fit.coordinates, rows)
      return zip(values, losses).reduce(0) { $0 + abs($1.0 / $1.1 - 1) } / Double(losses.count)
    }
    return errors.reduce(0, +) / Double(errors.count)
  }

  /// The path from the segments that the collection's list of runs gives, as JSON in quotes.
  private static func ratePath(_ run: String) throws -> LearningRatePath {
    let list = try String(
      contentsOfFile: try #require(Fixtures.shared("curves/runs.csv")), encoding: .utf8)
    let line = try #require(list.split(separator: "\n").first { $0.hasPrefix(run + ",") })
    let start = try #require(line.range(of: "\"[["))
    let end = try #require(line.range(of: "]]\"", range: start.lowerBound..<line.endIndex))
    let text = line[line.index(after: start.lowerBound)..<line.index(before: end.upperBound)]
      .replacingOccurrences(of: "\"\"", with: "\"")
    let parsed = try JSONSerialization.jsonObject(with: Data(text.utf8))
    let segments = try #require(parsed as? [[Any]])
    let pieces = try segments.map { segment -> LearningRatePath.Piece in
      let first = try #require(segment[0] as? Int)
      let count = try #require(segment[1] as? Int) - first
      let shape = try #require(segment[2] as? String)
      let from = try #require((segment[3] as? NSNumber)?.doubleValue)
      let to = try #require((segment[4] as? NSNumber)?.doubleValue)
      let rates = try (0..<count).map { index in
        let share = Double(index) / Double(count)
        switch shape {
        case "const": return from
        case "linear": return from + (to - from) * share
        case "cosine": return to + (from - to) * (1 + cos(.pi * share)) / 2
        case "exp": return from * pow(to / from, share)
        case "sqrt": return from + (to - from) * share.squareRoot()
        default:
          throw CocoaError(.formatting)
        }
      }
      let isStraight = shape == "const" || shape == "linear"
      return .init(
        start: first, count: count,
        shape: isStraight
          ? .linear(first: from, slope: shape == "const" ? 0 : (to - from) / Double(count))
          : .sampled(rates))
    }
    let last = try #require((segments.last?[4] as? NSNumber)?.doubleValue)
    let end_ = try #require(segments.last?[1] as? Int)
    return LearningRatePath(
      pieces: pieces + [.init(start: end_, count: 1, shape: .linear(first: last, slope: 0))],
      warmupEnd: 2160)
  }
}
