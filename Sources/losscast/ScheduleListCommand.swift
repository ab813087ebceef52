import ArgumentParser
import Reports
import Schedules

/// Lists what schedules can name, or shows one entry in full.
struct ScheduleListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List schedules, shapes, warm-ups and conventions, or show one.",
    discussion: """
      EXAMPLES:
        losscast schedule list
        losscast schedule list wsd
        losscast schedule list OneCycleLR
        losscast schedule list --json
      """)

  @Argument(help: "The entry to show in full, by its name or a framework's.")
  var name: String?

  @OptionGroup var printing: OutputOptions

  func run() throws {
    let entries = try entries()
    if printing.json {
      printing.console.result(try JSONText.render(Document(entries: entries.map(Entry.init))))
    } else if name != nil {
      printing.console.result(
        entries.map(ScheduleEntryText.full).joined(separator: "\n\n"))
    } else {
      printing.console.result(ScheduleEntryText.list(entries))
    }
  }

  private func entries() throws -> [ScheduleCatalogueEntry] {
    guard let name else { return ScheduleCatalogue.entries }
    let named = ScheduleCatalogue.entries(named: name)
    guard named.isEmpty else { return named }
    let nearest = NearestName.find(name, in: ScheduleCatalogue.words)
    throw CommandFailure(
      .usage,
      "there is no schedule '\(name)'; "
        + (nearest.map { "did you mean '\($0)'?" } ?? "'losscast schedule list' lists all"))
  }

  private struct Document: Encodable {
    var entries: [Entry]
  }

  private struct Entry: Encodable {
    var group: String
    var name: String
    var aliases: [String]
    var namesElsewhere: [String]
    var summary: String
    var formula: String
    var source: String
    var parameters: [Parameter]
    var usualShape: String?
    var example: String?
    var isVerified: Bool
    var remark: String

    init(_ entry: ScheduleCatalogueEntry) {
      group = entry.group.rawValue
      name = entry.name
      aliases = entry.aliases
      namesElsewhere = entry.namesElsewhere
      summary = entry.summary
      formula = entry.formula
      source = entry.source
      parameters = entry.parameters.map {
        Parameter(name: $0.name, usual: $0.usual, meaning: $0.meaning)
      }
      usualShape = entry.usualShape
      example = entry.example
      isVerified = entry.isVerified
      remark = entry.remark
    }
  }

  private struct Parameter: Encodable {
    var name: String
    var usual: String
    var meaning: String
  }
}

/// Entries of the catalogue for people.
enum ScheduleEntryText {
  /// All entries by group, one a line.
  static func list(_ entries: [ScheduleCatalogueEntry]) -> String {
    ScheduleCatalogueEntry.Group.allCases.map { group in
      var table = TextTable([group.rawValue.uppercased(), ""])
      for entry in entries where entry.group == group {
        let mark = entry.isVerified ? "" : " (unverified)"
        table.add(["  " + entry.name, entry.summary + mark])
      }
      return table.text
    }.joined(separator: "\n\n") + "\n\n'losscast schedule list NAME' shows one in full."
  }

  /// One entry in full.
  static func full(_ entry: ScheduleCatalogueEntry) -> String {
    var lines = ["\(entry.name) — \(entry.group.rawValue)", entry.summary]
    if !entry.isVerified { lines.append("unverified: \(entry.remark)") }
    var table = TextTable(["", ""])
    let facts = [
      ("formula", entry.formula), ("also", entry.aliases.joined(separator: ", ")),
      ("elsewhere", entry.namesElsewhere.joined(separator: ", ")), ("source", entry.source),
      ("shape", entry.usualShape.map { "\($0), or another that is named" } ?? ""),
      ("example", entry.example ?? ""), ("remark", entry.isVerified ? entry.remark : ""),
    ]
    for (name, text) in facts where !text.isEmpty { table.add([name, text]) }
    lines.append(table.text)
    guard !entry.parameters.isEmpty else { return lines.joined(separator: "\n") }
    var keys = TextTable(["KEY", "USUAL", "MEANING"])
    for parameter in entry.parameters {
      keys.add([parameter.name + "=", parameter.usual, parameter.meaning])
    }
    return (lines + ["", keys.text]).joined(separator: "\n")
  }
}
