/// Walks down directories and collects the logs in them.
struct DirectoryScan {
  /// What was found.
  var found: [LogSource] = []
  private var entries = 0

  /// Deeper directories than this are not searched.
  static let mostDepth = 64
  /// After so many files and directories the search ends.
  static let mostEntries = 2_000_000

  /// Adds the logs of a directory and of those below it.
  mutating func collect(_ directory: String, depth: Int = 0) {
    guard depth < Self.mostDepth else {
      return add(
        directory, "is more than \(Self.mostDepth) directories deep; name it to search it")
    }
    guard entries < Self.mostEntries else { return }
    do throws(LogError) {
      var folder = try Folder(listing: directory)
      entries += folder.files.count + folder.folders.count
      if entries >= Self.mostEntries {
        add(directory, "the search ends here: there are too many files; name a smaller directory")
      }
      for layout in DirectoryLayouts.all { found += layout.claim(&folder) }
      for name in folder.files where LogSniff.isLog(folder.joined(name), name: name) {
        found.append(LogSource(file: folder.joined(name)))
      }
      for name in folder.specials where LogName.sure.contains(where: name.hasSuffix) {
        found.append(LogSource(problem: SystemFile.special(folder.joined(name))))
      }
      for name in folder.folders { collect(folder.joined(name), depth: depth + 1) }
    } catch {
      found.append(LogSource(problem: error))
    }
  }

  private mutating func add(_ directory: String, _ message: String) {
    found.append(
      LogSource(problem: LogError(code: .unreadable, file: directory, message: message)))
  }
}

/// Judges whether files that are met in a search are logs.
enum LogSniff {
  /// So much of a file is looked at: a log may begin with the training script.
  private static let sampleSizes = [1 << 16, 1 << 19]

  /// Whether a file is a log, by its ending or, where that says little, by what is in it.
  static func isLog(_ path: String, name: String) -> Bool {
    let plain = LogName.plain(name)
    if plain == LogSearch.manifestName, (try? isManifest(path)) == true { return false }
    if LogName.sure.contains(where: plain.hasSuffix) { return true }
    return LogName.ambiguous.contains(where: plain.hasSuffix) && looksLikeLog(path)
  }

  /// Whether a table is a manifest: it has a column `file`.
  static func isManifest(_ path: String) throws(LogError) -> Bool {
    let stream = try ByteStream(ByteSource(path: path), file: path)
    var scanner = try LogReader.scanner(stream, file: path)
    return try scanner.next() ? scanner.texts().contains { $0.lowercased() == "file" } : false
  }

  /// Whether a small file is a log when it is read: settings may be in the same form.
  private static func isReadable(_ bytes: [UInt8], file: String) -> Bool {
    do throws(LogError) {
      _ = try LogReader.read(bytes: bytes, file: file, hashing: false)
      return true
    } catch {
      return error.code != .notALog && error.code != .noLossColumn
    }
  }

  private static func looksLikeLog(_ path: String) -> Bool {
    guard let source = try? ByteSource(path: path),
      var input = try? LogInput(source, file: path, choice: ColumnChoice())
    else { return false }
    for size in sampleSizes {
      guard let sample = try? input.sample(size),
        (try? TextSniffer.check(sample.bytes, file: path)) != nil
      else { return false }
      let found = FormatSniffer.format(of: sample)
      if sample.isWhole { return found.isLikely && isReadable(sample.bytes, file: path) }
      if found.isSure { return true }
    }
    return false
  }
}
