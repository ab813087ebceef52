import Schedules
import TestSupport
import Testing

/// Schedules as paths of pieces.
@Suite struct SchedulePathTests {
  typealias Piece = LearningRatePath.Piece

  @Test func phasesBecomePieces() throws {
    let schedule = try Schedule(parsing: "peak=1,warmup:4,stable:3,decay:4,stable:2:at=0.5")
    #expect(
      schedule.path(through: 14).pieces == [
        Piece(start: 0, count: 4, shape: .linear(first: 0, slope: 0.25)),
        Piece(start: 4, count: 3, shape: .linear(first: 1, slope: 0)),
        Piece(start: 7, count: 4, shape: .linear(first: 1, slope: -0.25)),
        Piece(start: 11, count: 2, shape: .linear(first: 0.5, slope: 0)),
        Piece(start: 13, count: 2, shape: .linear(first: 0.5, slope: 0)),
      ])
  }

  /// However long a curved phase is, it is one piece, with the schedule's own rates.
  @Test(arguments: [4, 900_000_000_000])
  func curvesAreOnePiece(steps: Int) throws {
    let schedule = try Schedule(parsing: "peak=1,stable:2,square:\(steps)")
    let path = schedule.path(through: steps)
    #expect(path.pieces.map(\.start) == [0, 2] && path.pieces.map(\.count) == [2, steps - 1])
    for position in [0, 1, 2, 3, steps / 2, steps - 1, steps, steps + 1] {
      let rate = path.learningRate(at: position)
      #expect(rate == schedule.learningRate(at: min(position, steps)))
    }
  }

  /// A curve between equal rates is a constant.
  @Test func flatCurvesAreLinear() throws {
    let schedule = try Schedule(parsing: "peak=1,cosine:1T:to=1x")
    #expect(
      schedule.path(through: 999_999_999_999).pieces == [
        Piece(start: 0, count: 1_000_000_000_000, shape: .linear(first: 1, slope: 0))
      ])
  }

  @Test func constantWithoutLength() throws {
    let path = try Schedule(parsing: "peak=3e-4").path(through: 9)
    #expect(path.pieces == [Piece(start: 0, count: 10, shape: .linear(first: 3e-4, slope: 0))])
    #expect(path.warmupEnd == 0)
  }

  /// The first value and the slope of a warm-up of 4 updates to 1, by convention.
  @Test(arguments: [
    ("hf", 0, 0.25, 4), ("megatron", 0, 0.25, 4), ("optax", 0, 0.25, 4), ("llmc", 0.25, 0.25, 3),
    ("torchtitan", 0.25, 0.25, 3), ("nanogpt", 0.2, 0.2, 4), ("olmo", 0.25, 0.25, 3),
  ])
  func warmupFollowsTheConvention(
    _ convention: String, _ first: Double, _ slope: Double, _ end: Int
  ) throws {
    let schedule = try Schedule(parsing: "peak=1,conv=\(convention),warmup:4,stable:10")
    let path = schedule.path(through: 13)
    #expect(path.pieces.first?.shape == .linear(first: first, slope: slope))
    #expect(path.warmupEnd == end)
    #expect(schedule.learningRate(at: end) == 1)
    #expect(schedule.learningRate(at: end - 1) < 1)
  }

  /// Pairs of a schedule and where its warm-up's rise ends.
  @Test(arguments: [
    ("peak=1,warmup:4:cosine,cosine:10", 4), ("peak=1,warmup:4:const,cosine:10", 4),
    ("peak=1,warmup:4:log,stable:10", 3), ("peak=1,warmup:4:to=0.5x,stable:10", 4),
    ("peak=1,warmup:1,stable:10", 1), ("peak=1,conv=olmo,warmup:1,stable:10", 0),
    ("peak=1,conv=llmc,warmup:4:at=0.3:to=0.7,decay:10", 3), ("peak=1,stable:5,warmup:4:at=0", 0),
    // The target is never reached: the last position of the rise.
    ("peak=1,warmup:4,stable:10:at=0.5x", 3), ("peak=1,conv=olmo,warmup:4:log,cosine:5:at=0.2", 2),
  ])
  func warmupEndIsWhereTheTargetIsReached(_ text: String, _ end: Int) throws {
    let schedule = try Schedule(parsing: text)
    #expect(schedule.path(through: 20).warmupEnd == end)
    #expect(schedule.path(through: 0).warmupEnd == 0)
  }

  /// On a long phase the piece's rounding stays below 1e-15 of its higher rate.
  @Test func longLinearPiecesAgree() throws {
    let schedule = try Schedule(parsing: "peak=3e-4,warmup:2000,decay:2G")
    let path = schedule.path(through: 2_000_002_100)
    for position in [0, 1, 1999, 2000, 2001, 1_000_000_000, 2_000_001_999, 2_000_002_000] {
      let rate = try #require(path.rate(at: position))
      expectClose(rate, schedule.learningRate(at: position), tolerance: 1e-12, scale: 3e-7)
    }
  }
}

extension LearningRatePath {
  /// The rate at a position, read from the pieces as their documentation defines it.
  func rate(at position: Int) -> Double? {
    guard let piece = pieces.last(where: { $0.start <= position }) else { return nil }
    let index = position - piece.start
    guard index < piece.count else { return nil }
    switch piece.shape {
    case .linear(let first, let slope): return first + slope * Double(index)
    case .curved: return learningRate(at: position)
    case .sampled(let rates): return rates.count == piece.count ? rates[index] : nil
    }
  }
}
