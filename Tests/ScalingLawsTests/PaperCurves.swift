import Foundation
import ScalingLaws
import Schedules
import TestSupport

/// The curves published with the multi-power law (Luo et al., arXiv 2503.12811), where they are at hand:
/// losses of nine runs, each after 2,160 steps of warm-up to 3e-4.
struct PaperCurves {
  static let fitted = ["cosine_24000", "constant_24000", "wsdcon_9"]
  static let predicted = [
    "constant_72000", "cosine_72000", "wsd_20000_24000", "wsdld_20000_24000", "wsdcon_3",
    "wsdcon_18",
  ]
  static let peak = 3e-4
  static let warmup = 2160

  static var areAtHand: Bool { Fixtures.shared("curves/mpl25") != nil }

  var segments: [LawRows.Segment] = []
  var losses: [Double] = []

  /// Reads runs of a size, `25` or `100`.
  init(_ names: [String], size: String) throws {
    for name in names {
      guard let file = Fixtures.shared("curves/mpl\(size)/mpl\(size)_\(name).csv") else {
        throw CocoaError(.fileNoSuchFile)
      }
      let text = try String(contentsOfFile: file, encoding: .utf8)
      let rows = text.split(separator: "\n").dropFirst().map {
        $0.split(separator: ",").map { Double($0) ?? .nan }
      }
      segments.append(
        .init(positions: rows.map { Int($0[0]) }, path: Self.path(name)))
      losses += rows.map { $0[2] }
    }
  }

  private static func path(_ name: String) -> LearningRatePath {
    let words = name.split(separator: "_")
    let last = 72_000
    let rates = (warmup...last).map { step -> Double in
      switch words[0] {
      case "cosine":
        let end = Int(words[1]) ?? last
        let share = Double(min(step, end) - warmup) / Double(end - warmup)
        return 0.1 * peak + 0.45 * peak * (1 + cos(.pi * share))
      case "wsd":
        return step < 20_000 ? peak : peak * pow(0.1, Double(min(step, 24_000) - 20_000) / 4000)
      case "wsdld":
        return step < 20_000
          ? peak : peak * (1 - 0.9 * Double(min(step, 24_000) - 20_000) / 4000)
      case "wsdcon": return step < 8000 ? peak : 1e-5 * (Double(words[1]) ?? 9)
      default: return peak
      }
    }
    return LearningRatePath(
      pieces: [
        .init(start: 0, count: warmup, shape: .linear(first: 0, slope: peak / Double(warmup))),
        .init(start: warmup, count: rates.count, shape: .sampled(rates)),
      ], warmupEnd: warmup)
  }
}
