import Schedules
import TestSupport
import Testing

/// Presets with few steps and with numbers that nobody means.
@Suite struct SchedulePresetHostileTests {
  static let presets = ScheduleCatalogue.entries.filter { $0.group == .preset }

  /// What a preset's example says of its keys, the duration left to the test.
  private static func keys(
    of entry: ScheduleCatalogueEntry
  ) throws -> (settings: String, keys: String) {
    let example = try #require(entry.example)
    let items = example.split(separator: ",")
    let preset = try #require(
      items.last { item in
        ([entry.name] + entry.aliases).contains(String(item.prefix { $0 != ":" }))
      })
    let settings = items.filter { $0.contains("=") && !$0.contains(":") && !$0.hasPrefix("total") }
    let keys = preset.split(separator: ":").dropFirst().filter { $0 != "rest" }
    return (settings.joined(separator: ","), keys.joined(separator: ":"))
  }

  /// Whatever its length, a preset is refused in words or owns exactly its steps.
  @Test(arguments: presets)
  func everyLengthIsOwnedOrRefused(_ entry: ScheduleCatalogueEntry) throws {
    let (settings, keys) = try Self.keys(of: entry)
    var read = 0
    for length in Array(1...40) + [100, 333, 1000, 4001, 20_000] {
      let text = "\(settings),\(entry.name):\(length)\(keys.isEmpty ? "" : ":")\(keys)"
        .drop { $0 == "," }
      if try expectOwnedOrRefused(String(text), length: length) { read += 1 }
    }
    #expect(read > 0)
  }

  @Test(arguments: presets)
  func absurdValuesAreRefusedOrRead(_ entry: ScheduleCatalogueEntry) throws {
    let (settings, keys) = try Self.keys(of: entry)
    let values = [
      "0", "1", "-1", "0.5", "1e308", "1e-308", "1e400", "1T", "99%", "1000%", "2x", "nan", "inf",
      "1+1", "", "rest", "1e4",
    ]
    for parameter in entry.parameters {
      let others = keys.split(separator: ":").filter { !$0.hasPrefix(parameter.name + "=") }
        .joined(separator: ":")
      for value in values {
        let text =
          "\(settings),\(entry.name):1000\(others.isEmpty ? "" : ":")\(others):"
          + "\(parameter.name)=\(value)"
        try expectOwnedOrRefused(String(text.drop { $0 == "," }), length: 1000)
      }
    }
  }

  /// Whether the text was read.
  @discardableResult
  private func expectOwnedOrRefused(_ text: String, length: Int) throws -> Bool {
    do throws(ScheduleError) {
      let schedule = try Schedule(parsing: text)
      #expect(schedule.totalSteps == length, "\(text)")
      let wrong = stride(from: 0, through: length, by: max(1, length / 50)).first {
        let rate = schedule.learningRate(at: $0)
        return !(rate >= 0 && rate.isFinite)
      }
      #expect(wrong == nil, "\(text)")
      let again = Result { () throws(ScheduleError) in try Schedule(parsing: "\(schedule)") }
      #expect(again == .success(schedule), "\(text) became \(schedule)")
      return true
    } catch {
      #expect(error.offset + error.length <= text.count)
      #expect(!error.message.isEmpty)
      return false
    }
  }
}
