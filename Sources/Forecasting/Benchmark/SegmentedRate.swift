public import Schedules

/// A learning rate given as segments of steps, each with a shape between two rates.
///
/// For steps s with start ≤ s < end and u = (s - start)/(end - start), from rate a to rate b:
/// ```
/// const   a
/// linear  a + (b-a) u
/// cosine  b + (a-b) (1 + cos πu)/2
/// exp     a (b/a)^u
/// sqrt    a + (b-a) √u
/// quad    a + (b-a) u²
/// ```
/// From the last segment's end on its end value holds.
public struct SegmentedRate: Sendable, Hashable {
  /// How the rate goes over a segment.
  public enum Shape: String, Sendable, Hashable, CaseIterable {
    /// The first rate, held.
    case const
    /// A straight line.
    case linear
    /// Half a period of a cosine.
    case cosine
    /// A straight line in the rate's logarithm.
    case exp
    /// A straight line in the root of the step.
    case sqrt
    /// A straight line in the square of the step.
    case quad
  }

  /// A stretch of steps.
  public struct Segment: Sendable, Hashable {
    /// The first step.
    public var start: Int
    /// The step after the last one.
    public var end: Int
    /// How the rate goes.
    public var shape: Shape
    /// The rate at `start`.
    public var first: Double
    /// The rate that is reached at `end`.
    public var last: Double

    /// Creates a segment.
    public init(start: Int, end: Int, shape: Shape, first: Double, last: Double) {
      self.start = start
      self.end = end
      self.shape = shape
      self.first = first
      self.last = last
    }
  }

  /// The segments, contiguous from step 0 on.
  public let segments: [Segment]

  /// Creates a rate.
  ///
  /// - Throws: ``SegmentedRateError`` when the segments make no learning rate of every step.
  public init(segments: [Segment]) throws(SegmentedRateError) {
    guard !segments.isEmpty else { throw SegmentedRateError("there is no segment") }
    var next = 0
    for (index, segment) in segments.enumerated() {
      func failure(_ text: String) -> SegmentedRateError {
        SegmentedRateError("segment \(index + 1) \(text)")
      }
      guard segment.start == next else {
        throw failure("starts at step \(segment.start), not at \(next)")
      }
      guard segment.end > segment.start, segment.end <= SegmentedRate.mostSteps else {
        throw failure("ends at step \(segment.end)")
      }
      guard [segment.first, segment.last].allSatisfy({ $0 >= 0 && $0.isFinite }) else {
        throw failure("has a rate that is not a number of at least 0")
      }
      guard segment.shape != .exp || (segment.first > 0 && segment.last > 0) else {
        throw failure("is exponential to or from 0")
      }
      next = segment.end
    }
    guard segments.contains(where: { $0.first > 0 || $0.endRate > 0 }) else {
      throw SegmentedRateError("the rate is 0 throughout")
    }
    self.segments = segments
  }

  /// The last step that a segment may end at: far beyond any run, and exact as a `Double`.
  private static let mostSteps = 1_000_000_000_000_000
}

/// Why segments make no learning rate.
public struct SegmentedRateError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong.
  public let description: String

  init(_ description: String) { self.description = description }
}

extension SegmentedRate {
  /// The rate as a path.
  ///
  /// Constant and linear segments are linear pieces, the others curves. The first warm-up lasts as long as the segments rise one after the other from the first on.
  public var path: LearningRatePath {
    var pieces = segments.map { segment in
      LearningRatePath.Piece(
        start: segment.start, count: segment.end - segment.start, shape: segment.pathShape)
    }
    if let last = segments.last {
      pieces.append(.init(start: last.end, count: 1, shape: .linear(first: last.endRate, slope: 0)))
    }
    let rises = segments.prefix { $0.shape != .const && $0.last > $0.first }
    return LearningRatePath(pieces: pieces, warmupEnd: rises.last?.end ?? 0)
  }
}

extension SegmentedRate.Segment {
  /// The rate that holds after the segment when it is the last one.
  var endRate: Double { shape == .const ? first : last }

  /// How the rate goes, for a path.
  fileprivate var pathShape: LearningRatePath.Piece.Shape {
    let steps = end - start
    let curve = { LearningRateCurve($0, from: first, to: last, steps: steps) }
    return switch shape {
    case .const: .linear(first: first, slope: 0)
    case .linear: .linear(first: first, slope: (last - first) / Double(steps))
    case .cosine: .curved(curve(.cosine))
    case .exp: .curved(curve(.exponential))
    case .sqrt: .curved(curve(.squareRoot))
    case .quad: .curved(curve(.square))
    }
  }
}

extension SegmentedRate: Decodable {
  /// Decodes a list of `[start, end, shape, first, last]`.
  public init(from decoder: any Decoder) throws {
    let segments = try [Segment](from: decoder)
    do throws(SegmentedRateError) {
      try self.init(segments: segments)
    } catch {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: error.description))
    }
  }
}

extension SegmentedRate.Segment: Decodable {
  /// Decodes `[start, end, shape, first, last]`.
  public init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    func failure(_ text: String) -> DecodingError {
      .dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: text))
    }
    func step() throws -> Int {
      let value = try container.decode(Double.self)
      guard let step = Int(exactly: value) else { throw failure("\(value) is not a whole step") }
      return step
    }
    start = try step()
    end = try step()
    let name = try container.decode(String.self)
    guard let shape = SegmentedRate.Shape(rawValue: name) else {
      let known = SegmentedRate.Shape.allCases.map(\.rawValue).joined(separator: ", ")
      throw failure("there is no shape '\(name)'; there are \(known)")
    }
    self.shape = shape
    first = try container.decode(Double.self)
    last = try container.decode(Double.self)
  }
}
