import ScalingLaws
import Schedules

extension Forecaster {
  /// Refuses what depends on something that the model's data do not tell or the rows do not know.
  func checkIdentified(_ rows: LawRows) throws(ForecastError) {
    let fittedRows = fittedRows(like: rows)
    for input in LawInput.allCases
    where law.optionalInputs.contains(input) && !rows.knows(input) && fittedRows.knows(input)
      && !model.data.isEmpty
    {
      throw .missingInput(input)
    }
    guard model.parameters.contains(where: { $0.role == .unidentified }) else { return }
    let together = LawRows(segments: rows.segments + fittedRows.segments, warmup: rows.warmup)
    let withoutEffect = Set(law.unidentified(in: together).map(\.index))
    let unknown = model.parameters.enumerated().filter {
      $1.role == .unidentified && !withoutEffect.contains($0)
    }
    guard unknown.isEmpty else { throw .unidentified(parameters: unknown.map(\.element.name)) }
  }

  /// Rows as if of models of the sizes and of constant rates of the peaks fitted: what depends on
  /// these has an effect when the forecast is for others, though it has but one of its own.
  private func fittedRows(like rows: LawRows) -> LawRows {
    let segments = rows.segments.flatMap { segment in
      Set(model.data.map { FittedKind(size: $0.facts?.modelSize, peak: $0.peak) }).flatMap { kind in
        var sized = segment
        sized.facts.modelSize = kind.size ?? segment.facts.modelSize
        sized.positions = segment.positions.suffix(1)
        var steady = sized
        steady.path = kind.peak.map { .constant($0) } ?? segment.path
        return [sized, steady]
      }
    }
    return LawRows(segments: segments, warmup: rows.warmup)
  }

  /// What a term of size or peak depends on.
  private struct FittedKind: Hashable {
    var size: Double?
    var peak: Double?
  }
}
