import Schedules
import TestSupport
import Testing

/// Laws that hold for every schedule, on random ones.
@Suite struct SchedulePropertyTests {
  static let seeds = Array<UInt64>(1...300)

  @Test(arguments: seeds)
  func printedTextReadsBack(seed: UInt64) throws {
    var generator = ScheduleTextGenerator(seed: seed)
    let text = generator.next()
    let schedule = try parse(text, seed: seed)
    let again = try parse(schedule.description, seed: seed)
    #expect(again == schedule, "seed \(seed): \(text) became \(schedule)")
    #expect(again.description == schedule.description, "seed \(seed): \(text)")
  }

  @Test(arguments: seeds)
  func pathEqualsRates(seed: UInt64) throws {
    var generator = ScheduleTextGenerator(seed: seed)
    let text = generator.next()
    let schedule = try parse(text, seed: seed)
    let total = try #require(schedule.totalSteps)
    let whole = schedule.path(through: total + 20)
    let wrong = (0...total + 20).first { position in
      let expected = schedule.learningRate(at: position)
      guard let rate = whole.rate(at: position) else { return true }
      return !(abs(rate - expected) <= 1e-12 * expected)
    }
    #expect(wrong == nil, "seed \(seed): \(text)")
    for last in [0, total / 2, total - 1, total, total + 20] {
      let path = schedule.path(through: last)
      #expect(covers(path, through: last), "seed \(seed): \(text)")
      #expect(path.rate(at: last) == whole.rate(at: last), "seed \(seed): \(text)")
    }
  }

  /// Rates are finite and not negative; past the end the last one holds.
  @Test(arguments: seeds)
  func ratesAreSane(seed: UInt64) throws {
    var generator = ScheduleTextGenerator(seed: seed)
    let text = generator.next()
    let schedule = try parse(text, seed: seed)
    let total = try #require(schedule.totalSteps)
    let wrong = (0...total).first { position in
      let rate = schedule.learningRate(at: position)
      return !(rate >= 0 && rate.isFinite)
    }
    #expect(wrong == nil, "seed \(seed): \(text)")
    #expect(
      schedule.learningRate(at: total + 2) == schedule.learningRate(at: total + 1),
      "seed \(seed): \(text)")
  }

  /// Damaged text is read or refused with a place inside it, and what is read prints and reads back.
  @Test(arguments: seeds)
  func damagedTextIsHandled(seed: UInt64) throws {
    var generator = ScheduleTextGenerator(seed: seed)
    var random = SeededGenerator(seed: seed &* 7919)
    let alphabet = Array(",:>-()=%.0159ekxtoprsé \n")
    for _ in 0..<20 {
      var characters = Array(generator.next())
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let index = Int.random(in: characters.indices, using: &random)
        switch Int.random(in: 0...2, using: &random) {
        case 0: characters.remove(at: index)
        case 1: characters[index] = alphabet.randomElement(using: &random) ?? "x"
        default: characters.insert(alphabet.randomElement(using: &random) ?? "x", at: index)
        }
      }
      let text = String(characters)
      switch outcome(of: text) {
      case .success(let schedule):
        let again = try parse(schedule.description, seed: seed)
        #expect(again == schedule, "seed \(seed): \(text)")
      case .failure(let error):
        #expect(error.offset + error.length <= text.count, "seed \(seed): \(text)")
        #expect(!error.message.contains("\n"), "seed \(seed): \(text)")
        #expect(error.description.contains("^"), "seed \(seed): \(text)")
      }
    }
  }

  private func outcome(of text: String) -> Result<Schedule, ScheduleError> {
    do throws(ScheduleError) {
      return .success(try Schedule(parsing: text))
    } catch {
      return .failure(error)
    }
  }

  private func parse(_ text: String, seed: UInt64) throws -> Schedule {
    do {
      return try Schedule(parsing: text)
    } catch {
      Issue.record("seed \(seed): \(error)")
      throw error
    }
  }

  private func covers(_ path: LearningRatePath, through last: Int) -> Bool {
    var next = 0
    for piece in path.pieces {
      guard piece.start == next, piece.count >= 1 else { return false }
      next += piece.count
    }
    return next == last + 1 && path.warmupEnd <= last
  }
}
