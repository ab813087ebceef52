import ArgumentParser
import Foundation
import Reports
import Schedules
import TrainingConfigurations

/// Reads a schedule from a framework's configuration and writes it in another format.
struct ScheduleConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Read a schedule from a framework's settings and write it for another.",
    discussion: """
      The format is told from the content unless --from names it. Settings are written only where \
      the framework gives the same rate at every step; code for PyTorch (a LambdaLR) and tables \
      can say every schedule. Notes on what was assumed go to stderr.

      FORMATS:
        expression   a schedule in one line (the default of --to)
        csv          a table of step,learning_rate
        megatron     flags, alone or in a shell script
        hf           TrainingArguments: JSON, YAML, flags or code
        deepspeed    JSON
        torchtitan   TOML or flags
        nanogpt      Python settings or flags
        llmc         flags
        optax        Python code
        pytorch      Python code
        gpt-neox, olmo, olmo-core, composer, levanter, nanotron, fairseq
                     read only

      EXAMPLES:
        losscast schedule convert train.sh
        losscast schedule convert ds_config.json --total 20000 --to pytorch
        losscast schedule convert 'peak=3e-4,warmup:300,cosine:9700' --to megatron
        losscast schedule convert -- '--lr 3e-4 --train-iters 1000'
        losscast schedule convert lr.csv --to optax -o schedule.py
      """)

  @Argument(help: "An expression, a file, or - for stdin.")
  var input: String

  @Option(help: ArgumentHelp("The input's format.", valueName: "format"))
  var from: String?

  @Option(help: ArgumentHelp("The output's format.", valueName: "format"))
  var to: String?

  @Option(name: .shortAndLong, help: ArgumentHelp("Write to a file.", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("Updates of the run, where the file does not tell.", valueName: "n"))
  var total: Int?

  @Option(help: ArgumentHelp("Samples an update.", valueName: "n"))
  var batchSize: Double?

  @Option(help: ArgumentHelp("Tokens an update.", valueName: "n"))
  var tokensPerBatch: Double?

  @Option(help: ArgumentHelp("Updates an epoch.", valueName: "n"))
  var stepsPerEpoch: Double?

  @Option(help: ArgumentHelp("A row of a table every n steps.", valueName: "n"))
  var every: Int = 1

  @OptionGroup var printing: OutputOptions

  func run() throws {
    let source = try format(from, option: "--from")
    let target = try format(to, option: "--to") ?? .expression
    guard every >= 1 else {
      throw CommandFailure(.usage, "--every takes a whole number from 1, but got \(every)")
    }
    if let output { try OutputFile.check(output) }
    let (text, file) = try contents()
    let facts = TrainingFacts(
      totalSteps: total, batchSize: batchSize, tokensPerBatch: tokensPerBatch,
      stepsPerEpoch: stepsPerEpoch)
    let imported: ImportedSchedule
    let exported: ExportedSchedule
    do throws(ConfigurationError) {
      imported = try ScheduleImporter(facts: facts).schedule(
        from: text, file: file, format: source)
      exported = try ScheduleExporter(every: every).export(imported.schedule, as: target)
    } catch {
      throw CommandFailure(.unusableData, "\(error)")
    }
    let notes = imported.notes + exported.notes
    for note in notes { printing.console.note("note: \(note)") }
    if let output { try OutputFile.write(exported.text, to: output) }
    if printing.json {
      let document = Document(
        from: imported.format.rawValue, to: target.rawValue,
        schedule: imported.schedule.description, totalSteps: imported.schedule.totalSteps,
        notes: notes, text: output == nil ? exported.text : nil, file: output)
      printing.console.result(try JSONText.render(document))
    } else if let output {
      printing.console.note("wrote \(output)")
    } else {
      printing.console.result(exported.text)
    }
  }

  private func format(_ name: String?, option: String) throws -> ConfigurationFormat? {
    guard let name else { return nil }
    guard let format = ConfigurationFormat(rawValue: name) else {
      let names = ConfigurationFormat.allCases.map(\.rawValue)
      let remedy =
        NearestName.find(name, in: names).map { "did you mean '\($0)'?" }
        ?? "known are \(names.joined(separator: ", "))"
      throw CommandFailure(.usage, "\(option) does not know the format '\(name)'; \(remedy)")
    }
    return format
  }

  /// The text to read, with its file's name.
  private func contents() throws -> (text: String, file: String?) {
    if input == "-" {
      let data = FileHandle.standardInput.readDataToEndOfFile()
      return (String(decoding: data, as: UTF8.self), "stdin")
    }
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: input, isDirectory: &isDirectory) else {
      // What holds a setting, a call or several lines is meant as text, not as a path.
      let isText = input.contains { "=({".contains($0) || $0.isNewline } || input.hasPrefix("-")
      guard isText else {
        throw CommandFailure(
          .inputNotFound, "there is no file '\(input)', and it is no schedule expression either")
      }
      return (input, nil)
    }
    guard !isDirectory.boolValue, let data = FileManager.default.contents(atPath: input) else {
      throw CommandFailure(.inputNotFound, "\(input) cannot be read; give a file")
    }
    return (String(decoding: data, as: UTF8.self), input)
  }

  private struct Document: Encodable {
    var from: String
    var to: String
    var schedule: String
    var totalSteps: Int?
    var notes: [String]
    var text: String?
    var file: String?
  }
}
