public import Forecasting

/// A report as JSON, for other programs.
public enum JSONReport {
  /// The report's members as an object with `"losscast": 1`, the format's version, at its head.
  ///
  /// - Throws: what encoding the report throws, which the report's own types never do.
  public static func render(_ report: BatchReport) throws -> String {
    try JSONText.render(report)
  }
}

/// JSON as Losscast writes it everywhere.
public enum JSONText {
  /// An object with `"losscast": 1`, the format's version, at its head.
  ///
  /// The other keys are sorted; absent values and numbers that are not finite are null.
  ///
  /// - Parameter value: something that encodes as an object.
  /// - Returns: the text, with a newline at its end.
  /// - Throws: what encoding the value throws.
  public static func render(_ value: some Encodable) throws -> String {
    guard case .object(var members) = try JSONValueEncoder.encode(value) else { return "{}\n" }
    members["losscast"] = .number(1)
    return JSONValue.object(members).indented(leading: "losscast")
  }
}
