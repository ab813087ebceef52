/// The name of a list that was most likely meant by a misspelt one.
public enum NearestName {
  /// The candidate nearest to `name`, or nil when none is close enough to be a slip of the pen.
  ///
  /// Case does not count. A candidate is close when at most a third of the longer name's letters,
  /// and at least one, must change; the first of equally close ones wins.
  public static func find(_ name: String, in candidates: [String]) -> String? {
    let typed = Array(name.lowercased())
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
      let letters = Array(candidate.lowercased())
      let distance = editDistance(typed, letters)
      guard distance <= max(1, max(typed.count, letters.count) / 3) else { continue }
      guard distance < letters.count else { continue }
      if distance < (best?.distance ?? .max) { best = (candidate, distance) }
    }
    return best?.candidate
  }

  /// The number of insertions, deletions, replacements and swaps of neighbours between two words.
  ///
  /// The "optimal string alignment" distance: no part of the word is edited twice.
  static func editDistance(_ first: [Character], _ second: [Character]) -> Int {
    guard !first.isEmpty, !second.isEmpty else { return max(first.count, second.count) }
    var beforeLast: [Int] = []
    var last = Array(0...second.count)
    for row in 1...first.count {
      var current = [row]
      for column in 1...second.count {
        let same = first[row - 1] == second[column - 1]
        var cost = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (same ? 0 : 1))
        if row > 1, column > 1, first[row - 1] == second[column - 2],
          first[row - 2] == second[column - 1]
        {
          cost = min(cost, beforeLast[column - 2] + 1)
        }
        current.append(cost)
      }
      beforeLast = last
      last = current
    }
    return last[second.count]
  }
}
