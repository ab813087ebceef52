import Foundation
import TestSupport
import Testing

@Suite struct ScheduleConvertTests {
  private static let expression =
    "peak=0.0003,conv=megatron,warmup:100,stable:700,decay:200:to=0.1x"

  @Test func filesExpressionsAndStdinAreRead() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    let flags =
      "--lr 3e-4 --min-lr 3e-5 --lr-decay-style WSD --lr-wsd-decay-style linear "
      + "--train-iters 1000 --lr-warmup-iters 100 --lr-wsd-decay-iters 200\n"
    try workdir.write(flags, to: "train.sh")
    let tool = CommandLineTool(in: workdir.url)
    let expected = Self.expression.replacingOccurrences(of: "to=0.1x", with: "to=3e-5")
    for (input, stdin) in [("train.sh", ""), ("-", flags), (Self.expression, "")] {
      let outcome = try tool(["schedule", "convert", input], input: Data(stdin.utf8))
      #expect(outcome.status == 0, "\(outcome.errors)")
      let printed = outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)
      #expect([expected, Self.expression].contains(printed), "\(printed)")
    }
  }

  @Test func jsonAndFilesAreWritten() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    let tool = CommandLineTool(in: workdir.url)
    let outcome = try tool([
      "schedule", "convert", Self.expression, "--to", "megatron", "-o", "flags.txt", "--json",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let document = try outcome.json()
    #expect(document["schedule"] as? String == Self.expression)
    #expect(document["totalSteps"] as? Int == 1000)
    let back = try tool(["schedule", "convert", "flags.txt", "--quiet"])
    #expect(back.output.hasPrefix("peak=0.0003,conv=megatron,warmup:100,stable:700,decay:200"))
    #expect(back.errors.isEmpty)
  }

  @Test func flagsAreTextBehindTwoHyphens() throws {
    let flags = "-l 6e-4 -u 700 -q 0.0 -k wsd -x 10000"
    for options in [["--from", "llmc"], []] {
      let outcome = try CommandLineTool()(["schedule", "convert"] + options + ["--", flags])
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(
        outcome.output == "peak=0.0006,conv=llmc,warmup:700,stable:7300,decay:2000:1-sqrt\n")
    }
  }

  @Test func notesGoToStderr() throws {
    let outcome = try CommandLineTool()([
      "schedule", "convert", "learning_rate=1e-3\nlr_scheduler_type='cosine'\nwarmup_ratio=0.1",
      "--from", "hf", "--total", "1005",
    ])
    #expect(outcome.output == "peak=0.001,warmup:101,decay:904:cosine\n")
    #expect(outcome.errors.contains("rounded up"))
  }

  @Test(arguments: [
    (["nowhere.yaml"], 66, "no file 'nowhere.yaml'"),
    ([".."], 66, "cannot be read"),
    (["peak=1,warmup:5", "--to", "megatorn"], 64, "did you mean 'megatron'?"),
    (["peak=1,warmup:5", "--from", "x"], 64, "known are"),
    (["peak=1,wamup:5"], 65, "did you mean 'warmup'?"),
    (["peak=1,warmup:5", "--every", "0"], 64, "--every"),
    (["peak=1,warmup:5", "--total", "0"], 65, "--total"),
    (["peak=1,warmup:5,rex:10", "--to", "hf"], 65, "phase 2"),
    (["peak=1", "--to", "csv"], 65, "has no end"),
    (["peak=1,warmup:5", "-o", "no/such/folder/x"], 74, "no directory"),
    (["peak=1,warmup:5", "--to", "olmo"], 65, "read, not written"),
  ])
  func refusalsHaveCodesAndWords(_ arguments: [String], status: Int, words: String) throws {
    let outcome = try CommandLineTool()(["schedule", "convert"] + arguments)
    #expect(Int(outcome.status) == status, "\(outcome.errors)")
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }
}
