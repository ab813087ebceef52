/// OpenMMLab's text log (mmengine, and mmcv before it).
///
/// `.. - mmengine - INFO - Epoch(train)  [1][ 20/597]  lr: 1.0000e-03  eta: 2:40:15  loss: 4.5429`: the
/// iteration counts within the epoch, so the step is (epoch - 1) * 597 + 20. `Iter(train) [ 50/1000]`
/// counts from the start. mmcv prints `Epoch [1][20/597]` and `Iter [50/1000]`, pairs with commas.
struct MMEngineFormat: LineFormat {
  static let name = "mmengine"
  static let title = "OpenMMLab's text log"

  private var columns = KeyColumns()
  private var validation = KeyColumns()
  private var places: (step: Int, epoch: Int)?
  private var trainingLength: Double?

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    let isEpoch: Bool
    let start: Int
    if let found = line.find("Epoch(") ?? line.find("Epoch [") {
      (isEpoch, start) = (true, found + 5)
    } else if let found = line.find("Iter(") ?? line.find("Iter [") {
      (isEpoch, start) = (false, found + 4)
    } else {
      return false
    }
    let isTraining = line.has("(train)", at: start) || line[start] == Ascii.space
    guard isTraining || line.has("(val)", at: start),
      let place = place(in: line, from: start, isEpoch: isEpoch)
    else { return false }
    var step = place.iteration
    if isEpoch, place.epoch >= 1 {
      if isTraining { trainingLength = place.total }
      step =
        isTraining ? (place.epoch - 1) * place.total + step : place.epoch * (trainingLength ?? 1)
    }
    guard line.find(": ", from: place.end) != nil else { return false }
    let ids = places ?? (records.column("iter", .step(rank: 0)), records.column("epoch", .other))
    places = ids
    records.begin(line: line.number)
    // An evaluation in a log by iterations does not say after which.
    if isEpoch || isTraining { records.set(ids.step, step) }
    if isEpoch { records.set(ids.epoch, place.epoch) }
    setPairs(line, from: place.end, isTraining, into: &records)
    return true
  }

  private func place(
    in line: TextLine, from start: Int, isEpoch: Bool
  ) -> (epoch: Double, iteration: Double, total: Double, end: Int)? {
    guard var bracket = line.find("[", from: start), bracket - start < 12 else { return nil }
    var epoch = 0.0
    if isEpoch {
      guard let number = line.plainNumber(at: line.afterBlanks(bracket + 1)),
        line.has("][", at: number.end)
      else { return nil }
      (epoch, bracket) = (number.value, number.end + 1)
    }
    guard let iteration = line.plainNumber(at: line.afterBlanks(bracket + 1)),
      line[iteration.end] == UInt8(ascii: "/"),
      let total = line.plainNumber(at: line.afterBlanks(iteration.end + 1)),
      line[total.end] == UInt8(ascii: "]")
    else { return nil }
    return (epoch, iteration.value, total.value, total.end + 1)
  }

  /// `key: value`; times as in `eta: 2:40:15` are none.
  private mutating func setPairs(
    _ line: TextLine, from start: Int, _ isTraining: Bool, into records: inout RecordTable
  ) {
    var place = start
    while let colon = line.find(": ", from: place) {
      var first = colon
      while first > place, line[first - 1] > Ascii.space, line[first - 1] != Ascii.comma {
        first -= 1
      }
      guard first < colon, let value = line.plainNumber(at: line.afterBlanks(colon + 2)) else {
        place = colon + 2
        continue
      }
      place = value.end
      guard line[value.end] != UInt8(ascii: ":"), !line.has(" day", at: value.end) else { continue }
      if isTraining {
        records.set(columns.column(of: first..<colon, in: line, &records), value.value)
      } else {
        let column = validation.column(of: first..<colon, in: line, &records) { name in
          name == "loss" ? .series(.validationLoss) : nil
        }
        records.set(column, value.value)
      }
    }
  }
}
