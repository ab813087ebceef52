/// Turns an encodable value into a JSON value.
///
/// Unlike Foundation's encoder it writes null for numbers that are not finite and for absent
/// optional members, so that every object of a kind has the same keys.
enum JSONValueEncoder {
  /// Encodes a value; throws what its `encode(to:)` throws.
  static func encode(_ value: some Encodable) throws -> JSONValue {
    try box(value, codingPath: []).value
  }

  fileprivate static func box(_ value: some Encodable, codingPath: [any CodingKey]) throws -> Node {
    // Long curves: one cast is cheaper than one box for each number.
    if let numbers = value as? [Double] { return Node(.array(numbers.map(JSONValue.number))) }
    let node = Node()
    try value.encode(to: NodeEncoder(node: node, codingPath: codingPath))
    return node
  }
}

/// A value under construction.
private final class Node {
  private enum Content {
    case plain(JSONValue)
    case keyed([String: Node])
    case list([Node])
  }

  private var content: Content

  init(_ value: JSONValue = .null) {
    content = .plain(value)
  }

  var value: JSONValue {
    switch content {
    case .plain(let value): value
    case .keyed(let members): .object(members.mapValues(\.value))
    case .list(let nodes): .array(nodes.map(\.value))
    }
  }

  var count: Int {
    if case .list(let nodes) = content { nodes.count } else { 0 }
  }

  func set(_ value: JSONValue) {
    content = .plain(value)
  }

  func set(_ node: Node, for key: String) {
    var members: [String: Node] = [:]
    if case .keyed(let present) = content { members = present }
    members[key] = node
    content = .keyed(members)
  }

  func append(_ node: Node) {
    var nodes: [Node] = []
    if case .list(let present) = content { nodes = present }
    nodes.append(node)
    content = .list(nodes)
  }

  /// Makes the node an object or a list even if nothing is put into it.
  func begin(isKeyed: Bool) {
    guard case .plain = content else { return }
    content = isKeyed ? .keyed([:]) : .list([])
  }
}

private struct NodeEncoder: Encoder {
  let node: Node
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    node.begin(isKeyed: true)
    return KeyedEncodingContainer(KeyedContainer(node: node, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    node.begin(isKeyed: false)
    return ListContainer(node: node, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    PlainContainer(node: node, codingPath: codingPath)
  }
}

private struct KeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let node: Node
  let codingPath: [any CodingKey]

  func encodeNil(forKey key: Key) { node.set(Node(), for: key.stringValue) }

  func encode(_ value: some Encodable, forKey key: Key) throws {
    node.set(
      try JSONValueEncoder.box(value, codingPath: codingPath + [key]), for: key.stringValue)
  }

  func encodeIfPresent(_ value: String?, forKey key: Key) throws { try put(value, key) }
  func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try put(value, key) }
  func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try put(value, key) }
  func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try put(value, key) }
  func encodeIfPresent(_ value: (some Encodable)?, forKey key: Key) throws { try put(value, key) }

  private func put(_ value: (some Encodable)?, _ key: Key) throws {
    if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
  }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy keyType: NestedKey.Type, forKey key: Key
  ) -> KeyedEncodingContainer<NestedKey> {
    encoder(for: key).container(keyedBy: keyType)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    encoder(for: key).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { encoder(named: "super", codingPath) }

  func superEncoder(forKey key: Key) -> any Encoder { encoder(for: key) }

  private func encoder(for key: Key) -> NodeEncoder {
    encoder(named: key.stringValue, codingPath + [key])
  }

  private func encoder(named name: String, _ path: [any CodingKey]) -> NodeEncoder {
    let child = Node()
    node.set(child, for: name)
    return NodeEncoder(node: child, codingPath: path)
  }
}

private struct ListContainer: UnkeyedEncodingContainer {
  let node: Node
  let codingPath: [any CodingKey]
  var count: Int { node.count }

  func encodeNil() { node.append(Node()) }

  func encode(_ value: some Encodable) throws {
    node.append(try JSONValueEncoder.box(value, codingPath: codingPath))
  }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy keyType: NestedKey.Type
  ) -> KeyedEncodingContainer<NestedKey> {
    child().container(keyedBy: keyType)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { child().unkeyedContainer() }

  func superEncoder() -> any Encoder { child() }

  private func child() -> NodeEncoder {
    let child = Node()
    node.append(child)
    return NodeEncoder(node: child, codingPath: codingPath)
  }
}

private struct PlainContainer: SingleValueEncodingContainer {
  let node: Node
  let codingPath: [any CodingKey]

  func encodeNil() { node.set(.null) }
  func encode(_ value: Bool) { node.set(.bool(value)) }
  func encode(_ value: String) { node.set(.string(value)) }
  func encode(_ value: Double) { node.set(.number(value)) }
  func encode(_ value: Float) { node.set(.number(Double(value))) }
  func encode(_ value: Int) { node.set(.number(Double(value))) }
  func encode(_ value: Int8) { node.set(.number(Double(value))) }
  func encode(_ value: Int16) { node.set(.number(Double(value))) }
  func encode(_ value: Int32) { node.set(.number(Double(value))) }
  func encode(_ value: Int64) { node.set(.number(Double(value))) }
  func encode(_ value: UInt) { node.set(.number(Double(value))) }
  func encode(_ value: UInt8) { node.set(.number(Double(value))) }
  func encode(_ value: UInt16) { node.set(.number(Double(value))) }
  func encode(_ value: UInt32) { node.set(.number(Double(value))) }
  func encode(_ value: UInt64) { node.set(.number(Double(value))) }

  func encode(_ value: some Encodable) throws {
    node.set(try JSONValueEncoder.box(value, codingPath: codingPath).value)
  }
}
