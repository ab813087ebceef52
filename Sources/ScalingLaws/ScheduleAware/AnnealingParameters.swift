import Schedules

extension LawParameter {
  /// A over S1.
  static let areaHeight = LawParameter(
    name: "A", symbol: "A", meaning: "height of the power term at S1 = 1", unit: "nats",
    range: "≥ 0", typicalRange: "0.4–1.1", isLinear: true,
    identifiedBy: "rows over a long stretch of training")
  /// C of S2.
  static let annealingGain = LawParameter(
    name: "C", symbol: "C", meaning: "loss gained for each unit of annealing area",
    unit: "nats per learning rate and step", range: "≥ 0", typicalRange: "0.2–0.5 (λ = 0.999)",
    isLinear: true, coordinate: "C/(1-λ)",
    identifiedBy: "a run whose rate falls, beside one whose rate does not")
  /// λ.
  static let decayFactor = LawParameter(
    name: "lambda", symbol: "λ",
    meaning: "how much of a drop's momentum is left after a step; memory is 1/(1-λ) steps",
    unit: "1", range: "0.5–0.99999", typicalRange: "0.99–0.9995", isLinear: false,
    coordinate: "log(1-λ)", identifiedBy: "rows during and after a fall of the rate", origin: 1)
}
