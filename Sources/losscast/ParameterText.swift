import Forecasting

/// A model's parameters as a table for people.
enum ParameterText {
  static func table(_ model: FittedLaw, level: Double) -> String {
    let percent = NumberFormat.significant(100 * level, digits: 3)
    let unused = model.identifiability.unused ?? []
    var parameters = TextTable([
      "PARAMETER", ">VALUE", ">STD. ERROR", ">\(percent) % INTERVAL", "NOTE",
    ])
    for parameter in model.parameters where !unused.contains(parameter.name) {
      parameters.add([
        parameter.name, parameter.value.map { NumberFormat.significant($0, digits: 6) } ?? "–",
        parameter.standardError.map { NumberFormat.significant($0, digits: 2) } ?? "–",
        interval(of: parameter), note(on: parameter, weak: model.identifiability.weak),
      ])
    }
    return parameters.text
  }

  private static func interval(of parameter: FittedParameter) -> String {
    guard let lower = parameter.lower, let upper = parameter.upper else { return "–" }
    return "\(NumberFormat.significant(lower)) to \(NumberFormat.significant(upper))"
  }

  private static func note(on parameter: FittedParameter, weak: [String]) -> String {
    switch parameter.role {
    case .unidentified: "not in the data"
    case .fixed: "fixed"
    case .linear, .nonlinear:
      parameter.isMostlyPrior ? "mostly prior" : weak.contains(parameter.name) ? "weak" : ""
    }
  }
}
