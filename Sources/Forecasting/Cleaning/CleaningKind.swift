/// What is looked for in a log before it is fitted, each with a treatment that can be switched off.
public enum CleaningKind: String, Sendable, Hashable, Codable, CaseIterable {
  /// Rows far above the curve on both sides of them: left out.
  case spikes
  /// A loss that leaves the curve upwards until the end of the log: left out from there on.
  case divergence
  /// Losses that are NaN or infinite: never fitted.
  case nonFinite = "nan"
  /// Early rows that do not follow the law: left out, by ``FittedLaw/transientEnd``.
  case early
  /// Losses that are means over the steps since the row before: placed at the middle of those.
  case windows
  /// Learning rates that stand one step or one row late: taken back.
  case lateRates = "late-rates"

  /// Those that can be switched off; losses that are not finite cannot be kept.
  public static let optional: [CleaningKind] = allCases.filter { $0 != .nonFinite }
}
