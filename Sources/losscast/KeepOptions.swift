import ArgumentParser
import Forecasting

/// What is not cleaned before a fit.
struct KeepOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Fit as logged, without this treatment: spikes, divergence, early, windows, late-rates or all; "
        + "may be given several times.", valueName: "kind"))
  var keep: [String] = []

  @Flag(help: "The same as --keep early: early rows even where they do not follow the law.")
  var keepEarly = false

  func validate() throws {
    for name in keep where !(name == "all" || CleaningKind.optional.map(\.rawValue).contains(name))
    {
      let names = CleaningKind.optional.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("There is nothing called '\(name)' to --keep; choose \(names) or all.")
    }
  }

  /// The kinds named.
  var kinds: Set<CleaningKind> {
    var kinds = Set(keep.compactMap(CleaningKind.init(rawValue:)))
    if keep.contains("all") { kinds.formUnion(CleaningKind.optional) }
    if keepEarly { kinds.insert(.early) }
    return kinds
  }

  /// Whether early rows that do not follow the law are kept.
  var keepsEarly: Bool { kinds.contains(.early) }
}
