import Foundation
import TestSupport
import Testing

/// What the commands say of cleaning, and how `--keep` switches it off.
@Suite struct CleaningTests {
  /// A smooth curve of 600 rows with one burst of five rows at step 301.
  private func spikedLog() -> String {
    let rows = (1...600).map { step in
      let loss = 2 + 4 * pow(Double(step), -0.5)
      return "\(step),1e-3,\((300..<305).contains(step - 1) ? 3 * loss : loss)"
    }
    return (["step,lr,loss"] + rows).joined(separator: "\n") + "\n"
  }

  private func cleaning(_ document: [String: Any], _ list: String) throws -> [[String: Any]]? {
    try #require(document[list] as? [[String: Any]])[0]["cleaning"] as? [[String: Any]]
  }

  @Test func spikesAreToldAndLeftOut() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    try workdir.write(spikedLog(), to: "run.csv")
    let tool = CommandLineTool(in: workdir.url)
    let arguments = ["fit", "run.csv", "--law", "power-steps", "-o", "model.json", "--json"]
    let fit = try tool(arguments)
    #expect(fit.errors.contains("a spike of the loss (5 rows; at step 301, +200 %)"))
    #expect(fit.errors.contains("--keep spikes"))
    let found = try #require(try cleaning(try fit.json(), "data"))
    #expect(found.count == 1 && found[0]["kind"] as? String == "spikes")
    #expect(found[0]["steps"] as? [Double] == [301, 305] && found[0]["rows"] as? Int == 5)
    #expect(found[0]["treated"] as? Bool == true)
    let data = try #require(try fit.json()["data"] as? [[String: Any]])
    #expect(data[0]["rows"] as? Int == 595)

    let kept = try tool(arguments + ["--keep", "spikes"])
    #expect(kept.errors.contains("(--keep spikes: kept)"))
    #expect(try cleaning(try kept.json(), "data")?.first?["treated"] as? Bool == false)
    let whole = try #require(try kept.json()["data"] as? [[String: Any]])
    #expect(whole[0]["rows"] as? Int == 600)

    let score = try tool(["predict", "model.json", "--against", "run.csv", "--json"])
    #expect(try cleaning(try score.json(), "runs")?.first?["kind"] as? String == "spikes")
    let report = try tool(["report", "run.csv", "-o", "r.json", "--json"])
    #expect(try cleaning(try report.json(), "runs")?.first?["kind"] as? String == "spikes")
    let inspect = try tool(["inspect", "run.csv"])
    #expect(inspect.output.contains("cleaning: a spike of the loss"))
  }

  /// By itself a diverged run is fitted up to where it leaves the curve.
  @Test func divergedRunsAreFittedBefore() throws {
    let log = Fixtures.path("runs/m_special-diverged_2000_lr0.001_s0.csv.gz")
    let fit = try CommandLineTool()(["fit", log, "--loss", "train_loss", "--json"])
    #expect(fit.errors.contains("does not come back: the run has diverged"))
    let found = try #require(try cleaning(try fit.json(), "data"))
    #expect(found.contains { $0["kind"] as? String == "nan" && $0["rows"] as? Int == 56 })
    let steps = try #require(
      found.first { $0["kind"] as? String == "divergence" }?["steps"] as? [Double])
    let data = try #require(try fit.json()["data"] as? [[String: Any]])
    #expect(try #require(data[0]["steps"] as? [Double])[1] == steps[0] - 1)
  }

  @Test func unknownKindsAreRefused() throws {
    let outcome = try CommandLineTool()(["fit", "run.csv", "--keep", "spike"])
    #expect(outcome.status == 64 && outcome.errors.contains("divergence"))
    let nan = try CommandLineTool()(["fit", "run.csv", "--keep", "nan"])
    #expect(nan.status == 64)
  }
}
