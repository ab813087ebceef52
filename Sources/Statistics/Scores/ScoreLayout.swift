/// Where the rows of runs stand in a series of scores.
struct ScoreLayout: Sendable {
  /// The rows of each run.
  let runs: [Range<Int>]
  /// How many consecutive rows are summed to one score.
  let rowsPerScore: Int
  /// The scores of each run.
  let scoreRuns: [Range<Int>]
  /// The residuals of each run; rows of frequency 0 have none.
  let residualRuns: [Range<Int>]

  init(runs: [Range<Int>], rowsPerScore: Int, weights: RowWeights) {
    self.runs = runs
    self.rowsPerScore = rowsPerScore
    var (scores, residuals) = (0, 0)
    var (scoreRuns, residualRuns) = ([Range<Int>](), [Range<Int>]())
    for run in runs {
      let kept = run.count { weights.counts($0) }
      let groups = (kept + rowsPerScore - 1) / rowsPerScore
      scoreRuns.append(scores..<(scores + groups))
      residualRuns.append(residuals..<(residuals + kept))
      scores += groups
      residuals += kept
    }
    self.scoreRuns = scoreRuns
    self.residualRuns = residualRuns
  }

  var scoreCount: Int { scoreRuns.last?.upperBound ?? 0 }
  var residualCount: Int { residualRuns.last?.upperBound ?? 0 }
}
