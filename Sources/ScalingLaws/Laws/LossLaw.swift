public import LeastSquares
public import LinearAlgebra

/// A law of the form L = Σⱼ cⱼ φⱼ(θ; row).
///
/// A fit works in *coordinates*: first the linear coefficients c, then the nonlinear θ, chosen so
/// that they are little correlated. What people report are the *parameters*, which may be
/// combinations of coordinates.
public protocol LossLaw: Sendable {
  /// The name on the command line, as in `annealing`.
  var name: String { get }
  /// Further names under which the same curve is known.
  var otherNames: [String] { get }
  /// What the law says, in one sentence.
  var summary: String { get }
  /// The equation in plain text.
  var equation: String { get }
  /// The paper and equation number.
  var source: String { get }
  /// The parameters as reported; the i-th belongs to the i-th coordinate.
  var parameters: [LawParameter] { get }
  /// What the law needs to know of every run.
  var inputs: Set<LawInput> { get }
  /// What the law uses where it is known of every run, and does without where it is not.
  var optionalInputs: Set<LawInput> { get }
  /// Whether runs of several peak rates may be fitted together.
  var knowsPeaks: Bool { get }
  /// Values that were published.
  var publishedFits: [PublishedFit] { get }
  /// The index of the parameter that the loss approaches when training goes on without end at a
  /// constant learning rate; nil where the law has no such limit or it is zero.
  var asymptote: Int? { get }
  /// Whether the law has a best schedule of a given length.
  var bestSchedule: BestSchedule { get }
  /// The last step that the law can be followed to, where it has to go step by step.
  var lastStep: Int { get }
  /// The linear coordinates.
  var linearCoordinates: [LinearCoordinate] { get }
  /// The nonlinear coordinates.
  var nonlinearCoordinates: [NonlinearCoordinate] { get }

  /// Prepares the basis functions at rows.
  ///
  /// - Precondition: every run's `inputs` are known.
  func basis(for rows: LawRows) -> any SeparableModel
  /// Coordinates that are not fitted but set by the rows or by the law: index and value.
  func constants(for rows: LawRows) -> [Int: Double]
  /// The values of the nonlinear coordinates to try for rows, where they depend on the rows.
  func scan(for rows: LawRows) -> [[Double]]
  /// How many points of the scan are refined: more for laws with many local minima.
  var startCount: Int { get }
  /// The first input that must differ between rows for the law to be fitted, and does not.
  func missingVariation(in rows: LawRows) -> LawInput?
  /// The coordinates that a set of rows says nothing about, and why.
  func unidentified(in rows: LawRows) -> [UnidentifiedCoordinate]
  /// Parameters from coordinates.
  func parameters(fromCoordinates coordinates: [Double]) -> [Double]
  /// ∂parameter(i)/∂coordinate(j), p × p.
  func parameterJacobian(atCoordinates coordinates: [Double]) -> Matrix
  /// Coordinates from parameters.
  func coordinates(fromParameters parameters: [Double]) -> [Double]
}

/// A coefficient that enters the loss linearly.
public struct LinearCoordinate: Sendable, Hashable {
  /// Whether it may be negative.
  public var mayBeNegative: Bool

  /// Creates a linear coordinate.
  public init(mayBeNegative: Bool = false) {
    self.mayBeNegative = mayBeNegative
  }
}

/// A coordinate that enters the loss nonlinearly, with the values to scan for a start.
public struct NonlinearCoordinate: Sendable, Hashable {
  /// The values allowed.
  public var bounds: ParameterBounds
  /// Values to try, covering what data can show.
  public var scan: [Double]
  /// What is known of it before any data; nil when nothing is.
  public var prior: CoordinatePrior?

  /// Creates a nonlinear coordinate.
  public init(bounds: ParameterBounds, scan: [Double], prior: CoordinatePrior? = nil) {
    self.bounds = bounds
    self.scan = scan
    self.prior = prior
  }
}

/// What is known of a coordinate before any data.
public struct CoordinatePrior: Sendable, Hashable {
  /// The value expected.
  public var mean: Double
  /// The standard deviation around it.
  public var standardDeviation: Double

  /// Creates a prior.
  public init(mean: Double, standardDeviation: Double) {
    self.mean = mean
    self.standardDeviation = standardDeviation
  }
}

/// Parameters that a paper or its code gives.
public struct PublishedFit: Sendable, Hashable {
  /// What was fitted, as in `594M, cosine and constant, 20,000 steps`.
  public var setting: String
  /// The parameters, in the law's order.
  public var parameters: [Double]
  /// Where they stand.
  public var source: String

  /// Creates a published fit.
  public init(setting: String, parameters: [Double], source: String) {
    self.setting = setting
    self.parameters = parameters
    self.source = source
  }
}

/// A coordinate that data say nothing about.
public struct UnidentifiedCoordinate: Sendable, Hashable {
  /// The coordinate's index.
  public var index: Int
  /// Why, and what data would say something.
  public var reason: String
  /// Whether it belongs to a term that a fit does without where it has no use.
  public var isOptional: Bool

  /// Creates an unidentified coordinate.
  public init(index: Int, reason: String, isOptional: Bool = false) {
    self.index = index
    self.reason = reason
    self.isOptional = isOptional
  }
}

extension LossLaw {
  /// No limit.
  public var lastStep: Int { .max }

  /// The number of coordinates, which is the number of parameters.
  public var coordinateCount: Int { linearCoordinates.count + nonlinearCoordinates.count }

  /// What stands in for a coordinate without effect: 0 for a linear one, else the mean of its prior
  /// or the scan's middle.
  func placeholder(_ coordinate: Int) -> Double {
    guard coordinate >= linearCoordinates.count else { return 0 }
    let nonlinear = nonlinearCoordinates[coordinate - linearCoordinates.count]
    if let prior = nonlinear.prior { return prior.mean }
    let scan = nonlinear.scan
    return scan[scan.count / 2]
  }

  /// The values that a coordinate may have.
  public func bounds(ofCoordinate coordinate: Int) -> ParameterBounds {
    guard coordinate < linearCoordinates.count else {
      return nonlinearCoordinates[coordinate - linearCoordinates.count].bounds
    }
    return linearCoordinates[coordinate].mayBeNegative ? .unbounded : .nonNegative
  }

  /// Parameters that stand in for ones without effect.
  public var placeholderParameters: [Double] {
    parameters(fromCoordinates: (0..<coordinateCount).map(placeholder))
  }

  /// None unless a law says otherwise.
  public func constants(for rows: LawRows) -> [Int: Double] { [:] }

  /// None unless a law says otherwise.
  public var optionalInputs: Set<LawInput> { [] }

  /// False unless a law says otherwise: most laws measure the drop of each run from its own peak.
  public var knowsPeaks: Bool { false }

  /// None unless a law says otherwise.
  public var otherNames: [String] { [] }

  /// None unless a law says otherwise.
  public var asymptote: Int? { nil }

  /// None unless a law says otherwise.
  public var publishedFits: [PublishedFit] { [] }

  /// None, unless a law that knows the learning rate says otherwise.
  public var bestSchedule: BestSchedule {
    .none("the law does not know the learning rate: all schedules of one length are alike to it")
  }

  /// The coordinates' own values unless a law says otherwise.
  public func scan(for rows: LawRows) -> [[Double]] { nonlinearCoordinates.map(\.scan) }

  /// Three unless a law says otherwise.
  public var startCount: Int { 3 }

  /// None unless a law says otherwise.
  public func missingVariation(in rows: LawRows) -> LawInput? { nil }

  /// Nothing is unidentified unless a law says so.
  public func unidentified(in rows: LawRows) -> [UnidentifiedCoordinate] { [] }

  /// Parameters are the coordinates unless a law says otherwise.
  public func parameters(fromCoordinates coordinates: [Double]) -> [Double] { coordinates }

  /// The identity unless a law says otherwise.
  public func parameterJacobian(atCoordinates coordinates: [Double]) -> Matrix {
    .identity(coordinates.count)
  }

  /// Coordinates are the parameters unless a law says otherwise.
  public func coordinates(fromParameters parameters: [Double]) -> [Double] { parameters }
}
