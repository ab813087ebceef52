/// Phases on a clock of their own, as the schedules of optax and PyTorch are.
struct RateTimeline {
  private(set) var phases: [PhaseSketch] = []
  /// The rate behind the last phase.
  private(set) var last: Double
  /// Why there is no rate behind the last phase; nil where the last rate holds.
  var refusal: String?

  /// A constant rate without an end.
  init(rate: Double) { last = rate }

  /// Where the last phase ends; nothing more happens behind it.
  var end: Double { phases.last?.end ?? 0 }

  /// Goes to a rate over some steps by a shape, a line without one.
  mutating func go(to rate: Double, over steps: Double, shape: String = "linear") {
    guard steps > 0 else {
      last = rate
      return
    }
    let isWarmup = rate > last && (shape == "linear" || shape == "cosine")
    let begin = end
    phases.append(
      PhaseSketch(
        kind: rate == last ? .stable : isWarmup ? .warmup : .decay,
        shape: rate == last ? "" : shape, begin: begin, end: begin + steps, shapeBegin: begin,
        shapeEnd: begin + steps, from: last, to: rate == last ? nil : rate))
    last = rate
  }

  /// Holds a rate for some steps.
  mutating func hold(_ rate: Double, for steps: Double) {
    last = rate
    go(to: rate, over: steps)
  }

  /// Adds a shape without an end, which goes on for ever.
  mutating func goForever(_ shape: String, toward rate: Double) {
    let begin = end
    phases.append(
      PhaseSketch(
        kind: .decay, shape: shape, begin: begin, end: .infinity, shapeBegin: begin,
        shapeEnd: .infinity, from: last, to: rate))
    last = rate
  }

  /// The phases between two positions of the clock, moved by an offset.
  ///
  /// - Throws: `notSupported` when the timeline cannot go on as far.
  func part(
    upTo limit: Double, movedBy offset: Double
  ) throws(ConfigurationError) -> [PhaseSketch] {
    var parts: [PhaseSketch] = []
    for var phase in phases where phase.begin < limit {
      phase.end = min(phase.end, limit)
      parts.append(phase)
    }
    if end < limit {
      if let refusal { throw ConfigurationError(.notSupported, refusal) }
      parts.append(
        PhaseSketch(
          kind: .stable, shape: "", begin: end, end: limit, shapeBegin: end, shapeEnd: limit,
          from: last, to: nil))
    }
    return parts.map { phase in
      var phase = phase
      phase.begin += offset
      phase.end += offset
      phase.shapeBegin += offset
      phase.shapeEnd += offset
      return phase
    }
  }

  /// Timelines one after the other, each on its own clock from its boundary on.
  static func joined(
    _ timelines: [RateTimeline], boundaries: [Double]
  ) throws(ConfigurationError) -> RateTimeline {
    guard let final = timelines.last, boundaries.count == timelines.count - 1 else {
      throw ConfigurationError(
        .invalid, "schedules that follow one another need one boundary less than they are")
    }
    var result = RateTimeline(rate: final.last)
    result.refusal = final.refusal
    var offset = 0.0
    for (timeline, boundary) in zip(timelines, boundaries) {
      guard boundary >= offset else {
        throw ConfigurationError(.invalid, "the boundaries must rise")
      }
      result.phases += try timeline.part(upTo: boundary - offset, movedBy: offset)
      offset = boundary
    }
    if final.end > 0 {
      result.phases += try final.part(upTo: final.end, movedBy: offset)
    } else {
      // A constant needs a phase of its own, or the rate before it would go on.
      result.phases += try final.part(upTo: 1, movedBy: offset)
    }
    return result
  }

  /// The timeline as a schedule's sketch, up to `total` updates where it is known.
  func sketch(total: Int?) throws(ConfigurationError) -> ScheduleSketch {
    let rates: [Double] = phases.map { max($0.from ?? 0, $0.to ?? 0) } + [last]
    var sketch = ScheduleSketch(peak: rates.max() ?? 0)
    guard let limit = total.map(Double.init) ?? (end.isFinite ? end : nil) else {
      throw ConfigurationError(
        .missing, "the schedule goes on for ever; give the number of updates with --total")
    }
    guard limit > 0 || total != nil else { return sketch }
    for phase in try part(upTo: limit, movedBy: 0) { sketch.append(phase) }
    // What holds behind the end must be the last rate, not that of the last phase.
    if total == nil, let phase = phases.last, (phase.to ?? phase.from) != last {
      sketch.hold(until: end + 1, at: last)
    }
    return sketch
  }
}
