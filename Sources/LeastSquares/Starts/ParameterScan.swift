import LinearAlgebra
import VectorMath

/// Finds starts for a separable model: tries values of the nonlinear parameters, solves for the
/// coefficients at each, and keeps the best.
///
/// The rows' basis functions are held in memory: meant for some thousands of rows; thin out more.
public struct ParameterScan: Sendable {
  /// The values of each nonlinear parameter to try, ascending; one value where it is fixed.
  public var values: [[Double]]
  /// Coefficients that keep a value: index and value.
  public var fixedCoefficients: [Int: Double]
  /// Which coefficients may be negative, q values.
  public var mayBeNegative: [Bool]
  /// The loss by which points are ranked.
  public var loss: RobustLoss
  /// How many points are tried when more than two parameters have several values; the default is 512.
  ///
  /// Then points of a low-discrepancy sequence stand in for the grid.
  public var sampleCount: Int
  /// The seed of that sequence.
  public var seed: UInt64

  /// A point of the scan.
  public struct Start: Sendable, Hashable {
    /// c and θ, q + k values.
    public var parameters: [Double]
    /// Σ ρ at them.
    public var cost: Double
  }

  /// Creates a scan.
  public init(
    values: [[Double]], fixedCoefficients: [Int: Double] = [:], mayBeNegative: [Bool],
    loss: RobustLoss = .leastSquares, sampleCount: Int = 512, seed: UInt64 = 0
  ) {
    self.values = values
    self.fixedCoefficients = fixedCoefficients
    self.mayBeNegative = mayBeNegative
    self.loss = loss
    self.sampleCount = sampleCount
    self.seed = seed
  }

  /// The best points, best first, no two of them close to each other.
  ///
  /// Residuals are sᵢ(Σⱼ cⱼ φⱼ - yᵢ); c minimises their squares, non-negative where asked for.
  ///
  /// - Parameters:
  ///   - count: how many at most.
  ///   - model: the basis functions.
  ///   - targets: y, n values.
  ///   - rowScales: s, n values; nil for 1.
  /// - Returns: starts of finite cost, none when there is none.
  public func best(
    _ count: Int, of model: some SeparableModel, targets: [Double], rowScales: [Double]? = nil
  ) -> [Start] {
    precondition(values.count == model.nonlinearCount, "values.count is not nonlinearCount")
    precondition(values.allSatisfy { !$0.isEmpty }, "every parameter needs a value")
    guard let rowScales else { return best(count, of: model, scaledTargets: targets) }
    return best(
      count, of: ScaledModel(model, factors: rowScales),
      scaledTargets: zip(targets, rowScales).map { $0 * $1 })
  }

  private func best(
    _ count: Int, of model: some SeparableModel, scaledTargets: [Double]
  ) -> [Start] {
    var evaluator = ScanEvaluator(model: model, targets: scaledTargets, scan: self)
    var starts: [(place: [Double], start: Start)] = []
    for place in places() {
      let nonlinear = zip(values, place).map { ParameterScan.value(of: $0, at: $1) }
      let start = evaluator.start(at: nonlinear)
      if start.cost.isFinite { starts.append((place, start)) }
    }
    starts.sort { $0.start.cost < $1.start.cost }
    var chosen: [(place: [Double], start: Start)] = []
    for candidate in starts where chosen.count < count {
      let isNew = chosen.allSatisfy { other in
        zip(other.place, candidate.place).contains { abs($0 - $1) > 1 }
      }
      if isNew { chosen.append(candidate) }
    }
    return chosen.map(\.start)
  }

  /// Where to evaluate, in units of the distance between neighbouring values; the first parameter
  /// changes fastest, so that models can keep what depends on later ones.
  private func places() -> [[Double]] {
    let varied = values.indices.filter { values[$0].count > 1 }
    guard varied.count > 2 else {
      var grid: [[Double]] = [[]]
      for list in values.reversed() {
        grid = grid.flatMap { tail in list.indices.map { [Double($0)] + tail } }
      }
      return grid
    }
    let sequence = LowDiscrepancySequence(dimension: varied.count, seed: seed)
    return (0..<sampleCount).map { index in
      var place = values.map { _ in 0.0 }
      for (coordinate, share) in zip(varied, sequence[index]) {
        place[coordinate] = share * Double(values[coordinate].count - 1)
      }
      return place
    }
  }

  /// A value between neighbours, linear in their distance.
  private static func value(of list: [Double], at place: Double) -> Double {
    let index = min(Int(place), list.count - 1)
    let next = min(index + 1, list.count - 1)
    return list[index] + (place - Double(index)) * (list[next] - list[index])
  }
}

/// Solves for the coefficients at one θ after the other.
private struct ScanEvaluator<Model: SeparableModel> {
  private var model: Model
  private let scan: ParameterScan
  private let rows: Int
  private let free: [Int]
  /// One column each: basis functions, then targets, then residuals.
  private let storage: AlignedBuffer
  private let targets: [Double]
  private let kernels = VectorKernels.best
  private var gram: Matrix

  init(model: Model, targets: [Double], scan: ParameterScan) {
    self.model = model
    self.scan = scan
    rows = targets.count
    free = (0..<model.linearCount).filter { scan.fixedCoefficients[$0] == nil }
    storage = AlignedBuffer(count: (model.linearCount + 2) * targets.count)
    self.targets = targets
    for row in targets.indices { storage.start[model.linearCount * rows + row] = targets[row] }
    gram = Matrix(rows: model.linearCount + 1, columns: model.linearCount + 1)
  }

  mutating func start(at nonlinear: [Double]) -> ParameterScan.Start {
    let linear = model.linearCount
    model.prepare(nonlinear, wantsDerivatives: false)
    model.evaluate(
      nonlinear,
      into: BasisBlock(
        rows: 0..<rows, functions: storage.start, derivatives: nil, stride: rows))
    let coefficients = coefficients()
    let residuals = UnsafeMutableBufferPointer(
      start: storage.start + (linear + 1) * rows, count: rows)
    coefficients.withUnsafeBufferPointer { coefficients in
      targets.withUnsafeBufferPointer { targets in
        kernels.linearCombination(
          columns: storage.start, stride: rows, coefficients: coefficients, minus: targets,
          into: residuals)
      }
    }
    let cost = scan.loss.cost(UnsafeBufferPointer(residuals), kernels: kernels)
    return ParameterScan.Start(parameters: coefficients + nonlinear, cost: cost)
  }

  private mutating func coefficients() -> [Double] {
    let linear = model.linearCount
    let (storage, kernels, rows) = (storage, kernels, rows)
    gram.withUnsafeMutableElements { elements in
      guard let start = elements.baseAddress else { return }
      start.update(repeating: 0, count: elements.count)
      kernels.gram(
        columns: storage.start, stride: rows, columnCount: linear + 1, rows: rows, weights: nil,
        into: start, leadingDimension: linear + 1)
    }
    var normal = Matrix(rows: free.count, columns: free.count)
    var projection = [Double](repeating: 0, count: free.count)
    for (a, j) in free.enumerated() {
      projection[a] = gram[linear, j]
      for (index, value) in scan.fixedCoefficients {
        projection[a] -= value * gram[max(index, j), min(index, j)]
      }
      for (b, k) in free.enumerated() { normal[a, b] = gram[max(j, k), min(j, k)] }
    }
    let solution = NonNegativeLeastSquares.solve(
      gram: normal, projection: projection, mayBeNegative: free.map { scan.mayBeNegative[$0] })
    var coefficients = (0..<linear).map { scan.fixedCoefficients[$0] ?? 0 }
    for (index, value) in zip(free, solution) { coefficients[index] = value }
    return coefficients
  }
}
