import Foundation
import Schedules
import TestSupport
import Testing

/// `schedule show`, `schedule list`, and branches in `predict`.
@Suite struct ScheduleCommandTests {
  private let constantRun = Fixtures.path("runs/m_constant_6000_lr0.001_s0.csv.gz")

  @Test func presetsAreShownAsWrittenAndExpanded() throws {
    let written = "peak=1,total=1000,wsd:warmup=100:decay=20%:1-sqrt"
    let expansion = "peak=1,warmup:100,stable:700,decay:200:1-sqrt"
    let text = try CommandLineTool()(["schedule", "show", written])
    #expect(text.status == 0)
    #expect(text.errors.isEmpty)
    #expect(text.output.hasPrefix("\(written)\n\n\(expansion)\n"))
    #expect(text.output.contains("falling  200 steps, 20.00 %"))
    // No plot where stdout is no terminal.
    #expect(!text.output.contains("│"))
    let json = try CommandLineTool()(["schedule", "show", written, "--json", "--at", "0,800,5000"])
    let document = try json.json()
    #expect(document["losscast"] as? Int == 1)
    #expect(document["schedule"] as? String == expansion)
    #expect(document["written"] as? String == written)
    let values = try #require(document["values"] as? [[String: Double]])
    #expect(values.map { $0["step"] } == [0, 800, 5000])
    #expect(values.map { $0["learningRate"] } == [0, 1, 0])
    let facts = try #require(document["facts"] as? [String: Double])
    #expect(facts["totalSteps"] == 1000 && facts["warmupSteps"] == 100)
    #expect(facts["fallingSteps"] == 200 && facts["fallingFraction"] == 0.2)
    #expect(facts["firstRate"] == 0 && facts["highestRate"] == 1)
    // S1, summed update by update: t / 100, 1, and 1 - sqrt((t - 800) / 200).
    var area = 0.0
    for t in 0..<1000 {
      let x = Double(t - 800) / 200
      if t < 100 { area += Double(t) / 100 } else { area += t < 800 ? 1 : 1 - x.squareRoot() }
    }
    expectClose(try #require(facts["area"]), area, tolerance: 1e-12)
  }

  @Test func plotsAndPictures() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    let tool = CommandLineTool(in: workdir.url)
    let outcome = try tool([
      "schedule", "show", "peak=1,wsd:1000", "peak=1,sgdr:1000:cycles=3", "--plot", "--chart",
      "both.svg",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("A peak=1,wsd:1000\nB peak=1,sgdr:1000:cycles=3"))
    let lines = outcome.output.split(separator: "\n").filter { $0.contains("│") }
    #expect(lines.count == 14)
    #expect(lines.allSatisfy { $0.count <= 80 })
    let svg = try String(contentsOfFile: workdir.url.path + "/both.svg", encoding: .utf8)
    #expect(svg.contains("</svg>"))
    #expect(svg.contains("sgdr"))
    let several = try tool(["schedule", "show", "peak=1,wsd:10", "peak=2,wsd:10", "--json"])
    #expect((try several.json()["schedules"] as? [Any])?.count == 2)
    for (chart, status, words) in [
      ("a.pdf", 64, "ends in neither"), ("nowhere/a.svg", 74, "no directory"),
    ] {
      let refused = try tool(["schedule", "show", "peak=1,wsd:10", "--chart", chart])
      #expect(refused.status == status)
      #expect(refused.errors.contains(words))
    }
  }

  private static let hasConverter =
    ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/rsvg-convert")
    } ?? false

  @Test func picturesInPNG() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    let outcome = try CommandLineTool(in: workdir.url)(
      ["schedule", "show", "peak=1,wsd:1000", "--chart", "a.png"])
    let file = FileManager.default.contents(atPath: workdir.url.path + "/a.png")
    if Self.hasConverter {
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(file?.prefix(4) == Data([0x89, 0x50, 0x4E, 0x47]))
    } else {
      #expect(outcome.status == 74)
      #expect(outcome.errors.contains("install librsvg2-bin, or write .svg"))
      #expect(file == nil)
    }
  }

  /// The fixture holds 1e-3 to step 6000; the branch falls from there.
  @Test func branchesOffALog() throws {
    let outcome = try CommandLineTool()([
      "schedule", "show", "from=4000,decay:1000:to=0.1x", "--log", constantRun, "--json", "--at",
      "3999,4000,4500,5000",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let document = try outcome.json()
    #expect(document["schedule"] as? String == "from=4000,peak=0.001,decay:1000:to=0.1x")
    #expect(document["branchStep"] as? Int == 4000)
    let values = try #require(document["values"] as? [[String: Double]])
    for (value, rate) in zip(values, [1e-3, 1e-3, 5.5e-4, 1e-4]) {
      expectClose(try #require(value["learningRate"]), rate, tolerance: 1e-12)
    }
    #expect((document["facts"] as? [String: Double])?["warmupSteps"] == 150)
  }

  @Test(arguments: [
    (["from=last,decay:100"], 64, "name its log, with --log"),
    (["from=7000,decay:100", "--log", "RUN"], 64, "the run is logged up to step 6000"),
    (["from=last,decay:100", "--log", "absent.csv"], 66, "absent.csv"),
    (["from=last,decya:100", "--log", "RUN"], 64, "did you mean 'decay'?"),
  ])
  func branchesThatCannotBe(arguments: [String], status: Int32, words: String) throws {
    let outcome = try CommandLineTool()(
      ["schedule", "show"] + arguments.map { $0 == "RUN" ? constantRun : $0 })
    #expect(outcome.status == status)
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
  }

  /// A branch of a run is forecast as the whole schedule that it makes.
  @Test func branchesAreForecast() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    let tool = CommandLineTool(in: workdir.url)
    let cosine = Fixtures.path("runs/m_cosine_6000_lr0.001_s0.csv.gz")
    let fit = try tool(["fit", "-q", "--law", "annealing", "-o", "model.json", cosine])
    #expect(fit.status == 0, "\(fit.errors)")
    let branch = try tool([
      "predict", "model.json", "--json", "--schedule", "from=4800,decay:1200", "--continue",
      constantRun,
    ])
    #expect(branch.status == 0, "\(branch.errors)")
    let whole = try tool([
      "predict", "model.json", "--json", "--schedule",
      "peak=1e-3,conv=llmc,warmup:150,stable:4650,decay:1200",
    ])
    let finals = try [branch, whole].map { outcome in
      let schedules = try #require(try outcome.json()["schedules"] as? [[String: Any]])
      return try #require((schedules[0]["final"] as? [String: Double])?["predicted"])
    }
    expectClose(finals[0], finals[1], tolerance: 1e-4)
    let missing = try tool(["predict", "model.json", "--schedule", "from=4800,decay:1200"])
    #expect(missing.status == 64)
    #expect(missing.errors.contains("--continue"))
    let alone = try tool(["predict", "model.json", "--tokens", "1", "--continue", constantRun])
    #expect(alone.status == 64)
  }

  @Test func theListNamesEverything() throws {
    let list = try CommandLineTool()(["schedule", "list"])
    #expect(list.status == 0)
    for entry in ScheduleCatalogue.entries {
      #expect(list.output.contains("  \(entry.name) "), "\(entry.name)")
    }
    #expect(list.output.contains("(unverified)"))
    let json = try CommandLineTool()(["schedule", "list", "--json"]).json()
    #expect((json["entries"] as? [Any])?.count == ScheduleCatalogue.entries.count)
    let one = try CommandLineTool()(["schedule", "list", "OneCycleLR"])
    #expect(one.output.hasPrefix("onecycle — preset\n"))
    #expect(one.output.contains("PyTorch lr_scheduler.py OneCycleLR"))
    let misspelt = try CommandLineTool()(["schedule", "list", "oncycle"])
    #expect(misspelt.status == 64)
    #expect(misspelt.errors.contains("did you mean 'onecycle'?"))
  }
}
