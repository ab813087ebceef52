/// The names of members that were met, by the objects that they stand in.
///
/// Every path from the outermost object to a member is a node. A row of a log has the keys of the row
/// before, as a rule: the next key is compared with the one that followed last time, and only when it
/// is another one looked up.
struct JSONKeys {
  /// A member's place.
  struct Node {
    /// The object that it stands in.
    var parent: Int
    /// The names from the outermost object on, joined with `/`.
    var name: String
    /// What the name says.
    var meaning: JSONKeyMeaning
    /// The column of its numbers; nil as long as none was kept.
    var column: Int?
    fileprivate var key: Range<Int>
    /// Which child of its parent it is.
    fileprivate var place: Int
    fileprivate var children: [Int] = []
    /// Which child is expected next.
    fileprivate var expected = 0
  }

  /// The outermost object.
  static let root = 0
  /// More paths than this are no log of a run; those beyond have the node -1.
  private static let most = 50_000
  /// Longer keys are no names of series.
  private static let longestKey = 4096

  private(set) var nodes: [Node]
  private var bytes: [UInt8] = []
  private var byHash: [UInt64: Int] = [:]

  /// Starts without names.
  init() {
    nodes = [
      Node(parent: -1, name: "", meaning: JSONKeyMeaning("", inRoot: false), key: 0..<0, place: 0)
    ]
  }

  /// The member of an object's node whose key the scanner has just read; -1 beyond the limit.
  @inline(__always)
  mutating func child(of parent: Int, named scanner: borrowing JSONScanner) -> Int {
    guard parent >= 0 else { return -1 }
    let raw = scanner.rawText
    let expected = nodes[parent].expected
    if expected < nodes[parent].children.count {
      let child = nodes[parent].children[expected]
      if has(child, raw) {
        nodes[parent].expected = expected &+ 1
        return child
      }
    }
    return lookUp(parent, scanner)
  }

  /// Starts an object's members anew.
  @inline(__always)
  mutating func restart(_ node: Int) {
    if node >= 0 { nodes[node].expected = 0 }
  }

  /// Notes the column of a node.
  mutating func setColumn(_ column: Int, of node: Int) { nodes[node].column = column }

  @inline(__always)
  private func has(_ node: Int, _ raw: UnsafeBufferPointer<UInt8>) -> Bool {
    let key = nodes[node].key
    guard key.count == raw.count else { return false }
    for index in 0..<raw.count where bytes[key.lowerBound &+ index] != raw[index] { return false }
    return true
  }

  private mutating func lookUp(_ parent: Int, _ scanner: borrowing JSONScanner) -> Int {
    let raw = scanner.rawText
    guard raw.count <= Self.longestKey else { return -1 }
    var hash = (UInt64(truncatingIfNeeded: parent) &+ 1) &* 0x9E37_79B9_7F4A_7C15
    for byte in raw { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    while let known = byHash[hash] {
      if nodes[known].parent == parent, has(known, raw) {
        nodes[parent].expected = nodes[known].place &+ 1
        return known
      }
      hash &+= 1
    }
    guard nodes.count < Self.most else { return -1 }
    let node = nodes.count
    let start = bytes.count
    bytes.append(contentsOf: raw)
    byHash[hash] = node
    let own = JSONText.string(scanner)
    let isInRoot = parent == Self.root || nodes[parent].meaning.isWrapper
    let name = isInRoot ? own : "\(nodes[parent].name)/\(own)"
    nodes.append(
      Node(
        parent: parent, name: name,
        meaning: JSONKeyMeaning(name, inRoot: isInRoot), key: start..<bytes.count,
        place: nodes[parent].children.count))
    nodes[parent].children.append(node)
    nodes[parent].expected = nodes[parent].children.count
    return node
  }
}
