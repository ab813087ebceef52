/// A column of a table of finished runs with a meaning.
enum RunTableField: TableField {
  case run, loss, parameters, tokens, steps, tokensPerStep, uniqueTokens, compute

  var spellings: [String] {
    switch self {
    case .run: ["run", "runid", "runname", "name", "id"]
    case .loss:
      [
        "loss", "finalloss", "validationloss", "valloss", "evalloss", "testloss", "trainloss",
        "trainingloss", "l",
      ]
    case .parameters:
      [
        "parameters", "n", "modelsize", "nparams", "params", "nparameters", "modelparameters",
        "numparams", "numparameters",
      ]
    case .tokens:
      ["tokens", "d", "trainingtokens", "traintokens", "ntokens", "numtokens", "totaltokens"]
    case .steps: ["steps", "step", "s", "trainingsteps", "trainsteps", "updates"]
    case .tokensPerStep: ["tokensperstep"]
    case .uniqueTokens: ["uniquetokens", "u", "distincttokens"]
    case .compute: ["flop", "flops", "trainingflop", "trainingflops", "compute", "c"]
    }
  }
}

/// One row of a table of finished runs.
struct RunTableRow {
  let header: TableHeader<RunTableField>
  let cells: [Cell]
  let texts: [String]
  let file: String
  let line: Int

  /// The run that stands in the row.
  ///
  /// - Throws: `badTable` with the place.
  func run() throws(LogError) -> RunTable.Row {
    if let extra = cells.indices.first(where: {
      $0 >= header.names.count && cells[$0].kind != .empty
    }) {
      throw failure(
        extra, "more fields than the header has (\(header.names.count)); quote cells with commas")
    }
    guard let loss = try number(.loss, mustBePositive: false) else {
      throw failure(header.columns[.loss], "the loss is missing; leave out runs without one")
    }
    let size = try number(.parameters)
    let steps = try number(.steps)
    let perStep = try number(.tokensPerStep)
    let compute = try number(.compute)
    var tokens = try number(.tokens)
    if tokens == nil, let steps, let perStep { tokens = steps * perStep }
    if tokens == nil, let compute, let size { tokens = compute / (6 * size) }
    return RunTable.Row(
      run: name ?? "line \(line)", line: line, loss: loss, modelSize: size, tokens: tokens,
      steps: try steps.map { value throws(LogError) in try whole(value) },
      uniqueTokens: try number(.uniqueTokens))
  }

  private var name: String? {
    guard let column = header.columns[.run], column < texts.count else { return nil }
    return texts[column].isEmpty ? nil : texts[column]
  }

  /// The finite number in a cell; nil when it is empty.
  private func number(
    _ field: RunTableField, mustBePositive: Bool = true
  ) throws(LogError) -> Double? {
    guard let column = header.columns[field], column < cells.count, cells[column].kind != .empty
    else { return nil }
    let value = cells[column].value
    guard cells[column].kind == .number, value.isFinite, !mustBePositive || value > 0 else {
      throw failure(
        column, "'\(texts[column])' is not a \(mustBePositive ? "number above 0" : "finite number")"
      )
    }
    return value
  }

  private func whole(_ value: Double) throws(LogError) -> Int {
    guard value <= 1e15, let whole = Int(exactly: value) else {
      throw failure(header.columns[.steps], "\(value) is not a whole number of at most 10^15")
    }
    return whole
  }

  private func failure(_ column: Int?, _ message: String) -> LogError {
    LogError(
      code: .badTable, file: file, line: line, column: column.map { $0 + 1 } ?? 0,
      message: message)
  }
}
