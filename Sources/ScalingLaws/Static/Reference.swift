/// The size and data at which coordinates of laws measure their terms.
///
/// A coefficient A of N^(-α) is the term at N = 1, far outside any data, and nearly collinear with α;
/// A·N₀^(-α), the term at a usual size N₀, is not. Parameters do not depend on the choice.
enum Reference {
  /// N₀, parameters.
  static let modelSize = 1e9
  /// D₀, tokens.
  static let tokens = 1e10
  /// S₀, steps.
  static let steps = 1e4
}

extension LawRows {
  /// N of each row over ``Reference/modelSize``; NaN where it is not known.
  var relativeModelSizes: [Double] {
    values { facts, _ in (facts.modelSize ?? .nan) / Reference.modelSize }
  }

  /// D of each row, position × tokens of a step; NaN where it is not known.
  var tokens: [Double] {
    values { facts, position in (facts.tokensPerStep ?? .nan) * Double(max(position, 1)) }
  }

  /// D of each row over ``Reference/tokens``; NaN where it is not known.
  var relativeTokens: [Double] { tokens.map { $0 / Reference.tokens } }

  /// Updates done at each row, at least 1.
  var steps: [Double] { values { _, position in Double(max(position, 1)) } }

  /// One value a row.
  func values(_ value: (RunFacts, Int) -> Double) -> [Double] {
    segments.flatMap { segment in segment.positions.map { value(segment.facts, $0) } }
  }

  /// The first of these inputs that has the same value in every row; nil when all differ somewhere.
  func missingVariation(of inputs: [LawInput]) -> LawInput? {
    inputs.first { input in
      let values = input == .tokens ? tokens : values { facts, _ in facts.modelSize ?? .nan }
      return values.allSatisfy { $0 == values.first }
    }
  }
}
