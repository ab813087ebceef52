extension Schedule {
  /// The schedule as a path over the updates 0 through `last`.
  ///
  /// Constant and linear phases are linear pieces, the others curves, so that the cost does not grow
  /// with the number of steps. Each linear piece agrees with `learningRate(at:)` to rounding, an
  /// error below 1e-15 of the phase's higher rate; curves are the same to the last bit.
  ///
  /// - Parameter last: the last position, from 0 to `Int.max - 1`; past the last phase its end
  ///   rate holds.
  /// - Returns: contiguous pieces. `warmupEnd` is the position where the rate first reaches the
  ///   first warm-up's target: its length W with `hf`, `megatron`, `optax` and `nanogpt`, W - 1
  ///   with the others; not more than `last`, and 0 when the first phase is no warm-up.
  public func path(through last: Int) -> LearningRatePath {
    precondition(last >= 0 && last < Int.max, "last is out of range")
    var pieces: [LearningRatePath.Piece] = []
    if convention.shift < 0 {
      // Until the schedule's clock starts, its first rate holds.
      pieces.append(
        .init(
          start: 0, count: min(last + 1, -convention.shift),
          shape: .linear(first: learningRate(at: 0), slope: 0)))
    }
    for phase in phases {
      let start = max(0, phase.firstStep - convention.shift)
      let end = min(last, phase.endStep - convention.shift - 1)
      guard start <= end else { continue }
      pieces.append(piece(of: phase, from: start, through: end))
    }
    let next = pieces.last.map { $0.start + $0.count } ?? 0
    if next <= last {
      let rate = phases.last?.endRate ?? peak
      pieces.append(
        .init(start: next, count: last - next + 1, shape: .linear(first: rate, slope: 0)))
    }
    return LearningRatePath(pieces: pieces, warmupEnd: min(last, warmupEnd))
  }

  private func piece(
    of phase: SchedulePhase, from start: Int, through end: Int
  ) -> LearningRatePath.Piece {
    let elapsed =
      (start + convention.shift - phase.firstStep)...(end + convention.shift - phase.firstStep)
    let shape: LearningRatePath.Piece.Shape =
      phase.isLinear
      ? .linear(
        first: phase.rate(elapsed: elapsed.lowerBound, convention), slope: phase.slope(convention))
      : .curved(LearningRateCurve(phase, convention, elapsed: elapsed))
    return .init(start: start, count: end - start + 1, shape: shape)
  }

  /// Where the first warm-up's rise ends: where its target is reached, else its last position.
  private var warmupEnd: Int {
    guard let warmup = phases.prefix(while: { $0.kind == .warmup }).last else { return 0 }
    let lastOfPhase = max(0, warmup.endStep - 1 - convention.shift)
    let candidates = [lastOfPhase, lastOfPhase + 1]
    return candidates.first { learningRate(at: $0) == warmup.endRate } ?? lastOfPhase
  }
}
