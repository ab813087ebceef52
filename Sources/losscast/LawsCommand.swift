import ArgumentParser
import Reports
import ScalingLaws
import Schedules

/// Lists the laws, or explains one.
struct LawsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "laws", abstract: "List the laws, or explain one.",
    discussion: """
      EXAMPLES:
        losscast laws
        losscast laws annealing
      """)

  @Argument(help: "The law to explain.")
  var name: String?

  @OptionGroup var output: OutputOptions

  func run() throws {
    var laws = LawCatalogue.all
    if let name {
      guard let law = LawCatalogue.law(named: name) else {
        let names = laws.map(\.name)
        let nearest = NearestName.find(name, in: names).map { "; did you mean '\($0)'?" } ?? ""
        throw CommandFailure(
          .usage, "there is no law '\(name)' (there are \(names.joined(separator: ", ")))\(nearest)"
        )
      }
      laws = [law]
    }
    if output.json {
      let document = Document(laws: laws.map(Document.Law.init))
      output.console.result(try JSONText.render(document))
    } else if name != nil {
      for law in laws { output.console.result(explanation(of: law)) }
    } else {
      var table = TextTable(["LAW", "EQUATION", "WHAT IT SAYS"])
      for law in laws {
        table.add([law.name, String(law.equation.split(separator: "\n")[0]), law.summary])
      }
      output.console.result(table.text + "\n\n'losscast laws NAME' explains one.")
    }
  }

  private func explanation(of law: any LossLaw) -> String {
    var table = TextTable(["PARAMETER", "ALLOWED", "TYPICAL", "UNIT", "MEANING"])
    for parameter in law.parameters {
      table.add([
        parameter.name, parameter.range, parameter.typicalRange, parameter.unit, parameter.meaning,
      ])
    }
    let needs = LawInput.allCases.filter(law.inputs.contains).map(\.words)
      .joined(separator: ", ")
    let others =
      law.otherNames.isEmpty ? "" : "\nAlso called: \(law.otherNames.joined(separator: ", "))"
    return """
      \(law.name): \(law.summary)

      \(law.equation)

      \(table.text)

      Needs: \(needs.isEmpty ? "steps alone" : needs)\(others)
      Source: \(law.source)
      """
  }

  private struct Document: Encodable {
    var laws: [Law]

    struct Law: Encodable {
      var name: String
      var otherNames: [String]
      var summary: String
      var equation: String
      var source: String
      var inputs: [String]
      var parameters: [Parameter]

      init(_ law: any LossLaw) {
        name = law.name
        otherNames = law.otherNames
        summary = law.summary
        equation = law.equation
        source = law.source
        inputs = LawInput.allCases.filter(law.inputs.contains).map(\.rawValue)
        parameters = law.parameters.map { parameter in
          Parameter(
            name: parameter.name, symbol: parameter.symbol, meaning: parameter.meaning,
            unit: parameter.unit, range: parameter.range, typicalRange: parameter.typicalRange,
            role: parameter.isLinear ? "linear" : "nonlinear")
        }
      }
    }

    struct Parameter: Encodable {
      var name: String
      var symbol: String
      var meaning: String
      var unit: String
      var range: String
      var typicalRange: String
      var role: String
    }
  }
}
