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
  /// What the law says, in one sentence.
  var summary: String { get }
  /// The equation in plain text.
  var equation: String { get }
  /// The paper and equation number.
  var source: String { get }
  /// The parameters as reported; the i-th belongs to the i-th coordinate.
  var parameters: [LawParameter] { get }
  /// Whether the law needs the learning rate of every run.
  var needsLearningRate: Bool { get }
  /// The linear coordinates.
  var linearCoordinates: [LinearCoordinate] { get }
  /// The nonlinear coordinates.
  var nonlinearCoordinates: [NonlinearCoordinate] { get }

  /// Prepares the basis functions at rows.
  ///
  /// - Precondition: `rows.hasLearningRates` when `needsLearningRate`.
  func basis(for rows: LawRows) -> any SeparableModel
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

  /// Creates a nonlinear coordinate.
  public init(bounds: ParameterBounds, scan: [Double]) {
    self.bounds = bounds
    self.scan = scan
  }
}

/// A coordinate that data say nothing about.
public struct UnidentifiedCoordinate: Sendable, Hashable {
  /// The coordinate's index.
  public var index: Int
  /// Why, and what data would say something.
  public var reason: String

  /// Creates an unidentified coordinate.
  public init(index: Int, reason: String) {
    self.index = index
    self.reason = reason
  }
}

extension LossLaw {
  /// The number of coordinates, which is the number of parameters.
  public var coordinateCount: Int { linearCoordinates.count + nonlinearCoordinates.count }

  /// What stands in for a coordinate without effect: 0 for a linear one, else the scan's middle.
  func placeholder(_ coordinate: Int) -> Double {
    guard coordinate >= linearCoordinates.count else { return 0 }
    let scan = nonlinearCoordinates[coordinate - linearCoordinates.count].scan
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
