import Forecasting

/// Ranks candidate laws over several cores.
enum LawChoice {
  /// Scores every candidate on every fold until two can be compared.
  static func ranking(
    _ selection: LawSelection, of trajectories: [Trajectory], jobs: Int, console: Console
  ) async throws -> LawRanking {
    var ranking = selection.ranking(.growingPrefixes, scores: [])
    for method in selection.methods(for: trajectories) {
      let scores = try await OrderedTasks.map(
        selection.trials(method, of: trajectories), jobs: jobs, label: "comparing laws",
        console: console
      ) { selection.score($0) }
      ranking = selection.ranking(method, scores: scores)
      if ranking.isComparison { break }
    }
    return ranking
  }
}
