import RealModule
import ScalingLaws

extension Forecaster {
  /// Remarks on a forecast for a model size or an amount of data far from those fitted.
  ///
  /// - Parameters:
  ///   - facts: of the run to forecast.
  ///   - position: the update to forecast.
  /// - Returns: none when the run is within a factor of three of those fitted.
  func warnings(for facts: RunFacts, position: Int) -> [String] {
    let facts = facts.completed(by: model.commonFacts)
    let sizes = model.data.compactMap { $0.facts?.modelSize }
    let tokens = model.data.compactMap { source in
      source.facts?.tokensPerStep.map { $0 * Double(source.steps.last ?? 1) }
    }
    var warnings: [String] = []
    if law.inputs.union(law.optionalInputs).contains(.modelSize), let size = facts.modelSize {
      warnings += Forecaster.warning("parameters", size, fitted: sizes)
    }
    if law.inputs.contains(.tokens), let perStep = facts.tokensPerStep {
      warnings += Forecaster.warning("tokens", perStep * Double(position), fitted: tokens)
    }
    return warnings
  }

  private static func warning(_ name: String, _ value: Double, fitted: [Double]) -> [String] {
    let fitted = fitted.filter { $0 > 0 && $0.isFinite }
    guard let least = fitted.min(), let most = fitted.max(),
      value > 3 * most || value < least / 3
    else { return [] }
    return [
      "\(text(value)) \(name) are far from those fitted (\(text(least)) to \(text(most))): the interval "
        + "does not cover the error of the law itself that far out"
    ]
  }

  /// A positive number to three digits, as in `1.3e22`.
  private static func text(_ value: Double) -> String {
    guard value > 0, value.isFinite else { return "\(value)" }
    let logarithm = Double.log10(value)
    let exponent = logarithm.rounded(.down)
    let leading = (100 * .pow(10, logarithm - exponent)).rounded() / 100
    return leading < 10 ? "\(leading)e\(Int(exponent))" : "1.0e\(Int(exponent) + 1)"
  }
}
