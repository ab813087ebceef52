import Foundation
import TestSupport
import Testing

@testable import TrainingLogs

struct LogSearchTests {
  private let table = "step,loss\n1,2\n"

  @Test func searchesDirectoriesRecursively() throws {
    let work = try Workdir()
    defer { work.remove() }
    for name in [
      "run10.csv", "run2.csv", "sub/b.tsv", "sub/deep/a.CSV", "c.csv.gz", "table.txt",
      ".hidden.csv", ".git/d.csv", "notes.md",
    ] {
      try work.write(table, to: name)
    }
    for name in ["prose.txt", "prose.md", "server.log", "a.out"] {
      try work.write("Dear diary, nothing\n", to: name)
    }
    try work.write("{\"learning_rate\": 0.1}\n", to: "config.json")
    try work.write("run,file\na,run2.csv\n", to: "runs.csv")
    let root = work.url.path
    let found = try LogSearch.sources(for: [root]).map { String($0.path.dropFirst(root.count + 1)) }
    #expect(
      found == [
        "c.csv.gz", "notes.md", "run2.csv", "run10.csv", "sub/b.tsv", "sub/deep/a.CSV",
        "table.txt",
      ])
    #expect(try LogSearch.manifest(in: root) == root + "/runs.csv")
    #expect(try LogSearch.manifest(in: root + "/sub") == nil)
  }

  @Test func aTableOfStepsCalledRunsIsALog() throws {
    let work = try Workdir()
    defer { work.remove() }
    let path = try work.write(table, to: "runs.csv")
    #expect(try LogSearch.sources(for: [work.url.path]).map(\.path) == [path])
    #expect(try LogSearch.manifest(in: work.url.path) == nil)
  }

  @Test func expandsPatternsAndDropsRepeats() throws {
    let work = try Workdir()
    defer { work.remove() }
    let first = try work.write(table, to: "a1.csv")
    let second = try work.write(table, to: "a2.csv")
    try work.write(table, to: "b1.csv")
    let root = work.url.path
    let found = try LogSearch.sources(for: [root + "/a*.csv", second, root + "/./a1.csv", "-"])
      .map(\.path)
    #expect(found.count == 3)
    #expect(Set(found) == [first, second, "-"])
  }

  /// A file whose name looks like a pattern is that file.
  @Test func takesBracketsInAFileName() throws {
    let work = try Workdir()
    defer { work.remove() }
    let path = try work.write(table, to: "lr[0.1].csv")
    #expect(try LogSearch.sources(for: [path]).map(\.path) == [path])
  }

  @Test(arguments: ["/no/such/file.csv", "/no/such/*.csv"])
  func refusesWhatIsNotThere(path: String) {
    let error = #expect(throws: LogError.self) { try LogSearch.sources(for: [path]) }
    #expect(error?.code == .notFound)
    #expect(error?.file == path)
  }

  @Test func refusesADirectoryWithoutLogs() throws {
    let work = try Workdir()
    defer { work.remove() }
    try work.write("hello", to: "readme.md")
    let error = #expect(throws: LogError.self) { try LogSearch.sources(for: [work.url.path]) }
    #expect(error?.code == .noLogsInDirectory)
  }

  @Test func countsAsPeopleDo() {
    let names = ["run10", "run2", "run", "run02", "b", "a10b2", "a10b10", "a9", "10", "9", ""]
    #expect(
      names.sorted(by: NaturalOrder.precedes)
        == ["", "9", "10", "a9", "a10b2", "a10b10", "b", "run", "run02", "run2", "run10"])
  }
}
