import LeastSquares
import VectorMath

/// The residuals of a law at rows as a function of its free coordinates.
struct LawProblem: LeastSquaresProblem {
  private let objective: FitObjective
  private let losses: [Double]
  /// 1/(L + c) for a logarithmic objective, which takes log((P + c) · 1/(L + c)).
  private let inverseLosses: [Double]
  private let linearCount: Int
  /// The indices of the free coordinates.
  private let free: [Int]
  /// All coordinates; the fixed ones keep their values.
  private var coordinates: [Double]
  private var nonlinear: [Double]
  private var model: any SeparableModel
  private let derivativeColumns: [DerivativeColumn]
  /// Whether the basis functions as they are are the first derivatives.
  private let functionsAreDerivatives: Bool
  private let kernels = VectorKernels.best

  /// Creates the problem of varying the `free` ones of all `coordinates`.
  init(
    model: any SeparableModel, losses: [Double], objective: FitObjective,
    coordinates: [Double], free: [Int]
  ) {
    self.model = model
    self.losses = losses
    self.objective = objective
    inverseLosses = objective.logOffset.map { offset in losses.map { 1 / ($0 + offset) } } ?? []
    linearCount = model.linearCount
    self.coordinates = coordinates
    self.free = free
    nonlinear = Array(coordinates[linearCount...])
    derivativeColumns = model.derivativeColumns
    functionsAreDerivatives =
      objective.logOffset == nil && free.starts(with: 0..<linearCount)
  }

  var parameterCount: Int { free.count }
  var residualCount: Int { losses.count }
  /// Basis functions, their derivatives, predictions and their reciprocals.
  var scratchColumnCount: Int { linearCount + derivativeColumns.count + 2 }

  mutating func prepare(_ parameters: [Double], wantsDerivatives: Bool) {
    for (index, value) in zip(free, parameters) { coordinates[index] = value }
    for index in nonlinear.indices { nonlinear[index] = coordinates[linearCount + index] }
    model.prepare(nonlinear, wantsDerivatives: wantsDerivatives)
  }

  func evaluate(_ parameters: [Double], into block: ResidualBlock) {
    let functions = functionsAreDerivatives ? block.base : block.scratchBase
    let derivatives = block.scratchBase + linearCount * block.stride
    model.evaluate(
      nonlinear,
      into: BasisBlock(
        rows: block.rows, functions: functions,
        derivatives: block.wantsDerivatives ? derivatives : nil, stride: block.stride))
    if let offset = objective.logOffset {
      writeLogarithms(functions: functions, offset: offset, to: block)
    } else {
      writeDifferences(functions: functions, to: block)
    }
  }

  /// P - L and its derivatives.
  private func writeDifferences(
    functions: UnsafeMutablePointer<Double>, to block: ResidualBlock
  ) {
    losses.withUnsafeBufferPointer { losses in
      predict(
        functions: functions, minus: UnsafeBufferPointer(rebasing: losses[block.rows]),
        to: block.residuals, stride: block.stride)
    }
    guard block.wantsDerivatives else { return }
    for (column, coordinate) in free.enumerated() {
      let target = block.derivatives(column)
      guard coordinate >= linearCount else {
        if functionsAreDerivatives { continue }
        _ = target.update(fromContentsOf: UnsafeBufferPointer(block.scratch(coordinate)))
        continue
      }
      sumDerivatives(of: coordinate, to: target, from: block) { source, coefficient in
        kernels.scale(source, by: coefficient, into: target)
      }
    }
  }

  /// log((P + c)/(L + c)) and its derivatives, those of P over P + c.
  private func writeLogarithms(
    functions: UnsafeMutablePointer<Double>, offset: Double, to block: ResidualBlock
  ) {
    let predictions = block.scratch(linearCount + derivativeColumns.count)
    predict(functions: functions, minus: nil, to: predictions, stride: block.stride)
    if offset != 0 {
      for row in predictions.indices { predictions[row] += offset }
    }
    inverseLosses.withUnsafeBufferPointer { inverses in
      kernels.multiply(
        UnsafeBufferPointer(predictions), UnsafeBufferPointer(rebasing: inverses[block.rows]),
        into: block.residuals)
    }
    kernels.log(UnsafeBufferPointer(block.residuals), into: block.residuals)
    guard block.wantsDerivatives else { return }
    let inverses = block.scratch(linearCount + derivativeColumns.count + 1)
    kernels.reciprocal(UnsafeBufferPointer(predictions), into: inverses)
    let factors = UnsafeBufferPointer(inverses)
    for (column, coordinate) in free.enumerated() {
      let target = block.derivatives(column)
      guard coordinate >= linearCount else {
        kernels.multiply(
          UnsafeBufferPointer(block.scratch(coordinate)), factors, into: target)
        continue
      }
      sumDerivatives(of: coordinate, to: target, from: block) { source, coefficient in
        kernels.multiply(source, factors, scale: coefficient, into: target)
      } others: {
        kernels.multiply(UnsafeBufferPointer(target), factors, into: target)
      }
    }
  }

  /// Σⱼ cⱼ φⱼ - y.
  private func predict(
    functions: UnsafeMutablePointer<Double>, minus: UnsafeBufferPointer<Double>?,
    to target: UnsafeMutableBufferPointer<Double>, stride: Int
  ) {
    coordinates.withUnsafeBufferPointer { coordinates in
      kernels.linearCombination(
        columns: functions, stride: stride,
        coefficients: UnsafeBufferPointer(rebasing: coordinates[..<linearCount]), minus: minus,
        into: target)
    }
  }

  /// Σⱼ cⱼ ∂φⱼ/∂θ of a nonlinear coordinate: `single` when one basis function depends on it, else
  /// the sum and then `others`.
  private func sumDerivatives(
    of coordinate: Int, to target: UnsafeMutableBufferPointer<Double>, from block: ResidualBlock,
    single: (UnsafeBufferPointer<Double>, Double) -> Void, others: () -> Void = {}
  ) {
    let parameter = coordinate - linearCount
    if derivativeColumns.count(where: { $0.parameter == parameter }) == 1,
      let index = derivativeColumns.firstIndex(where: { $0.parameter == parameter })
    {
      single(
        UnsafeBufferPointer(block.scratch(linearCount + index)),
        coordinates[derivativeColumns[index].function])
      return
    }
    target.update(repeating: 0)
    for (index, column) in derivativeColumns.enumerated() where column.parameter == parameter {
      kernels.addProduct(
        coordinates[column.function], UnsafeBufferPointer(block.scratch(linearCount + index)),
        into: target)
    }
    others()
  }
}
