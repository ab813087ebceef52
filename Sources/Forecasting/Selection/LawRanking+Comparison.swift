extension LawRanking {
  /// Compares laws by their scores.
  ///
  /// Only folds count that every law can forecast. A law that can forecast none is not ranked; where
  /// no fold is left in common, neither are the laws with the fewest.
  ///
  /// - Parameters:
  ///   - method: what was kept from the fits.
  ///   - laws: each candidate's name and its scores of all folds, in the same order; the candidates
  ///     in order of general merit, at least one.
  public init(method: Method, laws: [(name: String, scores: [BackTestScore])]) {
    precondition(!laws.isEmpty, "there is no candidate")
    let errors = laws.map { $0.scores.map { $0.score?.meanError } }
    let table = ErrorTable(errors)
    let candidates = table.ranked.map { law in
      (law: law, errors: table.common.compactMap { errors[law][$0] })
    }
    let sorted = candidates.sorted { ($0.errors.mean, $0.law) < ($1.errors.mean, $1.law) }
    let best = sorted.first?.errors ?? []
    let good = candidates.filter { NearEqualRule.isAsGood($0.errors, as: best) }.map(\.law)
    let choice = good.first
    let folds = laws[0].scores
    self.method = method
    chosen = laws[choice ?? 0].name
    ranking = sorted.map { candidate in
      let difference = PairedDifference(candidate.errors, best)
      let worst = candidate.errors.indices.max { candidate.errors[$0] < candidate.errors[$1] } ?? 0
      return Entry(
        law: laws[candidate.law].name,
        standing: candidate.law == choice
          ? .chosen : good.contains(candidate.law) ? .asGood : .worse,
        meanError: candidate.errors.mean, worstError: candidate.errors[worst],
        worstRun: folds[table.common[worst]].run,
        folds: errors[candidate.law].count { $0 != nil }, difference: difference.mean,
        standardError: difference.standardError)
    }
    unranked = laws.indices.filter { !table.ranked.contains($0) }.map { law in
      let scored = errors[law].count { $0 != nil }
      let reason = laws[law].scores.compactMap(\.reason).first ?? "there is no fold"
      return Unranked(
        law: laws[law].name,
        reason: scored == 0
          ? reason
          : "it can forecast \(scored) of \(folds.count) folds, none of which the others can all "
            + "forecast: \(reason)")
    }
    self.folds = folds.indices.map { fold in
      let lacking = table.ranked.filter { errors[$0][fold] == nil }
      let reason = lacking.first.flatMap { laws[$0].scores[fold].reason }
      let isCompared = table.common.contains(fold)
      return Fold(
        run: folds[fold].run, share: folds[fold].share, isCompared: isCompared,
        reason: isCompared
          ? nil
          : lacking.isEmpty
            ? folds[fold].reason
            : lacking.map { laws[$0].name }.joined(separator: ", ") + ": " + (reason ?? ""))
    }
    warnings = []
    warnings = doubts()
  }

  /// What makes the choice doubtful.
  private func doubts() -> [String] {
    guard isComparison else {
      return [
        ranking.isEmpty
          ? "no law could be back-tested: \(chosen), the first of the candidates, is taken untested"
          : "only \(chosen) could be back-tested: nothing was compared"
      ]
    }
    var doubts: [String] = []
    let runs = Set(folds.map(\.run)).count
    if method == .growingPrefixes {
      doubts.append(
        runs == 1
          ? "one run: laws are compared by forecasts of its own later parts, which are no "
            + "independent tests; further runs tell laws apart better"
          : "no run left out can be forecast by two laws: they are compared by forecasts of later "
            + "parts of the runs, which are no independent tests")
    }
    if comparedFolds < NearEqualRule.fewestFolds {
      let count = runs == 2 && method == .leaveOneOut ? "two runs" : nil
      let folds = comparedFolds == 1 ? "one fold" : "\(comparedFolds) folds"
      doubts.append(
        "\(count ?? folds): the choice of the law is nearly blind; laws with up to "
          + "\(NearEqualRule.ratio) times the best one's error count as equal, for it takes "
          + "\(NearEqualRule.fewestFolds) folds to estimate how sure a difference is")
    }
    return doubts
  }
}

/// Which laws and folds can be compared.
private struct ErrorTable {
  /// The laws that can be.
  private(set) var ranked: [Int]
  /// The folds that all of these can forecast.
  private(set) var common: [Int] = []

  /// From each law's error of each fold; nil where it has none.
  init(_ errors: [[Double?]]) {
    let counts = errors.map { $0.count { $0 != nil } }
    ranked = errors.indices.filter { counts[$0] > 0 }
    while !ranked.isEmpty {
      common = (errors.first ?? []).indices.filter { fold in
        ranked.allSatisfy { errors[$0][fold] != nil }
      }
      guard common.isEmpty else { return }
      let fewest = ranked.map { counts[$0] }.min()
      guard let dropped = ranked.lastIndex(where: { counts[$0] == fewest }) else { return }
      ranked.remove(at: dropped)
    }
  }
}
