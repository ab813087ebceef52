/// The sums over residuals that a step needs, at one θ.
///
/// With ψ = ρ′, h = ρ″ and w = ψ/r: F = Σ ρ(rᵢ), g = Jᵀψ, H = Jᵀ diag(h) J, and the squared column
/// norms diag(Jᵀ diag(w) J). When the rows were preconditioned by a triangle R, J stands for J·R⁻¹
/// in g and H; the squared norms are always of J itself.
struct NormalEquations {
  let parameterCount: Int
  /// F, Σ max(h, 0), g (p), squared norms (p), and H in the leading p × p part of a (p+1) × (p+1)
  /// column-major matrix of which only the lower triangle counts.
  private(set) var sums: [Double]

  init(parameterCount: Int) {
    self.parameterCount = parameterCount
    sums = [Double](repeating: 0, count: Layout(parameterCount: parameterCount).count)
  }

  /// Where which sum stands.
  struct Layout {
    let parameterCount: Int
    var cost: Int { 0 }
    var curvatureSum: Int { 1 }
    var gradient: Int { 2 }
    var norms: Int { 2 + parameterCount }
    var gram: Int { 2 + 2 * parameterCount }
    var leadingDimension: Int { parameterCount + 1 }
    var count: Int { gram + leadingDimension * leadingDimension }
  }

  var layout: Layout { Layout(parameterCount: parameterCount) }
  var cost: Double { sums[layout.cost] }
  var curvatureSum: Double { sums[layout.curvatureSum] }

  func gradient(_ j: Int) -> Double { sums[layout.gradient + j] }

  func squaredNorm(_ j: Int) -> Double { sums[layout.norms + j] }

  /// H(j, k), whichever triangle is asked for.
  func curvature(_ j: Int, _ k: Int) -> Double {
    sums[layout.gram + max(j, k) + min(j, k) * layout.leadingDimension]
  }

  /// Whether every sum is finite.
  var isFinite: Bool {
    var total = 0.0
    for value in sums { total += abs(value) }
    return total.isFinite
  }

  mutating func setZero() {
    for index in sums.indices { sums[index] = 0 }
  }

  mutating func withUnsafeMutableSums(_ body: (UnsafeMutablePointer<Double>) -> Void) {
    sums.withUnsafeMutableBufferPointer { sums in
      if let start = sums.baseAddress { body(start) }
    }
  }
}
