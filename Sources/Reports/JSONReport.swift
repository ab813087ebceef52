public import Forecasting

/// A report as JSON, for other programs.
public enum JSONReport {
  /// The report's members as an object with `"losscast": 1`, the format's version, at its head.
  ///
  /// The other keys are sorted; absent values and numbers that are not finite are null.
  ///
  /// - Throws: what encoding the report throws, which the report's own types never do.
  public static func render(_ report: BatchReport) throws -> String {
    guard case .object(var members) = try JSONValueEncoder.encode(report) else { return "{}\n" }
    members["losscast"] = .number(1)
    return JSONValue.object(members).indented(leading: "losscast")
  }
}
