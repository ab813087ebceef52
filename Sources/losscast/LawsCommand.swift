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
      for law in laws { output.console.result(LawText.explanation(of: law)) }
    } else {
      output.console.result(LawText.list(of: LawCatalogue.families))
    }
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
      var publishedFits: [PublishedFit]
      var bestSchedule: BestSchedule

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
            role: parameter.isLinear ? "linear" : "nonlinear",
            coordinate: parameter.coordinate.isEmpty ? parameter.name : parameter.coordinate,
            identifiedBy: parameter.identifiedBy)
        }
        publishedFits = law.publishedFits.map {
          PublishedFit(
            setting: $0.setting, values: $0.parameters.map { $0.isFinite ? $0 : nil },
            source: $0.source)
        }
        bestSchedule = BestSchedule(
          standing: law.bestSchedule.name, reason: law.bestSchedule.reason)
      }
    }

    struct BestSchedule: Encodable {
      /// `yes`, `doubtful` or `none`.
      var standing: String
      var reason: String
    }

    struct Parameter: Encodable {
      var name: String
      var symbol: String
      var meaning: String
      var unit: String
      var range: String
      var typicalRange: String
      var role: String
      var coordinate: String
      var identifiedBy: String
    }

    struct PublishedFit: Encodable {
      var setting: String
      /// In the order of the parameters; nil where a value is not published.
      var values: [Double?]
      var source: String
    }
  }
}
