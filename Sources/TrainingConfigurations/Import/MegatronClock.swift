/// Megatron-LM's lengths, in updates, or in samples while the batch grows.
struct MegatronClock {
  /// The global batch size; 1 where nothing counts samples.
  let batchSize: Double
  /// Whether lengths are given in samples.
  let countsSamples: Bool
  /// The length of the training.
  let total: Double
  /// Where the decay ends.
  let decay: Double
  /// The setting that says where the decay ends.
  let decayKey: String
  /// How the batch grows at first; nil when it does not.
  let ramp: BatchRamp?

  /// Samples an update; nil where lengths are in updates and nothing tells.
  let samplesPerUpdate: Double?

  init(reading: inout SettingsReading) throws(ConfigurationError) {
    let lengths = ["train", "lr-decay", "lr-warmup", "lr-wsd-decay"]
    countsSamples = lengths.contains { reading.has("\($0)-samples") }
    if reading.has("step-batch-size-schedule") {
      throw reading.unsupported(
        "a batch-size schedule makes the learning rate no function of steps alone that phases "
          + "say; convert a table of step,learning_rate instead", key: "step-batch-size-schedule")
    }
    ramp = try BatchRamp(reading: reading)
    let writtenSize = try reading.length("global-batch-size")
    let size = reading.facts.batchSize ?? writtenSize
    samplesPerUpdate = size
    if countsSamples || ramp != nil {
      guard let size, size > 0 else {
        throw reading.missing(
          ["global-batch-size"], "lengths are in samples; add it, or give --batch-size")
      }
      guard countsSamples else {
        throw reading.unsupported(
          "Megatron-LM takes rampup-batch-size with lengths in samples only",
          key: "rampup-batch-size")
      }
      batchSize = size
    } else {
      batchSize = 1
    }
    let suffix = countsSamples ? "samples" : "iters"
    let unit = ramp == nil && countsSamples ? batchSize : 1
    let trainKey = "train-\(suffix)"
    let trained = try reading.length(trainKey).map { $0 / unit }
    let given = reading.facts.totalSteps.map(Double.init)
    if given != nil, ramp != nil {
      throw reading.unsupported(
        "with a growing batch give \(trainKey), not the number of updates", key: trainKey)
    }
    let written = try reading.length("lr-decay-\(suffix)").map { $0 / unit }
    guard let total = given ?? trained ?? written, total > 0 else {
      throw reading.missing([trainKey], "add it, or give the number of updates with --total")
    }
    self.total = total
    decayKey = "lr-decay-\(suffix)"
    decay = written ?? trained ?? total
    if written == nil {
      reading.note("--\(decayKey) is not given; the decay ends with the training")
    }
  }

  /// A length in the clock's unit; nil when neither twin is given.
  func length(_ reading: SettingsReading, _ name: String) throws(ConfigurationError) -> Double? {
    let wrong = "\(name)-\(countsSamples ? "iters" : "samples")"
    if let value = try reading.length(wrong), value > 0 {
      throw reading.unsupported(
        "iterations and samples are mixed; give all lengths in one of them", key: wrong)
    }
    let value = try reading.length("\(name)-\(countsSamples ? "samples" : "iters")")
    return value.map { $0 / (ramp == nil && countsSamples ? batchSize : 1) }
  }
}
