/// The single JSON file of DLLogger's first version (NVIDIA/dllogger 0.1):
/// `{"run": …, "epoch": {"x": […], name: […]}, "iter": {"x": [[…], …], name: [[…], …]}}`.
///
/// `iter` has a list for every epoch, whose `x` counts within the epoch.
enum DLLoggerSummaryFormat: LogFormat {
  static let name = "dllogger-json"
  static let title = "DLLogger's single JSON file"

  static func evidence(in sample: LogSample) -> FormatEvidence? {
    guard let outline = JSONOutline(sample), outline.isObject, outline.has("run"),
      outline.has("epoch") || outline.has("iter")
    else { return nil }
    let isNested = outline.members.allSatisfy { $0.value == .beginObject || $0.value == .failure }
    guard isNested else { return nil }
    return FormatEvidence(
      strength: .certain, hits: .max, reason: "objects 'run', 'epoch' and 'iter'")
  }

  static func read(
    _ input: consuming LogInput, into records: inout RecordTable, issues: inout IssueCollector
  ) throws(LogError) -> LogInput.End {
    let file = try JSONFile(input)
    var epochs: [String: [Double]] = [:]
    var iterations: [String: [[Double]]] = [:]
    var names: [String] = []
    let failure = file.scan { scanner -> JSONScanner.Failure? in
      _ = scanner.next()
      while scanner.next() == .key {
        let section = JSONText.string(scanner)
        guard scanner.next() == .beginObject else { continue }
        guard section == "epoch" || section == "iter" else {
          guard scanner.skipContainer() else { break }
          continue
        }
        while scanner.next() == .key {
          let name = JSONText.string(scanner)
          guard scanner.next() == .beginArray else { continue }
          if name != "x" { names.append(name) }
          if section == "epoch" {
            epochs[name] = JSONNumbers.list(&scanner)
          } else {
            iterations[name] = lists(&scanner)
          }
        }
      }
      return scanner.failure
    }
    // Without all iterations an epoch's last step is not known.
    write(names, failure == nil ? epochs : [:], iterations, to: &records)
    if let failure { try file.note(failure, records: records.count, issues: &issues) }
    return file.end
  }

  /// A list for every epoch.
  private static func lists(_ scanner: inout JSONScanner) -> [[Double]]? {
    var lists: [[Double]] = []
    while scanner.next() == .beginArray {
      guard let list = JSONNumbers.list(&scanner) else { return nil }
      lists.append(list)
    }
    return scanner.failure == nil ? lists : nil
  }

  private static func preferred(_ name: String) -> StatedMeaning {
    guard case .series(let role, _, let unit) = ColumnNames.meaning(of: name) else { return .other }
    return .series(role, rank: -1, unit: unit)
  }

  /// Adds every epoch's iterations, and behind them its means, at its last step.
  private static func write(
    _ names: [String], _ epochs: [String: [Double]], _ iterations: [String: [[Double]]],
    to records: inout RecordTable
  ) {
    let step = records.column("iter", .step(rank: 0))
    let epoch = records.column("epoch")
    let steps = iterations["x"] ?? []
    let numbers = epochs["x"] ?? []
    let inner = names.filter { iterations[$0] != nil }
    let outer = names.filter { epochs[$0] != nil && iterations[$0] == nil }
    // Losses of single iterations are preferred to means over epochs.
    let columns = inner.map { records.column($0, preferred($0)) } + outer.map { records.column($0) }
    for index in 0..<max(steps.count, numbers.count) {
      let number = index < numbers.count ? numbers[index] : Double(index)
      let own = index < steps.count ? steps[index] : []
      for row in own.indices {
        records.begin(line: 0)
        records.set(step, own[row])
        records.set(epoch, number)
        for (column, name) in zip(columns, inner) {
          guard let lists = iterations[name], index < lists.count, row < lists[index].count,
            !RowTable.isMissing(lists[index][row])
          else { continue }
          records.set(column, lists[index][row])
        }
      }
      guard index < numbers.count else { continue }
      records.begin(line: 0)
      records.set(step, own.last ?? number)
      records.set(epoch, number)
      for (column, name) in zip(columns.dropFirst(inner.count), outer) {
        guard let values = epochs[name], index < values.count, !RowTable.isMissing(values[index])
        else { continue }
        records.set(column, values[index])
      }
    }
  }
}
