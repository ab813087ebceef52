import Foundation
import TestSupport
import Testing
import TrainingLogs

/// Tables of finished runs as people write them.
@Suite struct RunTableTests {
  private func read(_ text: String, loss: String? = nil) throws -> RunTable {
    let workdir = try Workdir()
    defer { workdir.remove() }
    return try RunTable.read(try workdir.write(text, to: "table.csv"), loss: loss)
  }

  /// The error that reading ends in, with the file's folder taken off.
  private func failure(_ text: String, loss: String? = nil) throws -> String {
    do {
      _ = try read(text, loss: loss)
    } catch let error as LogError {
      let start = try #require(error.description.range(of: "table.csv"))
      return String(error.description[start.lowerBound...])
    }
    return "no error"
  }

  @Test func plainTable() throws {
    let table = try read("run,parameters,tokens,loss\na,1e8,2e9,3.5\nb,2e8,4e9,3.25\n")
    #expect(
      table.rows == [
        .init(run: "a", line: 2, loss: 3.5, modelSize: 1e8, tokens: 2e9),
        .init(run: "b", line: 3, loss: 3.25, modelSize: 2e8, tokens: 4e9),
      ])
    #expect(table.lossColumn == 4 && table.sha256.count == 64)
  }

  /// Case, underscores, hyphens and blanks do not matter.
  @Test(arguments: [
    "Model Size,Training Tokens,loss,unique_tokens", "N,D,Final Loss,U",
    "n-params,TOKENS,val_loss,uniqueTokens", "model_size,total tokens,L,Distinct Tokens",
  ])
  func spellings(header: String) throws {
    let row = try #require(try read("\(header)\n7e7,1e9,3.0,5e8\n").rows.first)
    #expect(
      row == .init(run: "line 2", line: 2, loss: 3, modelSize: 7e7, tokens: 1e9, uniqueTokens: 5e8))
  }

  @Test func tokensFromSteps() throws {
    let row = try #require(try read("N,steps,tokensPerStep,loss\n7e7,1000,2e6,3.0\n").rows.first)
    #expect(row.tokens == 2e9 && row.steps == 1000)
  }

  /// D = C/(6N), unless tokens are there.
  @Test func tokensFromCompute() throws {
    let rows = try read(
      "Model Size,Training FLOP,tokens,loss\n1e9,6e19,,3.0\n1e9,6e19,7e9,3.0\n"
    ).rows
    #expect(rows.map(\.tokens) == [1e10, 7e9])
  }

  /// Semicolons with decimal commas, and blank lines and lines of empty cells between.
  @Test func otherDelimiters() throws {
    let rows = try read("N;D;loss\n1e8;2e9;3,5\n\n;;\n2e8;2e9;3,4\n").rows
    #expect(rows.map(\.loss) == [3.5, 3.4] && rows.map(\.line) == [2, 5])
  }

  @Test func chosenLossColumn() throws {
    let table = try read("N,D,loss,wiki_ppl\n1e8,2e9,3.5,21\n", loss: "Wiki PPL")
    #expect(table.rows.first?.loss == 21 && table.lossColumn == 4)
    #expect(
      try failure("N,D,loss,wiki\n1e8,2e9,3.5,21\n", loss: "wikki").hasPrefix(
        "table.csv:1: there is no column 'wikki'; the columns are 'N', 'D', 'loss', 'wiki'; did you"
      ))
  }

  @Test(arguments: [
    ("", "table.csv: the file is empty"),
    ("N,D,loss\n", "table.csv: the table has no run below its header"),
    ("N,D,accuracy\n1,2,3\n", "table.csv:1: a table of finished runs needs a column 'loss'"),
    ("N,D,loss\n1e8,2e9,good\n", "table.csv:2:3: 'good' is not a finite number"),
    ("N,D,loss\n1e8,2e9,nan\n", "table.csv:2:3: 'nan' is not a finite number"),
    ("N,D,loss\n1e8,2e9,3\n1e8,many,3\n", "table.csv:3:2: 'many' is not a number above 0"),
    ("N,D,loss\n-1e8,2e9,3\n", "table.csv:2:1: '-1e8' is not a number above 0"),
    ("N,D,loss\n0,2e9,3\n", "table.csv:2:1: '0' is not a number above 0"),
    ("N,D,loss\n1e8,2e9,\n", "table.csv:2:3: the loss is missing"),
    ("N,D,loss\n1e8,2e9\n", "table.csv:2:3: the loss is missing"),
    ("N,D,loss\n1e8,2e9,3,4\n", "table.csv:2:4: more fields than the header has (3)"),
    ("N,D,N,loss\n1e8,2e9,1,3\n", "table.csv:1:3: the column 'N' occurs twice"),
    ("N,steps,loss\n1e8,10.5,3\n", "table.csv:2:2: 10.5 is not a whole number"),
    ("N,steps,loss\n1e8,1e300,3\n", "table.csv:2:2: 1e+300 is not a whole number"),
  ])
  func hostileTables(text: String, message: String) throws {
    let found = try failure(text)
    #expect(found.hasPrefix(message), "\(found)")
  }

  @Test func missingFile() {
    #expect(throws: LogError.self) { try RunTable.read("/nonexistent/table.csv") }
  }
}
