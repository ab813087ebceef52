extension LevenbergMarquardt {
  /// Minimises Σ ρ(Σⱼ cⱼ φⱼ(θ) - y) from a start for θ alone.
  ///
  /// First the coefficients are eliminated (``ProjectedProblem``) and the weighted squares are
  /// minimised over θ; then all parameters are refined together under the solver's own loss, which
  /// also gives the report. Priors count in the refinement alone.
  ///
  /// - Parameters:
  ///   - model: the basis functions.
  ///   - targets: y, n values.
  ///   - nonlinear: θ to begin with, k values.
  ///   - bounds: of θ, k values; nil means none.
  ///   - mayBeNegative: which coefficients have no bound at zero, q values; nil means all.
  /// - Returns: a report whose parameters are c, then θ.
  public func minimize<Model: SeparableModel>(
    _ model: Model, targets: [Double], from nonlinear: [Double],
    bounds: [ParameterBounds]? = nil, mayBeNegative: [Bool]? = nil
  ) -> LeastSquaresReport {
    weights.check(rowCount: targets.count)
    let factors = weights.rowScales ?? weights.multiplicities?.map { $0.squareRoot() }
    let start: [Double]
    if let factors {
      start = projected(
        ScaledModel(model, factors: factors), targets: zip(targets, factors).map { $0 * $1 },
        from: nonlinear, bounds: bounds, mayBeNegative: mayBeNegative)
    } else {
      start = projected(
        model, targets: targets, from: nonlinear, bounds: bounds, mayBeNegative: mayBeNegative)
    }
    let linearBounds = (0..<model.linearCount).map { index in
      mayBeNegative?[index] ?? true ? ParameterBounds.unbounded : .nonNegative
    }
    return minimize(
      SeparableProblem(model: model, targets: targets), from: start,
      bounds: linearBounds + (bounds ?? nonlinear.map { _ in .unbounded }))
  }

  /// c and θ at the least weighted squares.
  private func projected(
    _ model: some SeparableModel, targets: [Double], from nonlinear: [Double],
    bounds: [ParameterBounds]?, mayBeNegative: [Bool]?
  ) -> [Double] {
    let problem = ProjectedProblem(model: model, targets: targets, mayBeNegative: mayBeNegative)
    let report = LevenbergMarquardt(options: options, threads: threads).minimize(
      problem, from: nonlinear, bounds: bounds)
    return problem.coefficients(at: report.parameters) + report.parameters
  }
}
