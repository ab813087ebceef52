import RealModule
public import Schedules
import TrainingLogs

/// The rows of a loss that are outside its curve: spikes, a divergence, values that are not finite.
///
/// Nothing is changed: the rows are named, and whoever fits leaves them out.
public struct LossCleaning: Sendable {
  /// What was found, in the order of kinds and then of steps.
  public let findings: [CleaningFinding]
  /// Whether each row is left out of a fit, in the order of the rows.
  let isLeftOut: [Bool]

  /// More bursts than this are told of together.
  private static let mostSpikes = 100

  /// Examines a loss.
  ///
  /// - Parameters:
  ///   - steps: ascending, one a row.
  ///   - losses: one a row; see `Run.isMissing(_:)` for rows without one.
  ///   - path: the learning rate; where it has risen a higher loss is no spike. Nil: not known.
  ///   - switchStep: the last step before training went on with other data; nil: it did not.
  ///   - kept: what is reported and left as it is.
  /// - Complexity: O(rows), in three passes.
  public init(
    steps: [Double], losses: [Double], path: LearningRatePath? = nil, switchStep: Int? = nil,
    keeping kept: Set<CleaningKind> = []
  ) {
    var isLeftOut = Array(repeating: false, count: losses.count)
    var rows: [Int] = []
    rows.reserveCapacity(losses.count)
    for (row, loss) in losses.enumerated() where loss.isFinite { rows.append(row) }
    let isWhole = rows.count == losses.count
    var findings = LossCleaning.nonFinite(steps: steps, losses: losses, lastFinite: rows.last ?? -1)
    let endsInNonFinite = findings.contains { finding in
      rows.last.map { finding.steps[0] > steps[$0] } ?? false
    }
    if let levels = LossLevels(losses: isWhole ? losses : rows.map { losses[$0] }) {
      let switchRow = switchStep.flatMap { last in
        rows.firstIndex { steps[$0] > Double(last) }
      }
      let divergence = DivergenceSearch(
        levels: levels, endsInNonFinite: endsInNonFinite, firstRow: switchRow ?? 0
      ).divergence()
      let spikes = SpikeSearch(
        levels: levels,
        rates: path.map { LossCleaning.rates($0, levels: levels, rows: rows, steps: steps) },
        switchRow: switchRow, end: divergence?.rows.lowerBound ?? levels.losses.count
      ).spikes()
      func finding(_ kind: CleaningKind, _ bursts: ArraySlice<LossSpike>) -> CleaningFinding? {
        guard let first = bursts.first, let last = bursts.last else { return nil }
        return CleaningFinding(
          kind: kind,
          steps: [steps[rows[first.rows.lowerBound]], steps[rows[last.rows.upperBound - 1]]],
          rows: bursts.reduce(0) { $0 + $1.rows.count },
          height: bursts.map(\.height).max().map { Double.expMinusOne($0) },
          isTreated: !kept.contains(kind))
      }
      let listed = spikes.prefix(LossCleaning.mostSpikes)
      findings += listed.indices.compactMap { finding(.spikes, listed[$0...$0]) }
      findings += [finding(.spikes, spikes.dropFirst(LossCleaning.mostSpikes))].compactMap { $0 }
      if let divergence { findings += [finding(.divergence, [divergence])].compactMap { $0 } }
      for (kind, bursts) in [
        (CleaningKind.spikes, spikes), (.divergence, divergence.map { [$0] } ?? []),
      ] where !kept.contains(kind) {
        for row in bursts.flatMap(\.rows) { isLeftOut[rows[row]] = true }
      }
    }
    self.findings = findings
    self.isLeftOut = isLeftOut
  }

  /// Losses that are NaN or infinite: those between finite ones, and those at the end.
  private static func nonFinite(
    steps: [Double], losses: [Double], lastFinite: Int
  ) -> [CleaningFinding] {
    var findings: [CleaningFinding] = []
    for range in [0..<(lastFinite + 1), (lastFinite + 1)..<losses.count] {
      let rows = range.filter { !losses[$0].isFinite && !Run.isMissing(losses[$0]) }
      guard let first = rows.first, let last = rows.last else { continue }
      findings.append(
        CleaningFinding(kind: .nonFinite, steps: [steps[first], steps[last]], rows: rows.count))
    }
    return findings
  }

  /// The highest rate of each block, at its ends and middle.
  private static func rates(
    _ path: LearningRatePath, levels: LossLevels, rows: [Int], steps: [Double]
  ) -> [Double] {
    levels.medians.indices.map { block in
      let range = levels.rows(of: block)
      let places = [
        range.lowerBound, (range.lowerBound + range.upperBound) / 2, range.upperBound - 1,
      ]
      return places.compactMap { Position.of(steps[rows[$0]]).map(path.learningRate) }.max() ?? 0
    }
  }
}
