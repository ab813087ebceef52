import Forecasting

/// The table of runs, which the page's script sorts and filters.
struct HTMLRunTable {
  private let runs: [RunReport]
  private let parameters: [String]
  private let hasGroups: Bool
  private let shared: ScreenRange?

  /// Prepares the columns: one for each parameter of any run's law.
  init(_ runs: [RunReport]) {
    self.runs = runs
    var seen = Set<String>()
    parameters = runs.flatMap { $0.parameters.map(\.name) }.filter { seen.insert($0).inserted }
    hasGroups = runs.contains { $0.group != nil }
    shared = Sparkline.range(runs.map(\.observed))
  }

  /// The table with its filter.
  func html() -> String {
    """
    <div class="card">
    <div class="filter needs-script"><input type="search" id="filter" \
    placeholder="Filter runs" aria-label="Filter runs by name, group, file or metadata">\
    <span id="filter-count" role="status">\(Summary.counted(runs.count, "run"))</span></div>
    <div class="scroll tall" tabindex="0"><table id="run-table"><thead><tr>\(header())</tr></thead>
    <tbody>\(runs.indices.map(row).joined(separator: "\n"))</tbody></table></div>
    </div>
    """
  }

  private func header() -> String {
    var columns = [("run", "text")]
    if hasGroups { columns.append(("group", "text")) }
    let numbers = ["final loss", "best loss", "at step", "fit error", "warnings"]
    columns += numbers.map { ($0, "number") } + [("rows", "number"), ("law", "text")]
    columns += parameters.map { ($0, "number") }
    let cells = columns.map { name, kind in
      """
      <th scope="col" class="\(kind)"><button type="button">\(Markup.name(name))</button></th>
      """
    }
    return cells[0] + #"<th scope="col">losses</th>"# + cells.dropFirst().joined()
  }

  private func row(_ index: Int) -> String {
    let run = runs[index]
    let name = """
      <th scope="row" data-value="\(Markup.escape(run.name))">\
      <a href="#run-\(index + 1)">\(Markup.name(run.name))</a></th>
      """
    let spark = "<td>\(Sparkline.svg(run.observed, in: shared))</td>"
    let group = hasGroups ? textCell(run.group ?? "") : ""
    let errors = run.metrics.map {
      ($0.meanRelativeError, NumberText.percent($0.meanRelativeError))
    }
    let cells = [
      numberCell(run.finalLoss.loss, NumberText.loss(run.finalLoss.loss)),
      numberCell(run.bestLoss.loss, NumberText.loss(run.bestLoss.loss)),
      numberCell(run.bestLoss.step, NumberText.count(run.bestLoss.step)),
      numberCell(errors?.0, errors?.1), warningCell(run.warnings.count),
      numberCell(Double(run.rows), NumberText.count(Double(run.rows))), textCell(run.law ?? ""),
    ]
    let values = parameters.map { name in
      let parameter = run.parameters.first { $0.name == name }
      return numberCell(parameter?.value, parameter.map(Uncertainty.text))
    }
    return """
      <tr data-run="\(index + 1)" data-words="\(Markup.escape(words(run)))">\
      \(name)\(spark)\(group)\((cells + values).joined())</tr>
      """
  }

  private func numberCell(_ value: Double?, _ text: String?) -> String {
    guard let value, value.isFinite else {
      return #"<td class="number absent">\#(text ?? NumberText.missing)</td>"#
    }
    let shown = text ?? NumberText.count(value)
    return #"<td class="number" data-value="\#(value)">\#(shown)</td>"#
  }

  private func warningCell(_ count: Int) -> String {
    #"<td class="number\#(count > 0 ? " some" : "")" data-value="\#(count)">\#(count)</td>"#
  }

  private func textCell(_ text: String) -> String {
    guard !text.isEmpty else { return #"<td class="absent">–</td>"# }
    return #"<td data-value="\#(Markup.escape(text))">\#(Markup.name(text))</td>"#
  }

  /// What the filter searches.
  private func words(_ run: RunReport) -> String {
    let metadata = run.metadata.flatMap { [$0.name, $0.value] }
    return ([run.name, run.group ?? "", run.file, run.law ?? ""] + metadata)
      .joined(separator: " ").lowercased()
  }
}
