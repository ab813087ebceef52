import Forecasting

/// Pieces that several parts of a page share.
enum HTMLParts {
  /// A law's parameters with standard errors, intervals and roles; empty without any.
  static func parameters(_ parameters: [FittedParameter], law: String?, level: Double) -> String {
    guard !parameters.isEmpty else { return "" }
    let rows = parameters.map { "<tr>\(cells($0))</tr>" }.joined()
    return """
      <div class="scroll"><table class="parameters">\
      <caption>\(Markup.escape(law ?? "Law")): parameters</caption>\
      <thead><tr><th scope="col">parameter</th><th scope="col">value</th>\
      <th scope="col">std. error</th><th scope="col">\(NumberText.percent(level)) interval</th>\
      <th scope="col">role</th></tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }

  private static func cells(_ parameter: FittedParameter) -> String {
    let name = #"<th scope="row">\#(Markup.name(parameter.name))</th>"#
    guard let value = parameter.value, parameter.role != .unidentified else {
      return name + #"<td colspan="3" class="absent">not in the data</td><td>unidentified</td>"#
    }
    let texts = Uncertainty.columns(value, standardError: parameter.standardError)
    return name + """
      <td>\(texts.value)</td><td>\(texts.error)</td><td>\(interval(parameter))</td>\
      <td>\(parameter.role.rawValue)</td>
      """
  }

  private static func interval(_ parameter: FittedParameter) -> String {
    guard let lower = parameter.lower, let upper = parameter.upper else {
      return NumberText.missing
    }
    let error = parameter.standardError
    let low = Uncertainty.columns(lower, standardError: error).value
    return "\(low) to \(Uncertainty.columns(upper, standardError: error).value)"
  }

  /// Remarks as a list; empty without any.
  static func warnings(_ warnings: [String]) -> String {
    guard !warnings.isEmpty else { return "" }
    let items = warnings.map { #"<li dir="auto">\#(Markup.escape($0))</li>"# }.joined()
    return """
      <div class="warnings"><h4>\(Summary.counted(warnings.count, "warning"))</h4>\
      <ul>\(items)</ul></div>
      """
  }

  /// Names and values, the values already HTML.
  static func facts(_ facts: [(name: String, value: String)]) -> String {
    let items = facts.map { "<div><dt>\(Markup.escape($0.name))</dt><dd>\($0.value)</dd></div>" }
    return items.isEmpty ? "" : #"<dl class="facts">\#(items.joined())</dl>"#
  }
}
