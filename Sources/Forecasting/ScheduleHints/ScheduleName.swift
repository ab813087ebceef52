/// What the name of a run or file says of its schedule, as in `sp124M_wsd_linear0.2_lr0.001_25000`.
public struct ScheduleName: Sendable, Hashable {
  /// The kinds of schedule that names tell.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case constant
    case cosine
    case warmupStableDecay
    case linear

    /// The kind in words.
    var words: String {
      switch self {
      case .constant: "a constant rate"
      case .cosine: "a cosine decay"
      case .warmupStableDecay: "a stable phase and a decay"
      case .linear: "a linear decay"
      }
    }
  }

  /// The kind; nil when the name has no word for one.
  public let kind: Kind?
  /// The peak learning rate.
  public let peak: Double?
  /// The warm-up's steps.
  public let warmupSteps: Int?
  /// All steps.
  public let totalSteps: Int?
  /// The decay's part of all steps.
  public let decayPart: Double?
  /// The decay's shape, by its name in the schedule language.
  public let decayShape: String?

  /// Reads a name; letters of either case, words divided by `_`, `-`, `.`, `/`, spaces or digits.
  public init(_ name: String) {
    let text = name.lowercased()
    let words = text.split { !$0.isLetter }.map(String.init)
    kind =
      words.contains("wsd") || text.contains("warmup_stable_decay") || text.contains("wsd-")
      ? .warmupStableDecay
      : words.contains { $0 == "cosine" || $0 == "cos" }
        ? .cosine
        : words.contains { $0 == "constant" || $0 == "const" }
          ? .constant : words.contains("linear") ? .linear : nil
    // A whole number behind the letters is a count or a year, and no rate is 1 or more.
    peak = Self.number(
      in: text, /(?:^|[^a-z])(?:peak_?)?lr[=_-]?([0-9]+(?:\.[0-9]+(?:e-?[0-9]+)?|e-[0-9]+))/
    )
    .flatMap { $0 < 1 ? $0 : nil }
    warmupSteps = Self.number(
      in: text, /warm-?_?up(?:_?(?:steps|iters))?[=_-]?([0-9]{1,9})(?![0-9.])/
    )
    .flatMap { Int(exactly: $0) }
    let total =
      Self.number(in: text, /(?:iters?|steps|total)[=_-]?([0-9]{2,12})(?![0-9.])/)
      ?? Self.number(in: text, /_([0-9]{3,9})$/)
    totalSteps = total.flatMap { Int(exactly: $0) }
    decayPart = Self.number(in: text, /(?:linear|sqrt|cosine|exp|decay)_?(0\.[0-9]{1,4})/)
    decayShape =
      text.contains("sqrt")
      ? "1-sqrt"
      : words.contains("exp")
        ? "exp"
        : words.contains("linear")
          ? "linear" : nil
  }

  private static func number(in text: String, _ pattern: Regex<(Substring, Substring)>) -> Double? {
    guard let match = text.firstMatch(of: pattern), let value = Double(match.output.1),
      value.isFinite, value > 0
    else { return nil }
    return value
  }

  /// Whether the name says anything.
  public var isEmpty: Bool { kind == nil && peak == nil && warmupSteps == nil }

  /// What the name says, in words.
  public var statement: String {
    var parts: [String] = []
    if let kind { parts.append(kind.words) }
    if let peak { parts.append("peak rate \(peak)") }
    if let warmupSteps { parts.append("warm-up of \(warmupSteps) steps") }
    if let decayPart { parts.append("decay over \(decayPart) of the steps") }
    return parts.joined(separator: ", ")
  }

  /// A schedule that a name describes, and what the name leaves open.
  public struct Expression: Sendable, Hashable {
    /// The schedule's expression.
    public let text: String
    /// What was assumed, in words.
    public let assumptions: String
  }

  /// The expression of the schedule that the name describes; nil when it leaves out the peak or kind.
  ///
  /// - Parameter lastStep: the log's last step, for names that do not tell all steps.
  /// - Returns: the expression, or nil.
  public func expression(lastStep: Int) -> Expression? {
    guard let kind, let peak, lastStep > 1 else { return nil }
    let total = max(totalSteps ?? lastStep, 2)
    var items = ["peak=\(peak)"]
    var assumed: [String] = []
    let warmup = min(warmupSteps ?? 0, total - 1)
    if warmup > 0 { items.append("warmup:\(warmup)") } else { assumed.append("no warm-up") }
    let rest = total - warmup
    var end: String? = "an end at rate 0"
    switch kind {
    case .constant:
      items.append("stable:\(rest)")
      end = nil
    case .cosine: items.append("decay:\(rest):cosine")
    case .linear: items.append("decay:\(rest)")
    case .warmupStableDecay:
      guard let decayPart, decayPart < 1 else { return nil }
      let decay = Int((decayPart * Double(total)).rounded())
      guard decay > 0, decay < rest else { return nil }
      items.append("stable:\(rest - decay)")
      let shape = decayShape.map { $0 == "linear" ? "" : ":\($0)" } ?? ""
      if decayShape == nil { assumed.append("a linear decay") }
      if shape == ":exp" { end = "an end at a tenth of the peak" }
      items.append("decay:\(decay)\(shape)\(shape == ":exp" ? ":to=0.1x" : "")")
    }
    if let end { assumed.append(end) }
    if totalSteps == nil { assumed.append("an end at the log's last step, \(lastStep)") }
    return Expression(
      text: items.joined(separator: ","),
      assumptions: assumed.isEmpty
        ? "the words leave nothing open" : "with \(assumed.joined(separator: ", ")) assumed")
  }
}
