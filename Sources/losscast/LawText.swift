import Foundation
import Reports
import ScalingLaws

/// Laws as text.
enum LawText {
  /// Every law with what it says, by kind.
  static func list(of families: [LawCatalogue.Family]) -> String {
    let width = families.flatMap(\.laws).map(\.name.count).max() ?? 0
    let blocks = families.map { family in
      let lines = family.laws.map { law in
        "  \(law.name.padding(toLength: width, withPad: " ", startingAt: 0))  \(law.summary)"
      }
      return "\(family.title)\n" + lines.joined(separator: "\n")
    }
    return blocks.joined(separator: "\n\n") + "\n\n'losscast laws NAME' explains one."
  }

  /// All that is known of a law.
  static func explanation(of law: any LossLaw) -> String {
    let needs = LawInput.allCases.filter(law.inputs.contains).map(\.words)
      .joined(separator: ", ")
    let others =
      law.otherNames.isEmpty ? "" : "\nAlso called: \(law.otherNames.joined(separator: ", "))"
    let published =
      law.publishedFits.isEmpty ? "" : "\n\nPublished fits\n\n" + publishedTable(of: law)
    return """
      \(law.name): \(law.summary)

      \(law.equation)

      \(parameterTable(of: law))

      How it is fitted

      \(fittingTable(of: law))\(published)

      Needs: \(needs.isEmpty ? "steps alone" : needs)\(others)
      Best schedule: \(law.bestSchedule.name): \(law.bestSchedule.reason)
      Source: \(law.source)
      """
  }

  private static func parameterTable(of law: any LossLaw) -> String {
    var table = TextTable(["PARAMETER", "ALLOWED", "TYPICAL", "UNIT", "MEANING"])
    for parameter in law.parameters {
      table.add([
        parameter.name, parameter.range, parameter.typicalRange, parameter.unit, parameter.meaning,
      ])
    }
    return table.text
  }

  /// How each parameter enters a fit, where the search starts, and which data tell it.
  private static func fittingTable(of law: any LossLaw) -> String {
    var table = TextTable(["PARAMETER", "ENTERS", "FITTED AS", "STARTS TRIED", "IDENTIFIED BY"])
    let linearCount = law.linearCoordinates.count
    for (index, parameter) in law.parameters.enumerated() {
      let scan = index < linearCount ? [] : law.nonlinearCoordinates[index - linearCount].scan
      table.add([
        parameter.name, parameter.isLinear ? "linearly" : "nonlinearly",
        parameter.coordinate.isEmpty ? "itself" : parameter.coordinate,
        starts(scan, isLinear: index < linearCount),
        parameter.identifiedBy.isEmpty ? "–" : parameter.identifiedBy,
      ])
    }
    return table.text
  }

  private static func starts(_ scan: [Double], isLinear: Bool) -> String {
    guard let first = scan.first, let last = scan.last else { return isLinear ? "solved for" : "–" }
    let ends = [first, last].map { NumberFormat.significant($0, digits: 3) }
    return scan.count == 1 ? ends[0] : "\(ends[0]) to \(ends[1])"
  }

  private static func publishedTable(of law: any LossLaw) -> String {
    var table = TextTable(["SETTING"] + law.parameters.map { ">\($0.name)" } + ["SOURCE"])
    for fit in law.publishedFits {
      let values = fit.parameters.map {
        $0.isFinite ? NumberFormat.significant($0, digits: 5) : "–"
      }
      table.add([fit.setting] + values + [fit.source])
    }
    return table.text
  }
}
