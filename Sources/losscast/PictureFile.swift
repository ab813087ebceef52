import Foundation

/// Charts as files: SVG, or PNG where rsvg-convert is installed.
enum PictureFile {
  /// Fails early when a path cannot be written or a PNG cannot be made.
  static func check(_ path: String) throws {
    switch ending(of: path) {
    case "svg": break
    case "png": _ = try converter()
    default:
      throw CommandFailure(
        .usage, "a chart is written as .svg or .png; '\(path)' ends in neither")
    }
    try OutputFile.check(path)
  }

  /// Writes an SVG document, converted where the path ends in .png.
  static func write(_ svg: String, to path: String) throws {
    guard ending(of: path) == "png" else { return try OutputFile.write(svg, to: path) }
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("losscast-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let source = folder.appendingPathComponent("chart.svg")
    let target = folder.appendingPathComponent("chart.png")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(svg.utf8).write(to: source)
      let process = Process()
      process.executableURL = try converter()
      process.arguments = ["--zoom", "2", "--output", target.path, source.path]
      process.standardInput = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      guard process.terminationStatus == 0 else {
        throw CommandFailure(
          .outputNotWritten,
          "\(path) cannot be written: rsvg-convert ended with code \(process.terminationStatus); "
            + "write a .svg file instead")
      }
      try Data(contentsOf: target).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw CommandFailure(
        .outputNotWritten, "\(path) cannot be written: \(error.localizedDescription)")
    }
  }

  private static func ending(of path: String) -> String {
    URL(fileURLWithPath: path).pathExtension.lowercased()
  }

  /// The program that turns SVG into PNG.
  private static func converter() throws -> URL {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    for folder in folders {
      let file = URL(fileURLWithPath: String(folder)).appendingPathComponent("rsvg-convert")
      if FileManager.default.isExecutableFile(atPath: file.path) { return file }
    }
    throw CommandFailure(
      .outputNotWritten,
      "a .png chart needs rsvg-convert, which is not on PATH; install librsvg2-bin, or write .svg")
  }
}
