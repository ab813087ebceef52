import TestSupport
import Testing

@testable import TrainingLogs

/// The scanner of pairs, the table of keys, and the rule for any line with a step and a loss.
struct KeyValueTests {
  /// The pairs of a line as `key=value`, with `/total` and the unit in brackets.
  private static func pairs(_ text: String) -> [String] {
    withLine(text) { line in
      var scanner = KeyValueScanner(line)
      var found: [String] = []
      while let pair = scanner.next() {
        let total = pair.total.isNaN ? "" : "/\(pair.total)"
        let unit = pair.unit.isEmpty ? "" : "[\(line.text(pair.unit))]"
        found.append("\(line.text(pair.key))=\(pair.value)\(total)\(unit)")
      }
      return found
    }
  }

  private static func withLine<Result>(_ text: String, _ body: (TextLine) -> Result) -> Result {
    let bytes = Array(text.utf8) + [0]
    return bytes.withUnsafeBufferPointer { buffer in
      body(
        TextLine(
          bytes: UnsafeBufferPointer(rebasing: buffer[..<(buffer.count - 1)]), number: 1,
          hasEnd: true))
    }
  }

  @Test(
    arguments: [
      ("loss: 2.5", ["loss=2.5"]),
      ("loss:2.5 lr:2e-05", ["loss=2.5", "lr=2e-05"]),
      ("loss=2.5, lr=[1e-3, 2e-3], mom=[(0.9, 0.95)]", ["loss=2.5", "lr=0.001", "mom=0.9"]),
      ("{'loss': 2.5, 'epoch': 0.05}", ["loss=2.5", "epoch=0.05"]),
      ("{\"loss\": \"2.5\", \"lr\": \"3e-6\"}", ["loss=2.5", "lr=3e-06"]),
      ("step   710 | loss 4.3713 | 414 tok/s", ["step=710.0", "loss=4.3713"]),
      ("step 10/4800 | a b: 1", ["step=10.0/4800.0", "a b=1.0"]),
      ("iteration        1/     500 | x: 2", ["iteration=1.0/500.0", "x=2.0"]),
      (
        "Epoch [1/10], Step [100/500], Loss: 2.3",
        ["Epoch=1.0/10.0", "Step=100.0/500.0", "Loss=2.3"]
      ),
      ("tokens: 838,860,800 lm: 7", ["tokens=838860800.0", "lm=7.0"]),
      (
        "tokens: 2.62M | ms: 1.5K | n: 3B",
        ["tokens=2620000.0[M]", "ms=1500.0[K]", "n=3000000000.0[B]"]
      ),
      (
        "dt: 413.58ms memory: 29.11GiB(92.83%) tps: 70,593",
        ["dt=413.58[ms]", "memory=29.11[GiB(92.83%)]", "tps=70593.0"]
      ),
      (
        "elapsed time per iteration (ms): 15165.9 | lr: 2.000E-07",
        ["elapsed time per iteration (ms)=15165.9", "lr=2e-07"]
      ),
      ("step 00010 (0.05%) | loss: 9.3", ["step=10.0", "loss=9.3"]),
      ("Step 685: 5.354s, loss: 1.7", ["Step=685.0", "loss=1.7"]),
      ("step 5/9 - loss: 0.09 - auc: 0.5", ["step=5.0/9.0", "loss=0.09", "auc=0.5"]),
      ("loss: nan | norm: inf | x: -inf", ["loss=nan", "norm=inf", "x=-inf"]),
      ("loss nan lr 1e-4", ["loss=nan", "lr=0.0001"]),
      ("number of nan iterations:   0 |", ["number of nan iterations=0.0"]),
      ("loss train: 10.5, val: n/a", ["loss train=10.5"]),
      ("2026-04-18 22:15:40,200 - root - INFO - step: 10", ["step=10.0"]),
      ("eta: 2:40:15 loss: 1", ["loss=1.0"]),
      ("eta 0:02:40 loss 1.5 10:00:00.25 lr 2", ["loss=1.5", "lr=2.0"]),
      ("tflops: 1,234.5 loss: 2", ["tflops=1234.5", "loss=2.0"]),
      ("infos 3 nano 4 info: x", ["infos=3.0", "nano=4.0"]),
      ("loss: 1e400 x: 1e-400", ["loss=inf", "x=0.0"]),
      (":::: = = : 5 :", []),
      ("", []),
      ("a:", []), ("a: -", []), ("a: .", []), ("-", []), ("a=", []), ("a: 1/", ["a=1.0"]),
    ])
  func findsPairs(text: String, expected: [String]) {
    #expect(Self.pairs(text) == expected)
  }

  @Test func keysAreNumberedAsTheyAreMet() {
    var table = KeyTable()
    var ids: [String: Int] = [:]
    var generator = SeededGenerator(seed: 20_260_105)
    for _ in 0..<4000 {
      let key = "key\(Int.random(in: 0..<900, using: &generator))"
      let id = Self.withLine("  \(key) ") { table.id(of: 2..<(2 + key.utf8.count), in: $0) }
      #expect(id == ids[key, default: ids.count], "seed 20260105, \(key)")
      ids[key] = ids[key] ?? ids.count
    }
    #expect(table.count == ids.count)
  }

  @Test func keysBeyondTheLimitHaveNoNumber() {
    var table = KeyTable()
    for number in 0..<KeyTable.mostKeys {
      let key = String(number)
      #expect(Self.withLine(key) { table.id(of: 0..<key.utf8.count, in: $0) } >= 0)
    }
    #expect(Self.withLine("one more") { table.id(of: 0..<8, in: $0) } == -1)
    #expect(Self.withLine("7") { table.id(of: 0..<1, in: $0) } == 7)
  }

  /// The records of lines by the rule for any line: `step loss` each.
  private static func records(_ lines: [String]) -> [String] {
    var grammar = KeyValueFormat()
    var records = RecordTable()
    let taken = lines.filter { text in
      withLine(text) { grammar.take($0, into: &records) }
    }
    return taken
  }

  @Test(
    arguments: [
      "step 10 loss 2.5", "Step: 10, Train Loss: 2.5", "iter=10 loss=2.5 lr=1e-4",
      "Epoch 3 - train loss: 2.5 - val loss: 2.6",
      "Epoch [1/10], Step [100/500], Loss: 2.3",
      "2019-12-05 19:07:00,860 root  INFO     Step 685: 5.354s, loss: 1.740470, perplexity: 5.7",
      "INFO:root:global_step = 100, loss = 2.5 (3.2 sec)",
      "Train step 22 training loss: 0.662281",
      "| epoch   1 |   200/ 2983 batches | lr 20.00 | ms/batch 14.2 | loss  7.63 | ppl  2059.05",
      "[step 10] loss: 2.5", "(step=10) loss=2.5",
    ])
  func takesRecords(line: String) {
    #expect(Self.records([line]) == [line])
  }

  @Test(
    arguments: [
      "loss 2.5", "step 10", "step 10 loss_scale 2.5", "step: 10 loss scale: 1.0",
      "the loss at step 100 was 9.5 in the last run",
      "print(f\"step {step} loss {loss:.4f}\", step=1, loss=2)",
      "def train(step=0, loss=0.0):", "# step 10 loss 2.5",
      "  File \"train.py\", line 30, in step", "loss_scale: 0", "number of steps: 5 loss: 2.5",
      "FutureWarning: step 5 `torch.load` with weights_only=False", "", "step loss",
      "max_steps=100, loss_weight=0.5", "initial_loss_scale=12, step=5",
    ])
  func leavesOtherLinesAlone(line: String) {
    #expect(Self.records([line]).isEmpty)
  }

  @Test func oneStepColumnForSpellingsThatDiffer() throws {
    let text = (0..<9).map { "Train step \($0) loss: 2.\($0)\nstep \($0) val_loss: 3.\($0)\n" }
    let reading = try LogReader.read(bytes: Array(text.joined().utf8), file: "a.log")
    let entry = try #require(reading.entries.first)
    #expect(reading.format == "key-value")
    #expect(entry.run.steps == (0..<9).map { Double($0) })
    #expect(entry.summaries.map(\.count) == [9, 9])
  }

  @Test func longAndStrangeLinesEnd() throws {
    let log = (0..<4).map { "step \($0) loss 2.\($0)\n" }.joined()
    let keys = (0..<100_000).map { "k\($0)=1 " }.joined()
    let strange = [
      String(repeating: "a=1 ", count: 1 << 18), keys, String(repeating: ":", count: 1 << 18),
      String(repeating: "(", count: 1 << 16), String(repeating: "step 1 loss 2 ", count: 1 << 12),
      String(repeating: "1/", count: 1 << 16), String(repeating: "nan ", count: 1 << 16),
    ]
    for line in strange {
      let reading = try LogReader.read(bytes: Array((log + line + "\n" + log).utf8), file: "a.log")
      #expect(reading.entries.first?.run.steps.isEmpty == false)
    }
  }
}
