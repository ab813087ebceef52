/// Which of several names was probably meant.
enum EditDistance {
  /// The name nearest to a misspelt one; nil when none is near.
  ///
  /// Near: 1 change in a name of up to 2 letters, 2 in one of up to 5, else 3; case aside.
  static func nearest(to name: String, in names: [String]) -> String? {
    let wanted = Array(name.lowercased())
    // Long names are no slips of the keyboard; the table would be large.
    guard wanted.count <= 200 else { return nil }
    let limit = min(3, 1 + wanted.count / 3)
    let ranked = names.filter { abs($0.count - wanted.count) <= limit }.map {
      (name: $0, distance: distance(wanted, Array($0.lowercased())))
    }
    guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= limit ? best.name : nil
  }

  /// Levenshtein's distance: insertions, deletions and replacements of one letter.
  private static func distance(_ first: [Character], _ second: [Character]) -> Int {
    var row = Array(0...second.count)
    for (index, letter) in first.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for (position, other) in second.enumerated() {
        let replaced = diagonal + (letter == other ? 0 : 1)
        diagonal = row[position + 1]
        row[position + 1] = min(replaced, row[position] + 1, diagonal + 1)
      }
    }
    return row[second.count]
  }
}
