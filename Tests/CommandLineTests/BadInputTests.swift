import Foundation
import TestSupport
import Testing

/// Every bad input has its message and its exit code.
@Suite struct BadInputTests {
  private static let header = "step,lr,loss\n"

  /// A log of a falling loss under a constant then falling rate.
  private static func rows(_ line: (_ step: Int, _ loss: Double) -> String) -> String {
    (1...40).map { step in
      line(step * 10, 2 + 3 / Double(step).squareRoot()) + "\n"
    }.joined()
  }

  private static let good = header + rows { "\($0),\($0 < 300 ? 0.001 : 0.0005),\($1)" }

  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var file: String
    var contents: Data?
    var status: Int32
    var words: [String]
    var testDescription: String { name }

    init(_ name: String, _ file: String, _ text: String?, _ status: Int32, _ words: [String]) {
      self.name = name
      self.file = file
      contents = text.map { Data($0.utf8) }
      self.status = status
      self.words = words
    }
  }

  static let cases: [Case] = [
    Case("missing file", "absent.csv", nil, 66, ["absent.csv"]),
    Case("empty file", "empty.csv", "", 65, ["empty.csv", "empty"]),
    Case("header only", "header.csv", header, 65, ["header.csv", "row"]),
    Case("one row", "one.csv", header + "10,0.001,3\n", 65, ["1 row", "at least"]),
    Case(
      "constant loss", "flat.csv", header + rows { step, _ in "\(step),0.001,2.5" }, 65,
      ["2.5 in every row", "--loss"]),
    Case(
      "all-NaN loss", "nan.csv", header + rows { step, _ in "\(step),0.001,nan" }, 65, ["NaN"]),
    Case(
      "negative loss", "negative.csv",
      header + rows { step, loss in "\(step),0.001,\(loss - 2.6)" }, 65,
      ["at step", "no logarithm", "least-squares"]),
    Case(
      "zero loss", "zero.csv",
      header + rows { step, loss in "\(step),0.001,\(step == 200 ? 0 : loss)" },
      65, ["at step 200", "no logarithm"]),
    Case(
      "learning rate zero", "rate.csv", header + rows { "\($0),0,\($1)" }, 65,
      ["learning rate is 0", "--schedule"]),
    Case(
      "no loss column", "columns.csv", "step,lr,speed\n1,0.1,5\n2,0.1,5\n", 65,
      ["speed", "--loss"]),
  ]

  @Test(arguments: cases)
  func fit(_ bad: Case) throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    if let contents = bad.contents { try workdir.write(contents, to: bad.file) }
    let outcome = try CommandLineTool(in: workdir.url)(["fit", bad.file, "-o", "model.json"])
    #expect(outcome.status == bad.status, "\(outcome.errors)")
    for word in bad.words {
      #expect(outcome.errors.contains(word), "'\(word)' is not in: \(outcome.errors)")
    }
    #expect(outcome.output.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: workdir.url.path + "/model.json"))
  }

  @Test func binaryGarbage() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    var random = SeededGenerator(seed: 1)
    let bytes = (0..<4096).map { _ in UInt8.random(in: 0...255, using: &random) }
    try workdir.write(Data(bytes), to: "noise.csv")
    let outcome = try CommandLineTool(in: workdir.url)(["fit", "noise.csv"])
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("noise.csv"))
  }

  @Test func directoryWithoutLogs() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    try workdir.write("hello", to: "folder/readme.md")
    let outcome = try CommandLineTool(in: workdir.url)(["report", "folder", "-o", "r.html"])
    #expect(outcome.status == 66)
    #expect(outcome.errors.contains("folder"))
    #expect(!FileManager.default.fileExists(atPath: workdir.url.path + "/r.html"))
  }

  @Test(arguments: [
    ("peak=1e-3,wamup:100,stable:900", ["wamup", "warmup", "^"]),
    ("peak=1e-3,warmup:100,stable:900,decay:100:cosin", ["cosin", "cosine", "^"]),
    ("paek=1e-3,stable:900", ["paek", "peak", "^"]),
  ])
  func scheduleTypo(expression: String, words: [String]) throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    try workdir.write(BadInputTests.good, to: "good.csv")
    let outcome = try CommandLineTool(in: workdir.url)(
      ["fit", "good.csv", "--schedule", expression])
    #expect(outcome.status == 64)
    for word in words {
      #expect(outcome.errors.contains(word), "'\(word)' is not in: \(outcome.errors)")
    }
  }

  @Test(arguments: ["absent/model.json", "."])
  func unwritableOutput(path: String) throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    try workdir.write(BadInputTests.good, to: "good.csv")
    for command in ["fit", "report"] {
      let outcome = try CommandLineTool(in: workdir.url)([command, "good.csv", "-o", path])
      #expect(outcome.status == 74, "\(command): \(outcome.errors)")
      #expect(outcome.errors.contains(path) && outcome.errors.contains("cannot be written"))
    }
  }

  /// Facts of a run that no run can have.
  @Test(arguments: [
    ["--switch-step", "9223372036854775807"], ["--parameters", "0"], ["--tokens-per-step", "-1"],
    ["--unique-tokens", "inf"],
  ])
  func impossibleFacts(arguments: [String]) throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    try workdir.write(BadInputTests.good, to: "good.csv")
    let outcome = try CommandLineTool(in: workdir.url)(["fit", "good.csv"] + arguments)
    #expect(outcome.status == 64 && outcome.errors.contains(arguments[0]), "\(outcome.errors)")
  }

  @Test func unusableModels() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    try workdir.write(BadInputTests.good, to: "good.csv")
    let tool = CommandLineTool(in: workdir.url)
    #expect(try tool(["fit", "good.csv", "-o", "model.json", "-q"]).status == 0)
    let text = try String(contentsOfFile: workdir.url.path + "/model.json", encoding: .utf8)
    for (name, contents, words) in [
      ("cut.json", String(text.prefix(text.count / 2)), "cut short"),
      (
        "other.json", text.replacingOccurrences(of: "\"noise-floor\"", with: "\"gravity\""),
        "gravity"
      ),
      (
        "mixed.json", text.replacingOccurrences(of: "\"noise-floor\"", with: "\"power-steps\""),
        "parameters"
      ),
      ("list.json", "[1, 2]", "not a model file"),
      ("foreign.json", "{\"losscast\": 1}", "is missing"),
    ] {
      try workdir.write(contents, to: name)
      let outcome = try tool(["predict", name, "--schedule", "peak=1e-3,stable:500"])
      #expect(outcome.status == 65, "\(name): \(outcome.errors)")
      #expect(outcome.errors.contains(name) && outcome.errors.contains(words), "\(outcome.errors)")
    }
    let absent = try tool(["predict", "absent.json", "--schedule", "peak=1e-3,stable:500"])
    #expect(absent.status == 66)
  }

  @Test func wrongArguments() throws {
    let tool = CommandLineTool()
    for arguments in [
      ["fit"], ["fit", "x.csv", "--law", "anealing"], ["fit", "x.csv", "--fix", "lambda"],
      ["fit", "x.csv", "--level", "2"], ["predict", "m.json"], ["report", "x", "--format", "pdf"],
      ["laws", "anealing"], ["nonsense"],
    ] {
      let outcome = try tool(arguments)
      #expect(outcome.status == 64, "\(arguments): \(outcome.status) \(outcome.errors)")
      #expect(outcome.output.isEmpty)
    }
    #expect(try tool(["laws", "anealing"]).errors.contains("annealing"))
  }

  /// Steps that no counter reaches are refused in words, whatever their size and sign.
  @Test(arguments: ["e300", "e20", "e-6"], ["", "-"])
  func stepsBeyondReason(exponent: String, sign: String) throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    let log = BadInputTests.header + BadInputTests.rows { "\(sign)\($0)\(exponent),0.001,\($1)" }
    try workdir.write(log, to: "steps.csv")
    let tool = CommandLineTool(in: workdir.url)
    let fit = try tool(["fit", "steps.csv"])
    #expect(fit.status == 65 && fit.errors.contains("steps count updates"), "\(fit.errors)")
    // A report shows what it can.
    let report = try tool(["report", "steps.csv", "-o", "report.html"])
    #expect(report.status == 0, "\(report.errors)")
  }

  /// A schedule may be as long as it likes, curved or not.
  @Test func endlessSchedules() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    try workdir.write(BadInputTests.good, to: "good.csv")
    let tool = CommandLineTool(in: workdir.url)
    #expect(try tool(["fit", "good.csv", "-o", "model.json", "-q"]).status == 0)
    for schedule in [
      "peak=1e-3,stable:1T", "peak=1e-3,stable:500G,decay:500G", "peak=1e-3,cosine:1T",
      "peak=1e-3,warmup:100,stable:800G,1-sqrt:100G",
    ] {
      let outcome = try tool(["predict", "model.json", "--schedule", schedule, "-q"])
      #expect(outcome.status == 0, "\(schedule): \(outcome.errors)")
      let report = try tool(["report", "good.csv", "-o", "r.html", "--forecast", schedule, "-q"])
      #expect(report.status == 0, "\(schedule): \(report.errors)")
    }
    // One law has to go along it point by point.
    let law = ["fit", "good.csv", "--law", "forward-momentum", "-o", "momentum.json", "-q"]
    #expect(try tool(law).status == 0)
    let far = try tool(["predict", "momentum.json", "--schedule", "peak=1e-3,cosine:900G"])
    #expect(far.status == 65 && far.errors.contains("only to step"), "\(far.errors)")
    let steps = ["predict", "model.json", "--schedule", "peak=1e-3,stable:9", "--steps"]
    #expect(try tool(steps + ["1000000000000"]).status == 0)
    #expect(try tool(steps + ["9000000000000000000"]).status == 64)
  }

  /// One bad log among good ones: the rest is fitted, the bad one named, exit code 2.
  @Test func partialFailure() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    try workdir.write(BadInputTests.good, to: "runs/good.csv")
    try workdir.write("step,lr,loss\n", to: "runs/bad.csv")
    let tool = CommandLineTool(in: workdir.url)
    for arguments in [
      ["fit", "runs", "--json"], ["report", "runs", "-o", "report.html"], ["inspect", "runs"],
    ] {
      let outcome = try tool(arguments)
      #expect(outcome.status == 2, "\(arguments): \(outcome.errors)")
      #expect(outcome.errors.contains("bad.csv"))
      #expect(!outcome.output.isEmpty)
    }
    let html = try String(contentsOfFile: workdir.url.path + "/report.html", encoding: .utf8)
    #expect(html.contains("bad.csv") && html.contains("good"))
  }

  /// A constant learning rate says nothing about annealing: forecasts with a decay are refused.
  @Test func refusedForecast() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    let constant = BadInputTests.header + BadInputTests.rows { "\($0),0.001,\($1)" }
    try workdir.write(constant, to: "constant.csv")
    let tool = CommandLineTool(in: workdir.url)
    let fit = try tool(["fit", "constant.csv", "-o", "model.json"])
    #expect(fit.status == 0, "\(fit.errors)")
    #expect(fit.errors.contains("say nothing about C, delta, forgetting"))
    let decay = try tool(["predict", "model.json", "--schedule", "peak=1e-3,stable:400,decay:100"])
    #expect(decay.status == 65)
    #expect(decay.errors.contains("C, delta, forgetting"))
    let same = try tool(["predict", "model.json", "--schedule", "peak=1e-3,stable:600", "--json"])
    #expect(same.status == 0, "\(same.errors)")
  }
}
