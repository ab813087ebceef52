/// TensorBoard's CSV export of one scalar, which names the scalar only in the file's name.
enum ScalarExport {
  private static let header = ["wall time", "step", "value"]
  private static let mark = "-tag-"

  /// The tag of the column `Value`: `train_loss` for `run-first-tag-train_loss.csv`.
  ///
  /// It is nil for other headers and other file names.
  static func tag(header: [String], file: String) -> String? {
    guard header.map({ $0.lowercased() }) == Self.header else { return nil }
    let parts = LogName.runName(of: file).split(separator: mark)
    return parts.count > 1 ? parts.last.map(String.init) : nil
  }
}
