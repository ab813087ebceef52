/// A column of a manifest with a meaning.
enum ManifestField: String, TableField {
  case run, file, parameters, tokensPerStep, uniqueTokens, switchStep, group, schedule, loss,
    warmupSteps

  /// Its spellings, in lower case and without `_`, `-` and blanks.
  var spellings: [String] {
    switch self {
    case .run: ["run", "runid", "runname", "name", "id"]
    case .parameters: ["parameters", "n", "nparams", "params", "nparameters"]
    default: [rawValue.lowercased()]
    }
  }
}

/// One row of a manifest.
struct ManifestRow {
  let header: TableHeader<ManifestField>
  let cells: [String]
  let file: String
  let line: Int

  /// Whether nothing stands in it.
  var isEmpty: Bool { cells.allSatisfy(\.isEmpty) }

  /// The run it lists.
  ///
  /// - Throws: `badManifest`.
  func entry() throws(LogError) -> Manifest.Entry {
    if let extra = cells.indices.first(where: { $0 >= header.names.count && !cells[$0].isEmpty }) {
      throw failure(
        extra, "more fields than the header has (\(header.names.count)); quote cells with commas")
    }
    guard let path = text(.file) else {
      throw failure(header.columns[.file], "the path of the log is missing")
    }
    let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let isRelative = !path.hasPrefix("/") && !folder.isEmpty
    let resolved = isRelative ? folder.joined(separator: "/") + "/" + path : path
    let warmup = try number(.warmupSteps, positive: false)
    let switchStep = try number(.switchStep)
    return Manifest.Entry(
      run: text(.run) ?? LogName.runName(of: path), file: resolved,
      parameters: try number(.parameters), tokensPerStep: try number(.tokensPerStep),
      uniqueTokens: try number(.uniqueTokens),
      switchStep: try switchStep.map { value throws(LogError) in try whole(value, .switchStep) },
      group: text(.group), schedule: text(.schedule), loss: text(.loss),
      warmupSteps: try warmup.map { value throws(LogError) in try whole(value, .warmupSteps) },
      metadata: metadata())
  }

  private func text(_ field: ManifestField) -> String? {
    guard let column = header.columns[field], column < cells.count else { return nil }
    return cells[column].isEmpty ? nil : cells[column]
  }

  private func number(
    _ field: ManifestField, positive: Bool = true
  ) throws(LogError) -> Double? {
    guard let text = text(field) else { return nil }
    guard let value = Double(text), value.isFinite, positive ? value > 0 : value >= 0 else {
      throw failure(
        header.columns[field],
        "'\(text)' is not a number \(positive ? "above 0" : "of at least 0")")
    }
    return value
  }

  private func whole(_ value: Double, _ field: ManifestField) throws(LogError) -> Int {
    guard value <= 1e15, let whole = Int(exactly: value) else {
      throw failure(header.columns[field], "\(value) is not a whole number of at most 10^15")
    }
    return whole
  }

  private func metadata() -> [Manifest.Metadata] {
    let known = Set(header.columns.values)
    return zip(header.names, cells).enumerated().compactMap { index, pair in
      known.contains(index) || pair.1.isEmpty
        ? nil : Manifest.Metadata(name: pair.0, value: pair.1)
    }
  }

  private func failure(_ column: Int?, _ message: String) -> LogError {
    LogError(
      code: .badManifest, file: file, line: line, column: column.map { $0 + 1 } ?? 0,
      message: message)
  }
}
