/// A batch that grows in equal steps: Megatron-LM's `--rampup-batch-size START INCREMENT SAMPLES`.
///
/// Source: Megatron-LM, `megatron/core/num_microbatches_calculator.py`.
struct BatchRamp {
  let start: Double
  let increment: Double
  let samples: Double

  /// The ramp of the settings; nil when there is none.
  init?(reading: SettingsReading) throws(ConfigurationError) {
    let key = "rampup-batch-size"
    guard let (_, setting) = reading.found([key]) else { return nil }
    guard case .list(let parts, let line) = setting, parts.count == 3 else {
      throw ConfigurationError(
        .invalid, "this takes three numbers: the first batch size, the increment, the samples",
        key: key, line: setting.line)
    }
    var numbers: [Double] = []
    for part in parts {
      numbers.append(try SettingsReading.number(part.text ?? "", name: key, line: line))
    }
    guard numbers.allSatisfy({ $0 >= 1 && $0 == $0.rounded() && $0 <= 1e15 }) else {
      throw ConfigurationError(
        .invalid, "the three numbers must be whole and positive", key: key, line: line)
    }
    (start, increment, samples) = (numbers[0], numbers[1], numbers[2])
  }

  /// A stretch of updates with one batch size.
  private struct Stage {
    var firstStep: Double
    var firstSample: Double
    var batchSize: Double
  }

  /// At most this many stages are written out.
  private static let stageLimit = 2000

  private func stages(batchSize: Double) -> [Stage] {
    let count = ((batchSize - start) / increment).rounded(.down)
    guard count >= 1, count <= Double(Self.stageLimit) else {
      return [Stage(firstStep: 0, firstSample: 0, batchSize: batchSize)]
    }
    let perIncrement = samples / count
    var stages: [Stage] = []
    var step = 0.0
    var sample = 0.0
    while sample <= samples {
      let increments = (sample / perIncrement).rounded(.down)
      let size = min(start + increments * increment, batchSize)
      stages.append(Stage(firstStep: step, firstSample: sample, batchSize: size))
      // The size changes at the first update that begins at or behind the next threshold.
      let next = increments >= count ? samples + 1 : (increments + 1) * perIncrement
      let updates = max(1, ((next - sample) / size).rounded(.up))
      step += updates
      sample += updates * size
    }
    stages.append(Stage(firstStep: step, firstSample: sample, batchSize: batchSize))
    return stages
  }

  /// A sketch whose positions are samples as one whose positions are updates.
  func stepwise(_ sketch: ScheduleSketch, batchSize: Double) -> ScheduleSketch {
    let stages = stages(batchSize: batchSize)
    var result = ScheduleSketch(peak: sketch.peak, convention: sketch.convention)
    for phase in sketch.phases {
      for (index, stage) in stages.enumerated() {
        let end = index + 1 < stages.count ? stages[index + 1].firstSample : .infinity
        guard phase.begin < end, phase.end > stage.firstSample else { continue }
        let step = { (sample: Double) in
          stage.firstStep + (sample - stage.firstSample) / stage.batchSize
        }
        var part = phase
        part.begin = step(max(phase.begin, stage.firstSample))
        part.end = step(min(phase.end, end))
        part.shapeBegin = step(phase.shapeBegin)
        part.shapeEnd = step(phase.shapeEnd)
        result.append(part)
      }
    }
    return result
  }
}
