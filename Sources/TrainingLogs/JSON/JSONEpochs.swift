/// Gives records the step that their framework means.
///
/// - MMEngine (`scalars.json`): a validation record's `step` is the epoch; it stands at the last
///   training step before it.
/// - MMCV 1 (`*.log.json`): `iter` counts within the epoch; a record of `"mode": "val"` stands at the
///   epoch's last training step.
/// - DLLogger: `step` is a list of the epoch, the step within it, and the steps of an epoch.
struct JSONEpochs {
  /// A record of training.
  private struct Place {
    var epoch: Double?
    var step: Double
  }

  private var last: Place?
  /// Whether the step went back when the epoch went on.
  private var countsWithinEpochs = false
  private var statedStepsPerEpoch: Double?
  /// The epoch of the last row, where its step was a list.
  private(set) var listedEpoch: Double?

  /// The values of a row with its step set.
  mutating func placed(_ row: JSONRow, keys: JSONKeys) -> [(node: Int, value: Double)] {
    var values = row.values
    listedEpoch = nil
    if let list = row.stepList {
      values.append((list.node, listedStep(list.numbers)))
      return values
    }
    if row.texts.contains(where: { $0.role == .mode && $0.raw.elementsEqual("val".utf8) }) {
      // mmcv's own count of the validation batches.
      if let index = values.firstIndex(where: { keys.nodes[$0.node].meaning.isStep }), let last {
        values[index].value = last.step
      }
      return values
    }
    var step: (index: Int, rank: Int)?
    var epoch: Double?
    for (index, item) in values.enumerated() {
      let meaning = keys.nodes[item.node].meaning
      guard let rank = meaning.stepRank else { continue }
      if meaning.isEpoch {
        epoch = item.value
      } else if rank < step?.rank ?? .max {
        step = (index, rank)
      }
    }
    guard let step else { return values }
    let value = values[step.index].value
    if let last, epoch == nil, let lastEpoch = last.epoch, value == lastEpoch, value < last.step,
      !row.hasLoss
    {
      values[step.index].value = last.step
      return values
    }
    note(epoch: epoch, step: value)
    return values
  }

  /// States the length of an epoch when the steps count within epochs.
  func finish(_ records: inout RecordTable) {
    guard countsWithinEpochs, let stated = statedStepsPerEpoch else { return }
    records.stepsPerEpoch = Int(exactly: stated)
  }

  /// The step of a list: the second number; an epoch alone stands at its last step.
  private mutating func listedStep(_ list: [Double]) -> Double {
    listedEpoch = list.first
    guard list.count > 1 else { return last?.step ?? list.first ?? .nan }
    note(epoch: list[0], step: list[1])
    if list.count > 2 { statedStepsPerEpoch = list[2] }
    return list[1]
  }

  private mutating func note(epoch: Double?, step: Double) {
    if let last, let epoch, let before = last.epoch, epoch > before, step < last.step {
      countsWithinEpochs = true
    }
    last = Place(epoch: epoch, step: step)
  }
}
