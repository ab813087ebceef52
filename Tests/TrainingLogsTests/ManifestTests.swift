import Foundation
import TestSupport
import Testing

@testable import TrainingLogs

struct ManifestTests {
  private func read(_ text: String) throws -> Manifest {
    let work = try Workdir()
    defer { work.remove() }
    return try Manifest.read(work.write(text, to: "runs.csv"))
  }

  @Test func readsEveryField() throws {
    let work = try Workdir()
    defer { work.remove() }
    let path = try work.write(
      """
      run,file,parameters,tokensPerStep,group,schedule,loss,warmupSteps,seed,note
      small,logs/small.csv,1e6,4096,tiny,cosine,val_loss,100,7,"first, and best"
      big,/data/big.csv,,,,,,,,

      """, to: "runs.csv")
    let manifest = try Manifest.read(path)
    #expect(
      manifest.entries == [
        Manifest.Entry(
          run: "small", file: work.url.path + "/logs/small.csv", parameters: 1e6,
          tokensPerStep: 4096, group: "tiny", schedule: "cosine", loss: "val_loss",
          warmupSteps: 100,
          metadata: [
            Manifest.Metadata(name: "seed", value: "7"),
            Manifest.Metadata(name: "note", value: "first, and best"),
          ]),
        Manifest.Entry(run: "big", file: "/data/big.csv"),
      ])
  }

  @Test(
    arguments: [
      "RUN,File,N,tokens_per_step,GROUP,Schedule,LOSS,warmup_steps",
      "run_id,FILE,n_params,TokensPerStep,group,schedule,loss,Warmup Steps",
      "id,file,Parameters,tokens-per-step,group,schedule,loss,WARMUP_STEPS",
    ])
  func acceptsSpellings(header: String) throws {
    let manifest = try read("\(header)\na,/a.csv,10,20,g,s,l,30\n")
    #expect(
      manifest.entries == [
        Manifest.Entry(
          run: "a", file: "/a.csv", parameters: 10, tokensPerStep: 20, group: "g", schedule: "s",
          loss: "l", warmupSteps: 30)
      ])
  }

  @Test func namesRunsByTheirFiles() throws {
    let manifest = try read("file\n/x/first.csv.gz\n\n/x/second.tsv\n")
    #expect(manifest.entries.map(\.run) == ["first", "second"])
  }

  @Test(
    arguments: [
      ("run,path\na,b.csv\n", 1, 0, "column 'file'"),
      ("run,file,file\na,b.csv,c.csv\n", 1, 3, "twice"),
      ("run,file\na,\n", 2, 2, "missing"),
      ("run,file,parameters\na,a.csv,1\nb,b.csv,many\n", 3, 3, "'many'"),
      ("run,file,parameters\na,a.csv,-1\n", 2, 3, "above 0"),
      ("file,tokensPerStep\na.csv,nan\n", 2, 2, "'nan'"),
      ("file,warmupSteps\na.csv,1.5\n", 2, 2, "whole"),
      ("file,warmupSteps\na.csv,1e300\n", 2, 2, "whole"),
      ("run,file\na,b.csv,c\n", 2, 3, "more fields"),
      ("run,file\n", 0, 0, "no run"),
    ])
  func refuses(text: String, line: Int, column: Int, words: String) {
    let error = #expect(throws: LogError.self) { try read(text) }
    #expect(error?.code == .badManifest)
    #expect(error?.line == line)
    #expect(error?.column == column)
    #expect(error?.message.contains(words) == true, "\(String(describing: error))")
  }

  @Test func refusesAMissingFile() {
    let error = #expect(throws: LogError.self) { try Manifest.read("/no/such/runs.csv") }
    #expect(error?.code == .notFound)
  }

  @Test(
    .enabled(
      if: Fixtures.shared("ownruns/runs.csv") != nil,
      "the collection of own runs (shared/ownruns) is not beside the package"))
  func readsTheManifestOfOwnRuns() throws {
    let path = try #require(Fixtures.shared("ownruns/runs.csv"))
    let manifest = try Manifest.read(path)
    #expect(manifest.entries.count == 69)
    for entry in manifest.entries {
      let reading = try LogReader.read(entry.file)
      let rows = entry.metadata.first { $0.name == "rows" }.flatMap { Int($0.value) }
      #expect(reading.entries.first?.rows == rows, "\(entry.run)")
    }
  }

  /// The manifest states each file's hash, rows, first and last point (losses to five digits).
  @Test(
    .enabled(
      if: Fixtures.shared("curves/runs.csv") != nil,
      "the collection of curves (shared/curves) is not beside the package"))
  func readsTheCurves() throws {
    let path = try #require(Fixtures.shared("curves/runs.csv"))
    for entry in try Manifest.read(path).entries {
      let cells = Dictionary(
        entry.metadata.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
      // The paths in there begin with the name that the folder had.
      let name = entry.file.split(separator: "/").suffix(2).joined(separator: "/")
      let file = try #require(Fixtures.shared("curves/\(name)"), "\(name)")
      let reading = try LogReader.read(file, columns: ColumnChoice(loss: cells["target"]))
      let read = try #require(reading.entries.first)
      let summary = try #require(read.summaries.first { $0.name == cells["target"] })
      #expect(cells["rows"].flatMap(Int.init) == read.rows, "\(name)")
      let first = cells["first_target"].flatMap(Double.init) ?? .nan
      expectClose(summary.first?.value ?? .infinity, first, tolerance: 5e-5, "\(name)")
      let last = cells["last_target"].flatMap(Double.init) ?? .nan
      expectClose(summary.last?.value ?? .infinity, last, tolerance: 5e-5, "\(name)")
      #expect(cells["first_step"].flatMap(Double.init) == read.run.steps.first, "\(name)")
      #expect(cells["last_step"].flatMap(Double.init) == read.run.steps.last, "\(name)")
      #expect(cells["sha256"].map { $0 == reading.sha256 } ?? true, "\(name)")
      #expect(reading.issues == [], "\(name)")
    }
  }
}
