/// Steps that the context of a record tells, see ``RecordTable/contextSteps``.
enum ContextSteps {
  /// The rank of their column: any step that a record states goes before.
  static let rank = 1000
}
