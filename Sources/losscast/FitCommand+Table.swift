import ArgumentParser
import Forecasting
import Foundation
import Reports
import ScalingLaws
import TrainingLogs

extension FitCommand {
  /// Fits a table of finished runs.
  func fitTable(_ path: String) throws {
    let console = printing.console
    let table: RunTable
    do throws(LogError) {
      table = try RunTable.read(path, loss: selection.columns.loss)
    } catch {
      throw CommandFailure(
        error.isMissingInput ? .inputNotFound : .unusableData, error.description)
    }
    let fit = try TableFit(
      table, analysis: fitting.analysis(keepEarly: true), facts: factOptions.facts)
    for warning in fit.model.remarks { console.warn(warning) }
    if let output { try OutputFile.write(try JSONText.render(fit.model), to: output) }
    if printing.json {
      console.result(try JSONText.render(TableDocument(fit)))
    } else {
      console.result(text(of: fit))
      if let output { console.note("model written to \(output)") }
    }
  }

  private func text(of fit: TableFit) -> String {
    let worst = fit.scores.indices.sorted {
      abs(fit.scores[$0].final.relativeError) > abs(fit.scores[$1].final.relativeError)
    }
    var rows = TextTable(["LARGEST ERRORS", ">PARAMETERS", ">TOKENS", ">LOSS", ">FITTED", ">ERROR"])
    for index in worst.prefix(5) {
      let (row, final) = (fit.table.rows[index], fit.scores[index].final)
      rows.add([
        row.run, row.modelSize.map { NumberFormat.significant($0, digits: 3) } ?? "–",
        row.tokens.map { NumberFormat.significant($0, digits: 3) } ?? "–",
        NumberFormat.loss(final.actual), NumberFormat.loss(final.predicted),
        String(format: "%+.2f %%", 100 * final.relativeError),
      ])
    }
    let metrics = fit.metrics
    let explained = metrics.r2.map { ", R² \(NumberFormat.significant($0, digits: 4))" } ?? ""
    return """
      \(fit.model.law) law, fitted to the \(fit.table.rows.count) runs of \(fit.table.file)

      \(ParameterText.table(fit.model, level: fitting.level))

      mean error \(NumberFormat.percent(metrics.meanRelativeError)), worst \
      \(NumberFormat.percent(metrics.worstRelativeError))\(explained); residual scale \
      \(NumberFormat.percent(fit.model.residuals.relativeScale)), the runs are independent
      \(allocation(of: fit).map { $0 + "\n" } ?? "")
      \(rows.text)
      """
  }

  /// How compute is best split, with the largest budget of the table as an example.
  private func allocation(of fit: TableFit) -> String? {
    let budgets = fit.table.rows.compactMap { row in
      row.modelSize.flatMap { size in row.tokens.map { 6 * size * $0 } }
    }.filter { $0 > 0 && $0.isFinite }
    guard let optimum = fit.model.computeOptimum, let largest = budgets.max() else { return nil }
    let size = optimum.modelSize(compute: largest)
    let tokens = optimum.tokens(compute: largest)
    guard size > 0, tokens > 0, size.isFinite, tokens.isFinite else { return nil }
    func short(_ value: Double) -> String { NumberFormat.significant(value, digits: 3) }
    return "compute-optimal for C = 6ND: N grows as C^\(short(optimum.sizeExponent)), D as "
      + "C^\(short(optimum.dataExponent)); at C = \(short(largest)), the table's largest, N = "
      + "\(short(size)) and D = \(short(tokens)), \(short(tokens / size)) tokens a parameter\n"
      + "Step Law (arXiv 2503.04715) has there a peak learning rate of "
      + "\(short(StepLaw.learningRate(modelSize: size, tokens: tokens))) and batches of "
      + "\(short(StepLaw.batchTokens(tokens: tokens))) tokens"
  }
}

extension FittedLaw {
  /// The compute-optimal split, for laws of size and data.
  var computeOptimum: ComputeOptimum? {
    guard let law = LawCatalogue.law(named: self.law) as? any SizeAndDataLaw else { return nil }
    let values = parameters.compactMap(\.value)
    return values.count == law.coordinateCount ? law.computeOptimum(values) : nil
  }
}

/// What `fit --table --json` prints: the model, the errors, and how compute is best split.
private struct TableDocument: Encodable {
  let fit: TableFit

  init(_ fit: TableFit) {
    self.fit = fit
  }

  private enum CodingKeys: CodingKey { case metrics, runs, computeOptimum }

  private struct Optimum: Encodable {
    var sizeExponent: Double
    var dataExponent: Double
    var scale: Double
  }

  func encode(to encoder: any Encoder) throws {
    try fit.model.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(fit.metrics, forKey: .metrics)
    try container.encode(fit.scores, forKey: .runs)
    try container.encodeIfPresent(
      fit.model.computeOptimum.map {
        Optimum(sizeExponent: $0.sizeExponent, dataExponent: $0.dataExponent, scale: $0.scale)
      }, forKey: .computeOptimum)
  }
}
