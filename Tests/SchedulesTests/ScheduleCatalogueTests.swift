import Schedules
import Testing

@Suite struct ScheduleCatalogueTests {
  @Test(arguments: ScheduleCatalogue.entries)
  func examplesAreReadAndUseTheEntry(_ entry: ScheduleCatalogueEntry) throws {
    #expect(!entry.summary.isEmpty)
    #expect(!entry.source.isEmpty)
    guard let example = entry.example else {
      #expect(entry.group == .notAFunctionOfTheStep)
      #expect(!entry.remark.isEmpty)
      return
    }
    #expect(!entry.formula.isEmpty)
    let schedule = try Schedule(parsing: example)
    #expect(schedule.totalSteps != nil)
    #expect(try Schedule(parsing: schedule.description) == schedule)
    #expect(([entry.name] + entry.aliases).contains { example.contains($0) })
  }

  /// Each alias is read and means the same.
  @Test(arguments: ScheduleCatalogue.entries.filter { !$0.aliases.isEmpty })
  func aliasesMeanTheSame(_ entry: ScheduleCatalogueEntry) throws {
    let example = try #require(entry.example)
    let written = try #require(([entry.name] + entry.aliases).first { example.contains($0) })
    let schedule = try Schedule(parsing: example)
    for word in [entry.name] + entry.aliases {
      // The last place, as the shape's name may be a part of the phase's.
      let place = try #require(example.ranges(of: written).last)
      let other = example.replacingCharacters(in: place, with: word)
      #expect(try Schedule(parsing: other) == schedule, "\(other)")
    }
  }

  /// A key's usual value, written out, changes nothing; and the example's rates bound the facts.
  @Test(arguments: SchedulePresetSample.all)
  func usualValuesAreTheUsualOnes(_ sample: SchedulePresetSample) throws {
    let schedule = try Schedule(parsing: sample.example)
    for (key, usual) in sample.missingKeys where !usual.contains("=") {
      let other = try Schedule(parsing: sample.with(key, usual))
      #expect(other == schedule, "\(sample.with(key, usual))")
    }
    let facts = try #require(schedule.facts)
    let rates = (0..<min(facts.totalSteps, 200_000)).map { schedule.learningRate(at: $0) }
    let highest = try #require(rates.max())
    // A rate that is handed on, but not emitted, may be a step's change above.
    #expect(facts.highestRate >= highest && facts.highestRate <= 1.05 * highest)
  }

  @Test func namesAreUniqueWithinAGroup() {
    for group in ScheduleCatalogueEntry.Group.allCases {
      let entries = ScheduleCatalogue.entries.filter { $0.group == group }
      let words = entries.flatMap { [$0.name] + $0.aliases }
      #expect(Set(words).count == words.count)
      #expect(!entries.isEmpty)
    }
  }

  /// The errors name all phases, shapes, presets and conventions; each has its entry.
  @Test(arguments: [
    ("peak=1,?:1", ScheduleCatalogueEntry.Group.preset), ("peak=1,?:1", .phase),
    ("peak=1,?:1", .decayShape), ("peak=1,warmup:5:?", .warmupShape),
    ("peak=1,conv=?,stable:5", .convention),
  ])
  func everyNameHasAnEntry(_ text: String, group: ScheduleCatalogueEntry.Group) throws {
    let error = try #require(throws: ScheduleError.self) { try Schedule(parsing: text) }
    let list = try #require(error.message.components(after: "valid: "))
    let words = Set(ScheduleCatalogue.words)
    for name in list where name != "rest" { #expect(words.contains(name), "\(name)") }
    for entry in ScheduleCatalogue.entries where entry.group == group {
      #expect(list.contains(entry.name), "\(entry.name)")
    }
  }

  @Test func frameworksNamesAreFound() {
    #expect(ScheduleCatalogue.entries(named: "onecyclelr").map(\.name) == ["onecycle"])
    #expect(ScheduleCatalogue.entries(named: "minus_sqrt").map(\.name) == ["1-sqrt"])
    #expect(ScheduleCatalogue.entries(named: "cosine").count == 2)
    #expect(ScheduleCatalogue.entries(named: "nothing").isEmpty)
  }
}

extension String {
  fileprivate func components(after mark: String) -> [String]? {
    guard let place = ranges(of: mark).first else { return nil }
    return self[place.upperBound...].split(separator: ",").map {
      String($0.drop { $0 == " " })
    }
  }

  fileprivate func replacingCharacters(
    in range: Range<String.Index>, with text: String
  ) -> String {
    var copy = self
    copy.replaceSubrange(range, with: text)
    return copy
  }
}

/// A preset's example with what its catalogue entry says of keys.
struct SchedulePresetSample: Sendable, CustomTestStringConvertible {
  let name: String
  let example: String
  /// Keys that the example leaves out, with their usual values.
  let missingKeys: [(key: String, usual: String)]
  var testDescription: String { name }

  static let all: [SchedulePresetSample] = ScheduleCatalogue.entries.filter { $0.group == .preset }
    .compactMap { entry in
      guard let example = entry.example else { return nil }
      let keys = entry.parameters.filter { parameter in
        // What may be written, is not written yet, and is a value rather than words.
        !parameter.usual.isEmpty && !parameter.usual.contains(" ")
          && !example.contains(":\(parameter.name)=")
      }
      return SchedulePresetSample(
        name: entry.name, example: example,
        missingKeys: keys.map { (key: $0.name, usual: $0.usual) })
    }

  /// The example with one more key.
  func with(_ key: String, _ value: String) -> String { "\(example):\(key)=\(value)" }
}
