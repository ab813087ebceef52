#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The name of the format under test, from `LOSSCAST_FUZZ_FORMAT`; nil: the format is found as for any file.
private let formatName = getenv("LOSSCAST_FUZZ_FORMAT").map { String(cString: $0) }

/// What libFuzzer calls with every input.
///
/// The bytes are read as a log; whatever they are, the reader must give a reading or an error. Of a
/// reading it is checked that steps ascend and that every series has as many values.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  let input = Array(UnsafeBufferPointer(start: bytes, count: count))
  guard let format = FormatRegistry.formats.first(where: { $0.name == formatName }) else {
    if let reading = try? LogReader.read(bytes: input, file: "fuzz.log") {
      for entry in reading.entries { check(entry.run) }
    }
    return 0
  }
  var records = RecordTable()
  var issues = IssueCollector(file: "fuzz.log")
  let choice = ColumnChoice(needsLoss: false)
  guard
    let log = try? LogInput(ByteSource(bytes: input), file: "fuzz.log", choice: choice),
    (try? format.read(log, into: &records, issues: &issues)) != nil,
    let entries = try? RunAssembler.entries(
      records, file: "fuzz.log", choice: choice, issues: &issues)
  else { return 0 }
  for entry in entries { check(entry.run) }
  return 0
}

private func check(_ run: Run) {
  precondition(zip(run.steps, run.steps.dropFirst()).allSatisfy { $0 < $1 }, "steps ascend")
  precondition(
    run.series.allSatisfy { $0.values.count == run.steps.count }, "every series has every step")
}
