import LeastSquares
import LinearAlgebra
import ScalingLaws
import Schedules

/// Σ cⱼ φⱼ at rows, from a law's coordinates.
func losses(of law: any LossLaw, coordinates: [Double], at rows: LawRows) -> [Double] {
  let count = law.linearCoordinates.count
  let values = law.basis(for: rows).basis(at: Array(coordinates[count...])).functions
  return (0..<rows.count).map { row in
    (0..<count).reduce(0) { $0 + coordinates[$1] * values[row, $1] }
  }
}

/// The loss of a finished run, from a law's parameters.
func loss(
  of law: any LossLaw, parameters: [Double], modelSize: Double? = nil, tokens: Double? = nil,
  uniqueTokens: Double? = nil, steps: Int = 1
) -> Double {
  let facts = RunFacts(
    modelSize: modelSize, tokensPerStep: tokens.map { $0 / Double(steps) },
    uniqueTokens: uniqueTokens)
  let rows = LawRows(
    segments: [.init(positions: [steps], path: nil, facts: facts)], warmup: .actual)
  return losses(of: law, coordinates: law.coordinates(fromParameters: parameters), at: rows)[0]
}

/// Finished runs, one row each.
func finishedRuns(_ runs: [(steps: Int, facts: RunFacts)]) -> LawRows {
  LawRows(
    segments: runs.map { .init(positions: [$0.steps], path: nil, facts: $0.facts) },
    warmup: .actual)
}
