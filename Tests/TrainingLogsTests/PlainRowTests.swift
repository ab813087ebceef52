import CTextScan
import TestSupport
import Testing

@testable import TrainingLogs

/// The fast path for rows of numbers against the general scanner and the standard library.
struct PlainRowTests {
  private static let levels = [Int32(text_scan_plain), Int32(text_scan_avx2)].filter {
    text_scan_supports($0) != 0
  }

  private func parsed(_ text: String, level: Int32) -> Double? {
    let padding = [UInt8](repeating: UInt8(ascii: "7"), count: Int(text_scan_padding))
    var value = 0.0
    let found = (padding + Array(text.utf8) + padding).withUnsafeBufferPointer { bytes in
      bytes.baseAddress.map {
        text_scan_number(level, $0 + padding.count, text.utf8.count, &value)
      }
    }
    return found == 1 ? value : nil
  }

  /// A random spelling of a random number.
  private func spelling(_ generator: inout SeededGenerator) -> String {
    let digits = String(generator.next() >> UInt64.random(in: 0..<64, using: &generator))
    let point = Int.random(in: 0...digits.count, using: &generator)
    var text = Bool.random(using: &generator) ? "-" : ""
    text += digits.prefix(point)
    if Bool.random(using: &generator) { text += "." }
    text += digits.dropFirst(point)
    if Int.random(in: 0..<3, using: &generator) == 0 {
      text += ["e", "E", "e+", "e-", "e-0"].randomElement(using: &generator) ?? "e"
      text += String(Int.random(in: 0...30, using: &generator))
    }
    return text
  }

  /// What is read equals the correctly rounded value; what is not read is rare.
  @Test(arguments: levels)
  func numbersEqualTheStandardLibrary(_ level: Int32) {
    var generator = SeededGenerator(seed: 11)
    var refused = 0
    for _ in 0..<100_000 {
      let text = spelling(&generator)
      guard let value = parsed(text, level: level) else {
        refused += 1
        continue
      }
      #expect(value.bitPattern == Double(text)?.bitPattern, "seed 11: \(text)")
    }
    #expect(refused < 30_000)
  }

  @Test(arguments: levels)
  func otherTextIsRefused(_ level: Int32) {
    for text in ["", "-", ".", "-.", "1.2.3", "1e", "e5", "+1", "0x1", "1 ", "1,5", "1e5e5", "1-2"] {
      #expect(parsed(text, level: level) == nil, "\(text)")
    }
  }

  private func cell(_ generator: inout SeededGenerator, oddity: Int) -> String {
    switch Int.random(in: 0..<(oddity + 20), using: &generator) {
    case 0...3: ""
    case 4: "nan"
    case 5...18: spelling(&generator)
    case 19: "\(Double(bitPattern: generator.next()))"
    case 20: "\"\(spelling(&generator))\""
    case 21: " 1.5 "
    case 22: ["inf", "-inf", "n/a", "text", "NaN", "\"a,b\"", "\"x\ny\"", "\u{0}"]
      .randomElement(using: &generator) ?? ""
    default: "3"
    }
  }

  private func table(_ generator: inout SeededGenerator, rows: Int) -> [UInt8] {
    let width = Int.random(in: 1...9, using: &generator)
    let names = ["loss", "step", "lr", "val_loss", "tokens", "time", "a", "b", "c"].prefix(width)
    let lineEnd = ["\n", "\r\n", "\r\r\n", "\n", "\r"].randomElement(using: &generator) ?? "\n"
    let oddity = Int.random(in: 0...3, using: &generator)
    var text = names.joined(separator: ",") + lineEnd + "1" + lineEnd
    for row in 0..<rows {
      var cells = names.map { _ in cell(&generator, oddity: oddity) }
      if width > 1, Int.random(in: 0..<10, using: &generator) > 0 { cells[1] = "\(row / 2)" }
      let surplus = Int.random(in: 0..<40, using: &generator)
      if surplus == 0 { cells.append("1") }
      if surplus == 1 { cells.removeLast() }
      text += cells.joined(separator: ",") + lineEnd
    }
    return Array(text.utf8)
  }

  private func read(
    _ bytes: [UInt8], level: Int32?, rows: KeptRows = .all
  ) throws -> (columns: [[UInt64]], summaries: [SeriesSummary], issues: [LogIssue], lines: [Int]) {
    let choice = ColumnChoice(kept: .all, rows: rows)
    let stream = try ByteStream(ByteSource(bytes: bytes), file: "x.csv")
    var scanner = try LogReader.scanner(stream, file: "x.csv")
    let header = try Header.read(&scanner, file: "x.csv")
    var reader = try TableReader(
      scanner, header: header, file: "x.csv", choice: choice, level: level)
    try reader.readRows()
    var records = RecordTable()
    var issues = IssueCollector(file: "x.csv")
    let step = reader.plan.step
    reader.give(to: &records, issues: &issues)
    let steps = step.map { records.columns[$0].values } ?? []
    let summaries = records.columns.compactMap { column in
      column.tally?.summary(name: column.name, role: .other, steps: steps)
    }
    return (
      records.columns.map { $0.values.map(\.bitPattern) }, summaries, issues.sorted(),
      (0..<records.count).map { records.lines[$0] }
    )
  }

  /// Values, counts, issues and lines of random tables, bit for bit.
  @Test(arguments: 0..<60)
  func rowsEqualTheGeneralScanners(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let bytes = table(&generator, rows: seed < 57 ? 60 : 2500)
    guard let expected = try? read(bytes, level: nil) else { return }
    for level in Self.levels {
      let found = try read(bytes, level: level)
      #expect(found.columns == expected.columns, "seed \(seed)")
      #expect(found.summaries == expected.summaries, "seed \(seed)")
      #expect(found.issues == expected.issues, "seed \(seed)")
      #expect(found.lines == expected.lines, "seed \(seed)")
    }
  }

  /// Thinning against the same done to all rows afterwards.
  @Test(arguments: [1, 2, 7, 1000, 5000])
  func thinnedRowsAreThoseOfAll(_ size: Int) throws {
    let rows = 2600
    var text = "step,loss,val_loss\n"
    for row in 0..<rows { text += "\(row),\(row * 3 % 17),\(row % 5 == 0 ? "\(row).5" : "")\n" }
    let bytes = Array(text.utf8)
    let all = try LogReader.read(bytes: bytes, file: "x.csv")
    let loss = (0..<rows).map { Double($0 * 3 % 17) }

    let every = try LogReader.read(
      bytes: bytes, file: "x.csv", columns: ColumnChoice(loss: "loss", rows: .every(size)))
    var kept = Array(stride(from: 0, to: rows, by: size))
    if kept.last != rows - 1 { kept.append(rows - 1) }
    #expect(every.entries[0].run.steps == kept.map(Double.init))
    #expect(every.entries[0].run.loss == kept.map { loss[$0] })
    #expect(every.entries[0].summaries == all.entries[0].summaries)

    let means = try LogReader.read(
      bytes: bytes, file: "x.csv", columns: ColumnChoice(loss: "loss", rows: .means(of: size)))
    let bins = stride(from: 0, to: rows, by: size).map { $0..<min(rows, $0 + size) }
    #expect(means.entries[0].run.steps == bins.map { Double($0.upperBound - 1) })
    #expect(
      means.entries[0].run.loss == bins.map { bin in
        bin.reduce(0) { $0 + loss[$1] } / Double(bin.count)
      })
    #expect(means.entries[0].summaries == all.entries[0].summaries)
  }

  @Test func onlyNamedColumnsAreKept() throws {
    let bytes = Array("step,loss,lr,a,b\n1,2,3,x,5\n2,2,3,x,5\n".utf8)
    func names(_ kept: KeptColumns) throws -> [String] {
      try LogReader.read(bytes: bytes, file: "x.csv", columns: ColumnChoice(kept: kept))
        .entries[0].run.series.map(\.name)
    }
    #expect(try names(.usual) == ["loss", "lr"])
    #expect(try names(.only(["loss", "b"])) == ["loss", "b"])
    #expect(try names(.all).contains("b"))
  }

  @Test func withoutHashingThereIsNoHash() throws {
    let bytes = Array("step,loss\n1,2\n".utf8)
    #expect(try LogReader.read(bytes: bytes, file: "x.csv", hashing: false).sha256 == "")
    #expect(try LogReader.read(bytes: bytes, file: "x.csv").sha256.count == 64)
  }
}
