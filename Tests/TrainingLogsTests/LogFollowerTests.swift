import Foundation
import TestSupport
import Testing

@testable import TrainingLogs

struct LogFollowerTests {
  private let text = "step,loss\n10,3.25\n20,3.125\n30,2.875\n40,2.75\n"

  /// Whatever is there at a poll, no record is half of one.
  @Test func givesCompleteRecordsWhileTheLogGrows() throws {
    let work = try Workdir()
    defer { work.remove() }
    let path = try work.write("", to: "run.csv")
    var follower = LogFollower(path)
    let bytes = Array(text.utf8)
    var last = 0
    for count in 0...bytes.count {
      try Data(bytes[..<count]).write(to: URL(fileURLWithPath: path))
      // A file of a header alone is an error; the next poll goes on.
      guard let reading = try? follower.poll(), let run = reading.entries.first?.run else {
        continue
      }
      #expect(run.loss == Array([3.25, 3.125, 2.875, 2.75].prefix(run.steps.count)))
      #expect(run.steps.count >= last)
      last = run.steps.count
    }
    #expect(last == 4)
    #expect(try follower.poll() == nil)
  }

  @Test func noticesACutAndAnotherFile() throws {
    let work = try Workdir()
    defer { work.remove() }
    var follower = LogFollower(work.url.appendingPathComponent("run.csv").path)
    #expect(try follower.poll() == nil)
    let path = try work.write(text, to: "run.csv")
    #expect(try follower.poll()?.entries.first?.run.steps.count == 4)
    #expect(follower.replacements == 0)
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.truncate(atOffset: 27)
    try file.close()
    #expect(try follower.poll()?.entries.first?.run.steps.count == 2)
    #expect(follower.replacements == 1)
    // The old file stays, so that the new one cannot get its number.
    try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
    #expect(try follower.poll() == nil)
    try work.write(text, to: "run.csv")
    #expect(try follower.poll()?.entries.first?.run.steps.count == 4)
    #expect(follower.replacements == 2)
  }
}
