/// What is wrong with a JSON file that does not decode.
enum JSONFault {
  /// The member at fault and what is wrong with it; nil when the text is no JSON.
  static func text(_ error: any Error) -> String? {
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      "'\(place(context.codingPath + [key]))' is missing"
    case DecodingError.typeMismatch(_, let context) where context.codingPath.isEmpty:
      "it holds something else than an object"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      "'\(place(context.codingPath))' has the wrong type"
    case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
      "'\(place(context.codingPath))' makes no sense: \(context.debugDescription)"
    default: nil
    }
  }

  private static func place(_ path: [any CodingKey]) -> String {
    path.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
  }
}
