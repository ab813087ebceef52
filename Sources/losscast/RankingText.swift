import Forecasting

/// A ranking of laws for people.
struct RankingText {
  let ranking: LawRanking

  /// What was compared, a table, what could not be, and which laws are as good.
  var text: String {
    ([heading] + (ranking.ranking.isEmpty ? [] : [table]) + [remarks.joined(separator: "\n")])
      .filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private var heading: String {
    let way =
      switch ranking.method {
      case .leaveOneOut: "forecasts of each run from the others"
      case .growingPrefixes: "forecasts of the rest of a run from its first part"
      }
    return "law chosen by \(way); \(ranking.comparedFolds) of \(ranking.folds.count) folds compared"
  }

  private var table: String {
    var table = TextTable([
      "LAW", ">MEAN ERROR", ">WORST FOLD", "ITS RUN", ">FOLDS", ">BEHIND BEST", "VERDICT",
    ])
    for law in ranking.ranking {
      table.add([
        law.law, NumberFormat.percent(law.meanError), NumberFormat.percent(law.worstError),
        law.worstRun, "\(law.folds)", lag(of: law),
        law.standing == .worse ? "" : law.standing.rawValue,
      ])
    }
    return table.text
  }

  private func lag(of law: LawRanking.Entry) -> String {
    let difference = NumberFormat.percent(law.difference)
    guard let error = law.standardError else { return difference }
    return "\(difference) ± \(NumberFormat.percent(error))"
  }

  private var remarks: [String] {
    ranking.folds.filter { !$0.isCompared }.map { fold in
      let share = fold.share.map { " after \(Int((100 * $0).rounded())) %" } ?? ""
      return "not counted: \(fold.run)\(share) (\(fold.reason ?? "no forecast"))"
    } + ranking.unranked.map { "not compared: \($0.law): \($0.reason)" }
      + (ranking.tie.map { [$0] } ?? [])
  }
}
