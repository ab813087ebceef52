import Schedules

/// A phase as the updates see it: index conventions worked out.
struct UpdatePiece {
  /// The phase with its shape and rates.
  var phase: SchedulePhase
  /// The index, from 0, of the first update that the piece rules.
  var first: Int
  /// How many updates it rules.
  var count: Int
  /// How much of the shape has gone at the first update, as the convention counts.
  var begin: Double
  /// The length of the whole shape, as the convention counts.
  var length: Double

  /// Where the shape begins and ends, in updates.
  var shapeBegin: Double { Double(first) - begin }
  var shapeEnd: Double { shapeBegin + length }
}

extension Schedule {
  /// The schedule as pieces over updates, in order; the end rate holds behind the last.
  var updatePieces: [UpdatePiece] {
    var pieces: [UpdatePiece] = []
    if convention.shift < 0, !phases.isEmpty {
      let rate = learningRate(at: 0)
      let hold = SchedulePhase(
        kind: .stable, shape: .constant, firstStep: 0, steps: -convention.shift, startRate: rate,
        target: rate)
      pieces.append(
        UpdatePiece(phase: hold, first: 0, count: -convention.shift, begin: 0, length: 1))
    }
    for phase in phases {
      let start = phase.firstStep - convention.shift
      let first = max(0, start)
      let count = phase.steps - (first - start)
      guard count > 0 else { continue }
      var piece = UpdatePiece(
        phase: phase, first: first, count: count, begin: phase.skipped + Double(first - start),
        length: phase.shapeSteps)
      if phase.kind == .warmup, phase.shape.name != .logarithmic {
        piece.begin += Double(convention.warmupNumeratorShift)
        piece.length += Double(convention.warmupDenominatorShift)
      }
      pieces.append(piece)
    }
    return pieces
  }

  /// The rate behind the last phase.
  var finalRate: Double { phases.last?.endRate ?? peak }

  /// Updates to compare two schedules at: around the ends of pieces, and some in each.
  var tellingUpdates: [Int] {
    var updates: Set<Int> = [0, 1, 2]
    for piece in updatePieces {
      let last = piece.first + piece.count - 1
      for near in -2...2 {
        updates.insert(max(0, piece.first + near))
        updates.insert(max(0, last + near))
      }
      for part in 1..<32 {
        let place = Double(piece.first) + Double(piece.count) * Double(part) / 32
        updates.insert(Int(place))
      }
    }
    return updates.sorted()
  }

  /// The first update where another schedule has another rate; nil when all agree.
  func firstDifference(to other: Schedule) -> Int? {
    Set(tellingUpdates + other.tellingUpdates).sorted().first {
      abs(learningRate(at: $0) - other.learningRate(at: $0)) > 1e-12 * peak
    }
  }

  /// The phase that rules an update, for messages.
  func phaseText(at update: Int) -> String {
    let step = update + convention.shift
    guard let index = phases.lastIndex(where: { $0.firstStep <= step }) else { return "the start" }
    guard step < phases[index].endStep else { return "what holds behind the last phase" }
    let items = description.split(separator: ",").filter { !$0.contains("=") || $0.contains(":") }
    return index < items.count ? "phase \(index + 1) ('\(items[index])')" : "phase \(index + 1)"
  }
}
