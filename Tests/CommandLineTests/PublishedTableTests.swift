import Foundation
import TestSupport
import Testing

/// Published tables of finished runs, fitted with the default options of the command line.
@Suite struct PublishedTableTests {
  private static let chinchilla = ProcessInfo.processInfo.environment["LOSSCAST_CHINCHILLA"]

  private func fit(
    _ table: String, _ options: [String], in workdir: Workdir
  ) throws -> [String: Any] {
    try workdir.write(table, to: "table.csv")
    let outcome = try CommandLineTool(in: workdir.url)(
      ["fit", "--table", "table.csv", "--json"] + options)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try outcome.json()
  }

  private func check(
    _ document: [String: Any], cost: Double, parameters: [(String, Double)], tolerance: Double
  ) throws {
    let objective = try #require(document["objective"] as? [String: Any])
    expectClose(try #require(objective["cost"] as? Double), cost, tolerance: 1e-8)
    let found = try #require(document["parameters"] as? [[String: Any]])
    for (parameter, (name, value)) in zip(found, parameters) {
      #expect(parameter["name"] as? String == name)
      expectClose(
        try #require(parameter["value"] as? Double), value, tolerance: tolerance, "\(name)")
    }
    #expect(found.count == parameters.count)
  }

  /// The 240 points of Chinchilla's runs that were digitised and fitted anew.
  ///
  /// Source: Besiroglu et al., arXiv 2404.10102: of the 245 in their repository
  /// (epoch-research/analyzing-chinchilla), all but the five of largest loss.
  ///
  /// The minimum is that of an independent fit from many starts (SciPy).
  @Test(
    .enabled(
      if: chinchilla != nil,
      "needs LOSSCAST_CHINCHILLA=FILE, the digitised points as CSV: Model Size, Training FLOP, loss"
    ))
  func chinchillaRefit() throws {
    let file = try #require(PublishedTableTests.chinchilla)
    let lines = try String(contentsOfFile: file, encoding: .utf8)
      .split(whereSeparator: \.isNewline)
    let losses = lines.dropFirst().map { line in
      line.split(separator: ",").last.flatMap { Double($0) } ?? .infinity
    }
    try #require(losses.count == 245)
    let limit = losses.sorted()[240]
    let kept = zip(lines.dropFirst(), losses).filter { $0.1 < limit }.map(\.0)
    try #require(kept.count == 240)
    let table = (lines.prefix(1) + kept).joined(separator: "\n") + "\n"
    let workdir = try Workdir()
    defer { workdir.remove() }
    try check(
      try fit(table, ["--law", "chinchilla"], in: workdir), cost: 1.018274018e-3,
      parameters: [
        ("E", 1.817218), ("A", 477.826), ("B", 2143.417), ("alpha", 0.347310), ("beta", 0.367172),
      ], tolerance: 2e-6)
  }

  /// The example of the broken-power paper's code (github.com/ethancaballero/
  /// broken_neural_scaling_laws): 14 points; the optimum of 400 random starts of an independent fit
  /// (SciPy).
  @Test func brokenPower() throws {
    let points = [
      (160, 2.13809046), (192, 2.11813418), (256, 2.08955508), (320, 2.06988398),
      (384, 2.05404987), (448, 2.03837089), (480, 2.02814281), (512, 2.00496872),
      (544, 1.95576149), (576, 1.86313841), (608, 1.70891537), (640, 1.50637664),
      (672, 1.29754721), (736, 0.96559684),
    ]
    let table = "steps,loss\n" + points.map { "\($0),\($1)\n" }.joined()
    let workdir = try Workdir()
    defer { workdir.remove() }
    let options = ["--law", "broken-power", "--objective", "log1p", "-o", "model.json"]
    try check(
      try fit(table, options, in: workdir), cost: 1.13372926e-6,
      parameters: [
        ("a", 0.41388449), ("b", 2.27727228), ("c0", 0.05507734), ("c1", 5.6629036),
        ("d1", 612.58362), ("f1", 0.05919304),
      ], tolerance: 1e-6)
    for (steps, expected) in [(800, 0.76018831), (864, 0.63749814), (928, 0.56259805)] {
      let outcome = try CommandLineTool(in: workdir.url)([
        "predict", "model.json", "--steps", "\(steps)", "--json",
      ])
      let run = try #require(try outcome.json()["run"] as? [String: Any], "\(outcome.errors)")
      let value = try #require(run["predicted"] as? Double)
      expectClose(value, expected, tolerance: 1e-7)
      // The interval is symmetric around 1 + P on a logarithmic scale.
      let lower = try #require(run["lower"] as? Double)
      let upper = try #require(run["upper"] as? Double)
      expectClose((1 + lower) * (1 + upper), (1 + value) * (1 + value), tolerance: 1e-12)
    }
  }
}
