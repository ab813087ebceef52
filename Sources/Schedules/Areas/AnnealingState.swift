import RealModule

/// The momentum m and the annealing area S2 with their derivatives by λ.
struct AnnealingState {
  var area = 0.0
  var areaDerivative = 0.0
  var momentum = 0.0
  var momentumDerivative = 0.0
}

/// Advances states over stretches.
///
/// Over n steps whose j-th drop is Σ_k δ_k C(j-1, k), with ψ as in ``GeometricSums``,
/// ```
/// m  ← ψ_0 m + Σ_k δ_k ψ_{k+1}
/// S2 ← S2 + λ ψ_1 m + Σ_k δ_k (ψ_{k+2} + ψ_{k+1})
/// ```
/// which is exact; one drop throughout is δ_0 alone. States go in and come out by value, so that over
/// single steps they stay in registers.
struct AnnealingSteps {
  private let memoryLoss: Double
  private let decay: Double
  private let logDecay: Double
  private var sums = GeometricSums()
  /// The sums of another count: rows at rounded distances have two counts in turns.
  private var otherSums = GeometricSums()
  /// The sums of stretches of one drop.
  private var constant: ConstantDropSums
  private var otherConstant: ConstantDropSums

  init(memoryLoss: Double) {
    self.memoryLoss = memoryLoss
    decay = 1 - memoryLoss
    logDecay = memoryLoss < 1 ? .log(onePlus: -memoryLoss) : -.infinity
    constant = ConstantDropSums(count: 1, memoryLoss: memoryLoss, logDecay: logDecay)
    otherConstant = constant
  }

  /// Goes `count` steps on, each with this drop of the learning rate.
  @inline(__always)
  mutating func advance(_ state: AnnealingState, count: Int, drop: Double) -> AnnealingState {
    guard count > 1 else {
      let momentum = decay * state.momentum + drop
      let momentumDerivative = state.momentum + decay * state.momentumDerivative
      return AnnealingState(
        area: state.area + momentum, areaDerivative: state.areaDerivative + momentumDerivative,
        momentum: momentum, momentumDerivative: momentumDerivative)
    }
    return advance(state, several: count, drop: drop)
  }

  @inline(never)
  private mutating func advance(
    _ state: AnnealingState, several count: Int, drop: Double
  ) -> AnnealingState {
    if constant.count != count { swap(&constant, &otherConstant) }
    if constant.count != count {
      constant = ConstantDropSums(count: count, memoryLoss: memoryLoss, logDecay: logDecay)
    }
    let (momentum, derivative) = (state.momentum, state.momentumDerivative)
    return AnnealingState(
      area: state.area + decay * constant.first * momentum + drop * constant.second,
      areaDerivative: state.areaDerivative
        + (constant.first + decay * constant.firstDerivative) * momentum
        + decay * constant.first * derivative + drop * constant.secondDerivative,
      momentum: constant.power * momentum + drop * constant.first,
      momentumDerivative: constant.powerDerivative * momentum + constant.power * derivative
        + drop * constant.firstDerivative)
  }

  /// Goes `count` steps on whose drops are a polynomial.
  ///
  /// - Parameters:
  ///   - state: where to start.
  ///   - count: the steps, at least 1.
  ///   - coefficients: holds δ_0 to δ_degree from `start` on.
  ///   - start: where they begin.
  ///   - degree: the polynomial's degree.
  /// - Returns: the state after the stretch.
  @inline(never)
  mutating func advance(
    _ state: AnnealingState, count: Int, coefficients: [Double], from start: Int, degree: Int
  ) -> AnnealingState {
    if sums.count != count { swap(&sums, &otherSums) }
    sums.prepare(count: count, order: degree + 2, memoryLoss: memoryLoss, logDecay: logDecay)
    var gain = AnnealingState()
    for k in 0...degree {
      let drop = coefficients[start + k]
      gain.momentum += drop * sums.values[k + 1]
      gain.momentumDerivative += drop * sums.slopes[k + 1]
      gain.area += drop * (sums.values[k + 2] + sums.values[k + 1])
      gain.areaDerivative += drop * (sums.slopes[k + 2] + sums.slopes[k + 1])
    }
    let (momentum, derivative) = (state.momentum, state.momentumDerivative)
    return AnnealingState(
      area: state.area + decay * sums.values[1] * momentum + gain.area,
      areaDerivative: state.areaDerivative
        + (sums.values[1] + decay * sums.slopes[1]) * momentum
        + decay * sums.values[1] * derivative + gain.areaDerivative,
      momentum: sums.values[0] * momentum + gain.momentum,
      momentumDerivative: sums.slopes[0] * momentum + sums.values[0] * derivative
        + gain.momentumDerivative)
  }
}
