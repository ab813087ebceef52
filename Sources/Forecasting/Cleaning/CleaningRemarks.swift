import RealModule

extension [CleaningFinding] {
  /// What was found in words, a sentence for each kind: what it is, what was done, and how to undo it.
  ///
  /// Losses that are not finite are told of when logs are read, and early rows with the model.
  public var remarks: [String] {
    CleaningKind.allCases.compactMap { kind in
      let found = filter { $0.kind == kind }
      guard let first = found.first else { return nil }
      let undone = first.isTreated ? "" : " (--keep \(kind.rawValue): kept)"
      switch kind {
      case .nonFinite, .early: return nil
      case .spikes: return spikes(found) + undone
      case .divergence:
        let step = Position.text(first.steps[0])
        return
          "the loss leaves the curve at step \(step) and does not come back: the run has diverged"
          + (first.isTreated
            ? "; the \(rows(first.rows)) from there on are left out; keep them with --keep divergence"
            : undone)
      case .windows:
        return "each loss is a mean over the steps since the row before"
          + (first.isTreated
            ? ", so it stands at their middle, up to \(Position.text(first.shift ?? 0)) steps earlier; "
              + "switch that off with --keep windows" : undone)
      case .lateRates:
        let shift = first.shift ?? 0
        return "the warm-up shows that learning rates are logged \(Position.text(shift)) "
          + (shift == 1 ? "step" : "steps") + " late"
          + (first.isTreated
            ? "; they are taken back; switch that off with --keep late-rates" : undone)
      }
    }
  }

  private func spikes(_ found: [CleaningFinding]) -> String {
    let count = found.reduce(0) { $0 + $1.rows }
    let highest = found.max { ($0.height ?? 0) < ($1.height ?? 0) }
    let height = Int((100 * Swift.min(highest?.height ?? 0, 1e9)).rounded())
    let isOne = found.count == 1
    let place =
      isOne
      ? "at step \(Position.text(found[0].steps[0])), +\(height) %"
      : "the highest at step \(Position.text(highest?.steps[0] ?? 0)), +\(height) %"
    let what = isOne ? "a spike" : "\(found.count) spikes"
    let treated =
      found[0].isTreated
      ? "; left out of the fit; keep \(isOne ? "it" : "them") with --keep spikes" : ""
    return "\(what) of the loss (\(rows(count)); \(place))\(treated)"
  }

  private func rows(_ count: Int) -> String { count == 1 ? "1 row" : "\(count) rows" }
}
