import Forecasting

/// The charts of a report.
enum ReportCharts {
  /// A run's observed losses with the fitted curve, and its learning rate.
  static func run(_ run: RunReport, number: Int) -> Chart {
    let observed = Chart.Series(
      curve: "observed-\(number)", key: "observed", label: "observed", color: Palette.neutral,
      style: run.observed.steps.count <= 200 ? .points : .line, steps: run.observed.steps,
      values: run.observed.values)
    var chart = Chart(
      id: "run-chart-\(number)", summary: "Losses of \(run.name) over steps, observed and fitted.",
      losses: [observed], rates: [],
      keys: [
        .init(key: "observed", label: "observed", color: observed.color, style: observed.style)
      ])
    if let fitted = run.fitted {
      chart.losses.append(
        series(fitted, curve: "fitted-\(number)", key: "fitted", label: run.law ?? "fitted"))
      chart.keys.append(
        .init(key: "fitted", label: "fitted, with interval", color: 0, style: .line, hasBand: true))
    }
    if let rate = run.learningRate {
      chart.rates = [learningRate(rate, curve: "rate-\(number)", color: Palette.rate)]
    }
    return chart
  }

  /// A forecast with the observed losses of the runs behind it, and its learning rate.
  static func forecast(_ forecast: ScheduleForecast, number: Int, in report: BatchReport) -> Chart {
    let isRefused = forecast.curve == nil
    var losses = members(of: forecast, in: report).map { index in
      let run = report.runs[index]
      return Chart.Series(
        curve: "observed-\(index + 1)", key: "observed", label: run.name, color: Palette.neutral,
        style: .faint, steps: run.observed.steps, values: run.observed.values)
    }
    var keys: [Chart.Key] = []
    if !losses.isEmpty {
      keys.append(
        .init(key: "observed", label: "observed runs", color: Palette.neutral, style: .faint))
    }
    if let curve = forecast.curve {
      losses.append(
        series(curve, curve: "forecast-\(number)", key: "forecast", label: "forecast"))
      keys.append(
        .init(
          key: "forecast", label: "forecast, with interval", color: 0, style: .line, hasBand: true))
    }
    return Chart(
      id: "forecast-chart-\(number)",
      summary: "Forecast of \(forecast.schedule) beside the observed runs.", losses: losses,
      rates: [
        learningRate(
          forecast.learningRate, curve: "proposed-\(number)", color: isRefused ? Palette.rate : 0)
      ],
      keys: keys, marksEnd: !isRefused)
  }

  /// The observed losses of all runs; a colour is a group, or a run when there are no groups.
  static func comparison(_ report: BatchReport) -> Chart {
    let groups = distinctGroups(report.runs)
    let isGrouped = groups.count > 1
    let series = report.runs.enumerated().map { index, run in
      let place = isGrouped ? groups.firstIndex(of: run.group ?? "") ?? 0 : index
      return Chart.Series(
        curve: "observed-\(index + 1)", key: "k\(place)", label: run.name,
        color: place % Palette.hues, style: .line, dash: place / Palette.hues % Palette.dashes,
        steps: run.observed.steps, values: run.observed.values)
    }
    let names = isGrouped ? groups.map { $0.isEmpty ? "no group" : $0 } : report.runs.map(\.name)
    let keys = names.enumerated().map { place, name in
      Chart.Key(
        key: "k\(place)", label: name, color: place % Palette.hues, style: .line,
        dash: place / Palette.hues % Palette.dashes)
    }
    // The best run is drawn last, on top.
    return Chart(
      id: "comparison-chart", summary: "Losses of all runs over steps.",
      losses: series.reversed(), rates: [], keys: keys)
  }

  /// The indices of the runs that a forecast was fitted to, or else of its group's runs.
  static func members(of forecast: ScheduleForecast, in report: BatchReport) -> [Int] {
    let inGroup = report.runs.indices.filter {
      forecast.group == nil || report.runs[$0].group == forecast.group
    }
    let fitted = Set(forecast.fittedRuns)
    let members = inGroup.filter { fitted.contains(report.runs[$0].name) }
    return members.isEmpty ? inGroup : members
  }

  private static func distinctGroups(_ runs: [RunReport]) -> [String] {
    var seen = Set<String>()
    return runs.map { $0.group ?? "" }.filter { seen.insert($0).inserted }
  }

  /// A predicted curve with its band, in the accent colour.
  static func series(
    _ curve: PredictedCurve, curve id: String, key: String, label: String
  ) -> Chart.Series {
    Chart.Series(
      curve: id, key: key, label: label, color: 0, style: .line, steps: curve.steps,
      values: curve.predicted, band: .init(lower: curve.lower, upper: curve.upper))
  }

  /// A learning rate.
  static func learningRate(
    _ curve: ObservedCurve, curve id: String, color: Int
  ) -> Chart.Series {
    Chart.Series(
      curve: id, key: "rate", label: "learning rate", color: color, style: .line,
      steps: curve.steps, values: curve.values)
  }
}
