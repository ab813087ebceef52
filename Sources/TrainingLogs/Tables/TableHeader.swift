/// A column of a table with a meaning, known by its name.
protocol TableField: Hashable, CaseIterable {
  /// The spellings of its name, in lower case and without `_`, `-` and blanks, the preferred first.
  var spellings: [String] { get }
}

/// Where the columns with a meaning stand in a table.
struct TableHeader<Field: TableField> {
  /// The header's cells.
  let names: [String]
  /// The column of each field that is there.
  private(set) var columns: [Field: Int] = [:]

  /// Judges a header; of several spellings of one field the first is taken.
  ///
  /// - Parameters:
  ///   - names: the header's cells.
  ///   - chosen: columns that were asked for by name.
  ///   - file: the file, for messages.
  ///   - line: the header's line, for messages.
  ///   - code: of errors.
  /// - Throws: an error of that code when a column occurs twice or one asked for is not there.
  init(
    _ names: [String], chosen: [Field: String] = [:], file: String, line: Int,
    code: LogError.Code
  ) throws(LogError) {
    self.names = names
    let plain = names.map(plainName)
    for field in Field.allCases {
      let spellings = chosen[field].map { [plainName($0)] } ?? field.spellings
      for spelling in spellings where columns[field] == nil {
        columns[field] = plain.firstIndex(of: spelling)
        guard let first = columns[field] else { continue }
        if let again = plain[(first + 1)...].firstIndex(of: spelling) {
          throw LogError(
            code: code, file: file, line: line, column: again + 1,
            message: "the column '\(names[again])' occurs twice; remove or rename one")
        }
      }
      if let name = chosen[field], columns[field] == nil {
        let nearest = EditDistance.nearest(to: name, in: names).map { "; did you mean '\($0)'?" }
        throw LogError(
          code: .noSuchColumn, file: file, line: line,
          message: "there is no column '\(name)'; the columns are \(ColumnPlan.list(names))"
            + (nearest ?? ""))
      }
    }
  }
}

/// A column's name without what does not matter in it.
private func plainName(_ name: String) -> String {
  name.lowercased().filter { !"_- ".contains($0) }
}
