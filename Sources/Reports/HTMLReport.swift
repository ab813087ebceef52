public import Forecasting

/// A report as one self-contained page: no network, no other files, readable without scripts.
public enum HTMLReport {
  /// The page; the same report gives the same bytes.
  ///
  /// All text of the report is escaped, and the page's security policy runs no script but its own.
  public static func render(_ report: BatchReport) -> String {
    let page = HTMLPage(report)
    let title = Markup.escape(Markup.isBlank(report.title) ? "Training runs" : report.title)
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(title)</title>
      <style>\(StyleSheet.text)</style>
      </head>
      <body>
      \(header(report, title: title))
      <main>
      \(page.sections().joined(separator: "\n"))
      </main>
      <script type="application/json" id="report-data">\(page.data().compact())</script>
      <script>\(PageScript.text)</script>
      </body>
      </html>

      """
  }

  private static func header(_ report: BatchReport, title: String) -> String {
    """
    <header class="top">
    <h1 dir="auto">\(title)</h1>
    <button type="button" class="toggle needs-script" id="theme" \
    aria-label="Colours: as the system">◐ Auto</button>
    <p class="lead">\(Summary.sentences(report).map(Markup.escape).joined(separator: " "))</p>
    \(forecastLines(report))
    </header>
    """
  }

  private static func forecastLines(_ report: BatchReport) -> String {
    guard !report.forecasts.isEmpty else { return "" }
    let items = report.forecasts.enumerated().map { index, forecast in
      let line = Markup.escape(Summary.line(forecast, level: report.level))
      return "<li dir=\"auto\"><a href=\"#forecast-\(index + 1)\">Forecast</a> for \(line)</li>"
    }
    return #"<ul class="lines">\#(items.joined())</ul>"#
  }

  /// Nothing from elsewhere, and only the script and the style whose hashes are given.
  private static let policy: String = {
    let style = ContentHash.base64(of: StyleSheet.text)
    let script = ContentHash.base64(of: PageScript.text)
    return "default-src 'none'; style-src 'sha256-\(style)'; script-src 'sha256-\(script)'; "
      + "base-uri 'none'; form-action 'none'"
  }()
}
