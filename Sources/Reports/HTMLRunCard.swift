import Forecasting

/// The section of a run, folded to one line or open.
struct HTMLRunCard {
  /// The run.
  let run: RunReport
  /// The level of its intervals.
  let level: Double
  /// Its place in the report, from 1.
  let number: Int
  /// True when it is open from the start.
  let isOpen: Bool
  /// Its chart.
  let figure: HTMLFigure

  /// The section.
  func html() -> String {
    let group = run.group.map { #"<span class="tag">\#(Markup.name($0))</span>"# } ?? ""
    let count = run.warnings.count
    let flag = count > 0 ? #"<span class="flag">\#(Summary.counted(count, "warning"))</span>"# : ""
    return """
      <details class="card run" id="run-\(number)" data-run="\(number)"\(isOpen ? " open" : "")>
      <summary><h3>\(Markup.name(run.name))</h3>\(group)\(flag)\
      <span class="loss">\(NumberText.loss(run.finalLoss.loss))</span></summary>
      <div class="split">
      <div>\(figure.html())
      \(HTMLParts.parameters(run.parameters, law: run.law, level: level))</div>
      <div class="aside">\(HTMLParts.facts(facts()))</div>
      </div>
      \(HTMLParts.warnings(run.warnings))
      </details>
      """
  }

  private func facts() -> [(name: String, value: String)] {
    losses() + fit() + origin()
      + run.metadata.map { ($0.name, Markup.name($0.value)) }
  }

  private func losses() -> [(name: String, value: String)] {
    var facts = [("final loss", at(run.finalLoss)), ("best loss", at(run.bestLoss))]
    if let tokens = run.tokens { facts.append(("tokens", NumberText.count(tokens))) }
    return facts.map { (name: $0.0, value: $0.1) }
  }

  private func at(_ point: LossAtStep) -> String {
    "\(NumberText.loss(point.loss)) <small>at step \(NumberText.count(point.step))</small>"
  }

  private func fit() -> [(name: String, value: String)] {
    guard let metrics = run.metrics else { return [("fit", "none")] }
    var facts = [
      ("law", Markup.escape(run.law ?? NumberText.missing)),
      ("mean relative error", NumberText.percent(metrics.meanRelativeError)),
      ("worst relative error", NumberText.percent(metrics.worstRelativeError)),
      ("mean absolute error", NumberText.significant(metrics.mae, digits: 3)),
      ("root mean squared error", NumberText.significant(metrics.rmse, digits: 3)),
      ("bias", NumberText.significant(metrics.bias, digits: 3)),
    ]
    if let r2 = metrics.r2 { facts.append(("R²", NumberText.fixed(r2, decimals: 5))) }
    if let coverage = metrics.coverage {
      let level = NumberText.percent(coverage.level)
      facts.append(("inside the \(level) interval", NumberText.percent(coverage.fraction)))
    }
    return facts.map { (name: $0.0, value: $0.1) }
  }

  private func origin() -> [(name: String, value: String)] {
    [
      ("loss column", Markup.name(run.lossName)),
      ("rows", NumberText.count(Double(run.rows))),
      ("schedule", run.schedule.map(Markup.name) ?? NumberText.missing),
      ("file", Markup.name(run.file)),
    ]
  }
}
