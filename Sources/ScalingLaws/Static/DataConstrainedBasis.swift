import LeastSquares
import RealModule

/// The basis functions of ``DataConstrainedLaw``: 1 and N̂^(-α) + e^w·D̂^(-β), with N̂ and D̂ in units of
/// the reference size and tokens.
struct DataConstrainedBasis: SeparableModel {
  private let logSizes: [Double]
  private let tokens: [Double]
  private let distinct: [Double]
  let linearCount = 2
  let nonlinearCount = 5
  let derivativeColumns = (0..<5).map { DerivativeColumn(function: 1, parameter: $0) }

  init(modelSizes: [Double], tokens: [Double], uniqueTokens: [Double]) {
    logSizes = modelSizes.map { .log($0) }
    self.tokens = tokens
    distinct = zip(tokens, uniqueTokens).map { min($0, $1) }
  }

  var rowCount: Int { logSizes.count }

  func evaluate(_ nonlinear: [Double], into block: BasisBlock) {
    let (ratio, alpha, beta) = (nonlinear[0], nonlinear[1], nonlinear[2])
    let (logSize, logTokens) = (Double.log(Reference.modelSize), Double.log(Reference.tokens))
    // log(A/B) from the ratio of the terms at the reference.
    let optimum = ComputeOptimum(
      logHeightRatio: alpha * logSize - beta * logTokens - ratio, alpha: alpha, beta: beta)
    let dataRepeats = Repeats(constant: .exp(nonlinear[3]))
    let sizeRepeats = Repeats(constant: .exp(nonlinear[4]))
    let function = block.function(1)
    block.function(0).update(repeating: 1)
    for (offset, row) in block.rows.enumerated() {
      let logDistinct = Double.log(distinct[row])
      let data = dataRepeats.worth(tokens[row] / distinct[row])
      // The size that is optimal for the distinct tokens, when the model is larger.
      let exact = (beta / alpha) * (logDistinct + optimum.logScale) + optimum.logScale
      let isLarger = exact < logSizes[row]
      let base = isLarger ? exact : logSizes[row]
      let size = sizeRepeats.worth(.exp(logSizes[row] - base))
      let sizeArgument = base + size.logFactor - logSize
      let dataArgument = logDistinct + data.logFactor - logTokens
      let sizeTerm = Double.exp(-alpha * sizeArgument)
      let dataTerm = Double.exp(ratio - beta * dataArgument)
      function[offset] = sizeTerm + dataTerm
      guard block.wantsDerivatives else { continue }
      var slopes = (ratio: 0.0, alpha: 0.0, beta: 0.0)
      if isLarger {
        // The optimal size depends on all three; so does what the parameters beyond it are worth.
        let share = alpha + beta
        let all = beta / alpha + 1
        let logOptimal = logDistinct + optimum.logScale
        slopes.ratio = -all / share
        slopes.alpha =
          all * (1 / alpha + logSize - optimum.logScale) / share - beta / (alpha * alpha)
          * logOptimal
        slopes.beta = all * (-1 / beta - logTokens - optimum.logScale) / share + logOptimal / alpha
      }
      let pull = -alpha * sizeTerm * (1 - size.slopeByMultiple)
      block.derivative(0)[offset] = dataTerm + pull * slopes.ratio
      block.derivative(1)[offset] = -sizeArgument * sizeTerm + pull * slopes.alpha
      block.derivative(2)[offset] = -dataArgument * dataTerm + pull * slopes.beta
      block.derivative(3)[offset] = -beta * dataTerm * data.slopeByConstant
      block.derivative(4)[offset] = -alpha * sizeTerm * size.slopeByConstant
    }
  }
}

/// What repetitions are worth: 1 + R*·(1 - e^(-R/R*)) times the first time, with R = m - 1 for the
/// m-fold.
private struct Repeats {
  let constant: Double

  struct Worth {
    /// log of the factor.
    var logFactor: Double
    /// ∂ log factor / ∂ log m.
    var slopeByMultiple: Double
    /// ∂ log factor / ∂ log R*.
    var slopeByConstant: Double
  }

  func worth(_ multiple: Double) -> Worth {
    let repeats = max(multiple - 1, 0)
    let left = Double.exp(-repeats / constant)
    let gained = -constant * .expMinusOne(-repeats / constant)
    let factor = 1 + gained
    return Worth(
      logFactor: .log(onePlus: gained), slopeByMultiple: left * multiple / factor,
      slopeByConstant: (gained - left * repeats) / factor)
  }
}
