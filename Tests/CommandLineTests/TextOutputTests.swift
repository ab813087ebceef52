import Foundation
import TestSupport
import Testing

/// The texts that people see, word by word.
@Suite struct TextOutputTests {
  @Test(arguments: [
    ["--help"], ["inspect", "--help"], ["fit", "--help"], ["predict", "--help"],
    ["report", "--help"], ["benchmark", "--help"], ["converge", "--help"], ["laws", "--help"],
    ["laws"], ["laws", "annealing"], ["laws", "weibull"],
    ["schedule", "show", "--help"], ["schedule", "show", "peak=3e-4,warmup:300,decay:900:1-sqrt"],
  ])
  func helpAndLaws(arguments: [String]) throws {
    let outcome = try CommandLineTool()(arguments)
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    let name = arguments.map { argument in
      argument.hasPrefix("peak") ? "1-sqrt" : argument.replacingOccurrences(of: "--", with: "")
    }
    try expectSnapshot(outcome.output, named: "commands/\(name.joined(separator: "-")).txt")
  }

  @Test func inspection() throws {
    let outcome = try CommandLineTool()(
      ["inspect", "fixtures/runs/m_special-resumed_3000_lr0.002_s0.csv.gz"])
    #expect(outcome.status == 0)
    try expectSnapshot(outcome.output, named: "commands/inspect-resumed.txt")
  }

  @Test func convergence() throws {
    let outcome = try CommandLineTool()(
      ["converge", "fixtures/runs/m_constant_6000_lr0.001_s0.csv.gz"])
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    try expectSnapshot(outcome.output, named: "commands/converge-constant.txt")
  }

  /// Every command line of the README's code blocks is one that the tool takes.
  @Test func commandsInTheReadmeExist() throws {
    let readme = try String(
      contentsOf: Fixtures.root.appendingPathComponent("README.md"), encoding: .utf8)
    let lines = readme.split(separator: "\n").filter { $0.hasPrefix("losscast ") }
    #expect(lines.count >= 6)
    for line in lines {
      let words = line.split(separator: " ").map(String.init)
      let command = words[1] == "schedule" ? words[1...2] : words[1...1]
      let outcome = try CommandLineTool()(command + ["--help"])
      #expect(outcome.status == 0, "\(line)")
      for option in line.split(separator: " ") where option.hasPrefix("--") {
        #expect(outcome.output.contains(option), "\(option) in: \(line)")
      }
    }
  }
}
