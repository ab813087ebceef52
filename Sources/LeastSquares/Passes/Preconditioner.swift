import VectorMath

/// A triangle R whose inverse is put behind a block's derivatives, J ← J·R⁻¹, so that sums of
/// products of nearly dependent columns keep their digits.
///
/// With R from the pass before, the Cholesky factor of (JR⁻¹)ᵀ(JR⁻¹) times R is as good as the
/// triangle of a Householder QR of J.
///
/// Source: Yamamoto, Nakatsukasa, Yanagisawa, Fukaya, "Roundoff error analysis of the CholeskyQR2
/// algorithm", ETNA 44 (2015); Fukaya et al., "Shifted Cholesky QR", SIAM J. Sci. Comput. 42 (2020).
enum Preconditioner {
  /// Replaces the derivatives by those in the coordinates Rθ.
  ///
  /// - Parameters:
  ///   - triangle: R, p × p, column-major, its upper triangle in use; nothing on its diagonal is 0.
  ///   - block: derivatives of p parameters.
  ///   - kernels: the instructions to use.
  static func apply(_ triangle: [Double], to block: ResidualBlock, kernels: VectorKernels) {
    let count = block.parameterCount
    for j in 0..<count {
      let column = block.derivatives(j)
      for i in 0..<j where triangle[i + j * count] != 0 {
        kernels.addProduct(
          -triangle[i + j * count], UnsafeBufferPointer(block.derivatives(i)), into: column)
      }
      kernels.scale(UnsafeBufferPointer(column), by: 1 / triangle[j + j * count], into: column)
    }
  }
}
