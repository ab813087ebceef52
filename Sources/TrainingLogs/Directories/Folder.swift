/// The names in a directory; layouts take those away that they know what to do with.
struct Folder {
  /// The directory.
  let path: String
  /// Its files, in natural order; hidden ones are left out.
  private(set) var files: [String]
  /// Its directories, in natural order; hidden ones and links are left out.
  private(set) var folders: [String]
  /// Names of pipes, sockets and devices.
  private(set) var specials: [String]

  /// Lists a directory.
  ///
  /// - Throws: `unreadable`.
  init(listing path: String) throws(LogError) {
    self.path = path
    (files, folders, specials) = ([], [], [])
    for name in try SystemPath.names(in: path) where !name.hasPrefix(".") {
      let inner = SystemPath.joined(path, name)
      switch SystemPath.kind(of: inner) {
      case .file: files.append(name)
      // A link could lead back to where the search came from.
      case .directory: if !SystemPath.isLink(inner) { folders.append(name) }
      case .special: specials.append(name)
      case .absent: break
      }
    }
    files.sort(by: NaturalOrder.precedes)
    folders.sort(by: NaturalOrder.precedes)
  }

  /// The path of something in it.
  func joined(_ name: String) -> String { SystemPath.joined(path, name) }

  /// The last part of its path, its run's name where nothing better is known.
  var name: String {
    let resolved = path == "." || path == ".." || path.hasSuffix("/..") || path.hasSuffix("/.")
    let full = resolved ? SystemPath.resolved(path) : path
    return full.split(separator: "/").last.map(String.init) ?? full
  }

  /// Takes files away.
  mutating func takeFiles(where isTaken: (String) -> Bool) -> [String] {
    let taken = files.filter(isTaken)
    files.removeAll(where: isTaken)
    return taken
  }

  /// Takes directories away.
  mutating func takeFolders(_ names: [String]) {
    folders.removeAll { names.contains($0) }
  }

  /// Takes everything away: nothing else in here or below is a log of its own.
  mutating func takeAll() {
    (files, folders, specials) = ([], [], [])
  }
}
