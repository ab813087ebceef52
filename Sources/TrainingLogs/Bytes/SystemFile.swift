#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// An open file of the operating system, closed when it goes away.
struct SystemFile: ~Copyable {
  private let descriptor: Int32
  private let name: String
  private let closes: Bool

  /// Opens a file for reading; `-` is the standard input.
  ///
  /// A named pipe would make the program wait for a writer, a device might never end: both are refused,
  /// those aside that the shell opened for this program (`/dev/stdin`, `/dev/fd/N`).
  ///
  /// - Throws: `notFound`, or `unreadable` for a directory and where permission is missing.
  init(reading path: String) throws(LogError) {
    name = path
    guard path != "-" else {
      descriptor = 0
      closes = false
      return
    }
    if SystemPath.kind(of: path) == .directory {
      throw LogError(
        code: .unreadable, file: path,
        message: "is a directory; give its files, or give it where several logs are taken")
    }
    let isOpen = path == "/dev/stdin" || path.hasPrefix("/dev/fd/")
    let opened = open(path, isOpen ? O_RDONLY | O_CLOEXEC : O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    let failure = errno
    guard opened >= 0 else { throw Self.failure(failure, path) }
    guard isOpen || Self.isRegular(opened) else {
      close(opened)
      throw Self.special(path)
    }
    descriptor = opened
    closes = true
  }

  /// The file's length in bytes; nil for a pipe.
  var length: Int? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(exactly: status.st_size)
  }

  /// Whether nothing has been written to the file for two minutes; false for a pipe.
  var isAtRest: Bool {
    var (status, now) = (stat(), timespec())
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      clock_gettime(CLOCK_REALTIME, &now) == 0
    else { return false }
    #if canImport(Darwin)
    let changed = status.st_mtimespec
    #else
    let changed = status.st_mtim
    #endif
    return now.tv_sec - changed.tv_sec > 120
  }

  deinit {
    if closes { close(descriptor) }
  }

  /// Reads what comes next into the buffer.
  ///
  /// - Returns: How many bytes were read, 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(LogError) -> Int {
    while true {
      #if canImport(Darwin)
      let count = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
      #elseif canImport(Musl)
      let count = Musl.read(descriptor, buffer.baseAddress, buffer.count)
      #else
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      #endif
      if count >= 0 { return count }
      let failure = errno
      if failure != EINTR { throw Self.failure(failure, name) }
    }
  }

  private static func isRegular(_ descriptor: Int32) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Why what is no file is not read.
  static func special(_ path: String) -> LogError {
    LogError(
      code: .unreadable, file: path,
      message: "is a pipe, a socket or a device and no file; give - and let the shell redirect it")
  }

  private static func failure(_ number: Int32, _ path: String) -> LogError {
    if number == ENOENT || number == ENOTDIR {
      return LogError(
        code: .notFound, file: path, message: "there is no such file; check the path")
    }
    let reason = strerror(number).map { String(cString: $0) } ?? "error \(number)"
    return LogError(
      code: .unreadable, file: path, message: "cannot be read: \(reason)")
  }
}

/// Questions to the file system.
enum SystemPath {
  /// What stands at a path.
  enum Kind {
    case file, directory, absent
    /// A pipe, a socket or a device.
    case special
  }

  /// What stands at a path; a link is followed.
  static func kind(of path: String) -> Kind {
    var status = stat()
    guard stat(path, &status) == 0 else { return .absent }
    return switch status.st_mode & S_IFMT {
    case S_IFDIR: .directory
    case S_IFREG: .file
    default: .special
    }
  }

  /// Whether the path itself is a symbolic link.
  static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// A file's size in bytes; nil when there is none.
  static func size(of path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  /// The path of something in a directory.
  static func joined(_ directory: String, _ name: String) -> String {
    directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
  }

  /// The names in a directory, in no order.
  ///
  /// - Throws: `unreadable`.
  static func names(in directory: String) throws(LogError) -> [String] {
    guard let stream = opendir(directory) else {
      let reason = strerror(errno).map { String(cString: $0) } ?? "unknown reason"
      throw LogError(
        code: .unreadable, file: directory, message: "the directory cannot be listed: \(reason)")
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// The paths that a pattern with `*`, `?` or `[...]` stands for.
  static func matches(of pattern: String) -> [String] {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0, let paths = found.gl_pathv else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { paths[$0].map { String(cString: $0) } }
  }

  /// The path that two spellings of one file share; the path itself when it cannot be resolved.
  static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }
}

/// What tells that a file has changed.
struct FileState: Equatable {
  private var device: UInt64
  private var number: UInt64
  private var size: Int64
  private var seconds: Int64
  private var nanoseconds: Int64

  /// Looks at a file; nil when there is none.
  init?(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
    let time = status.st_mtimespec
    #else
    let time = status.st_mtim
    #endif
    device = UInt64(truncatingIfNeeded: status.st_dev)
    number = UInt64(truncatingIfNeeded: status.st_ino)
    size = Int64(status.st_size)
    seconds = Int64(time.tv_sec)
    nanoseconds = Int64(time.tv_nsec)
  }

  /// Whether a later state is of another file, or of this one cut short.
  func isReplaced(by later: FileState) -> Bool {
    (later.device, later.number) != (device, number) || later.size < size
  }
}
