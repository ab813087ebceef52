import Foundation
import Schedules
import TestSupport
import Testing
import TrainingConfigurations

/// Random schedules through every format and back.
@Suite struct RoundTripTests {
  /// An expression of one to five phases, of every shape and convention.
  static func expression(using random: inout SeededGenerator) -> String {
    let conventions = [
      "hf", "megatron", "optax", "llmc", "torchtitan", "nanogpt", "olmo", "deepspeed",
    ]
    let decays = [
      "linear", "cosine", "cosine:p=2", "cosine-linear", "1-sqrt", "square", "mirror-cosine",
      "poly:p=1.5", "exp:to=0.05x", "mexp", "inv:to=0.05x", "rex", "tanh", "half-life:h=9",
      "invsqrt:tau=7", "const",
    ]
    let rises = ["linear", "cosine", "1-sqrt", "quad", "log", "const"]
    let isSimple = Bool.random(using: &random)
    let peak = pow(10, Double.random(in: -5...0, using: &random))
    var items = ["peak=\(peak)", "conv=\(conventions.randomElement(using: &random) ?? "hf")"]
    let steps = { (random: inout SeededGenerator) in Int.random(in: 1...90, using: &random) }
    if Bool.random(using: &random) {
      let rise = isSimple ? "linear" : rises.randomElement(using: &random) ?? ""
      items.append("warmup:\(steps(&random)):\(rise)")
    }
    if Bool.random(using: &random) { items.append("stable:\(steps(&random))") }
    for _ in 0..<(isSimple ? 1 : Int.random(in: 0...3, using: &random)) {
      let shape =
        isSimple
        ? decays[Int.random(in: 0...4, using: &random)]
        : decays.randomElement(using: &random) ?? ""
      let floor = shape.contains("to=") || shape == "const" ? "" : ":to=0.01x"
      items.append("decay:\(steps(&random)):\(shape)\(floor):at=\(isSimple ? "1" : "0.7")x")
    }
    if items.count == 2 { items.append("stable:40") }
    return items.joined(separator: ",")
  }

  @Test func whatIsWrittenIsReadAgain() throws {
    let seed: UInt64 = 31_415
    var random = SeededGenerator(seed: seed)
    var counts: [ConfigurationFormat: Int] = [:]
    for _ in 0..<150 {
      let text = Self.expression(using: &random)
      let schedule = try Schedule(parsing: text)
      for format in ConfigurationFormat.allCases where format.isWritten && format != .pytorch {
        let exported: ExportedSchedule
        do throws(ConfigurationError) {
          exported = try ScheduleExporter().export(schedule, as: format)
        } catch {
          #expect(error.code == .notExpressible, "seed \(seed): \(text) as \(format): \(error)")
          continue
        }
        // Functions of optax code cannot be read back.
        guard exported.notes.isEmpty else { continue }
        counts[format, default: 0] += 1
        let total = format == .csv || format == .expression ? nil : schedule.totalSteps
        let back = try ScheduleImporter(facts: TrainingFacts(totalSteps: total)).schedule(
          from: exported.text, format: format)
        for update in 0..<(schedule.totalSteps ?? 0) {
          let difference =
            back.schedule.learningRate(at: update) - schedule.learningRate(at: update)
          #expect(
            abs(difference) <= 1e-12 * schedule.peak,
            "seed \(seed): \(text) as \(format), update \(update)")
        }
      }
    }
    // Each format took its part.
    for format in ConfigurationFormat.allCases where format.isWritten && format != .pytorch {
      #expect(counts[format, default: 0] > 0, "seed \(seed): \(format) said none of them")
    }
    #expect(counts[.csv] == 150 && counts[.expression] == 150, "seed \(seed)")
  }
}
