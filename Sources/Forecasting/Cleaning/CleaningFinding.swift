/// Something found in a log before it was fitted, and what was done about it.
public struct CleaningFinding: Sendable, Hashable, Codable {
  /// What it is.
  public var kind: CleaningKind
  /// The first and the last step that it concerns, as the log counts them.
  public var steps: [Double]
  /// Rows with a finite loss that it concerns, or for `nan` those without.
  public var rows: Int
  /// How far the loss rises above the curve, as a fraction of it; nil where nothing rises.
  public var height: Double?
  /// Steps that rates or rows are moved back by, the largest of them; nil where nothing moves.
  public var shift: Double?
  /// Whether it was treated; false where the treatment is switched off.
  public var isTreated: Bool

  /// Creates a finding.
  public init(
    kind: CleaningKind, steps: [Double], rows: Int, height: Double? = nil, shift: Double? = nil,
    isTreated: Bool = true
  ) {
    self.kind = kind
    self.steps = steps
    self.rows = rows
    self.height = height
    self.shift = shift
    self.isTreated = isTreated
  }

  private enum CodingKeys: String, CodingKey {
    case kind, steps, rows, height, shift
    case isTreated = "treated"
  }
}
