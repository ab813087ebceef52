import Foundation
import LeastSquares
import LinearAlgebra
import ScalingLaws
import TestSupport
import Testing

@Suite struct LearningCurveTests {
  private typealias Samples = LearningCurveSamples
  private static let names = LawCatalogue.learningCurves.map(\.name)

  /// Σ cⱼ φⱼ at rows.
  private func losses(
    _ law: any LossLaw, _ parameters: [Double], at positions: [Int] = Samples.positions
  ) -> [Double] {
    let coordinates = law.coordinates(fromParameters: parameters)
    let count = law.linearCoordinates.count
    let functions = law.basis(for: Samples.rows(positions))
      .basis(at: Array(coordinates[count...])).functions
    return positions.indices.map { row in
      (0..<count).reduce(0) { $0 + coordinates[$1] * functions[row, $1] }
    }
  }

  @Test(arguments: names, 0..<10 as Range<UInt64>)
  func valuesAreThoseOfTheEquation(name: String, seed: UInt64) throws {
    let law = try #require(LawCatalogue.law(named: name))
    var random = SeededGenerator(seed: seed)
    let parameters = Samples.parameters(of: name, using: &random)
    for (position, loss) in zip(Samples.positions, losses(law, parameters)) {
      expectClose(
        loss, Samples.value(of: name, at: Double(position), parameters), tolerance: 1e-12,
        "\(name), seed \(seed), step \(position)")
    }
  }

  /// 1 less the curves of pylearningcurvepredictor at that code's own start values.
  ///
  /// At steps 1, 10 and 100, by independent double-precision evaluation in Python. `hill3` is given with -η, which
  /// makes it fall; `log-power` and `vapor-pressure` are the rising curves as they are.
  @Test(
    arguments: [
      ("pow3", [0.16, 0.52, 0.01], [0.68, 0.6681633548970216, 0.6565961447311468]),
      (
        "pow4", [0.2, pow(200, -0.1), 0.1, 0],
        [0.7887040186524745, 0.6676242239113106, 0.5714471242937835]
      ),
      (
        "weibull", [0.3, 0.6, 0.01, 1],
        [0.8940299002495009, 0.8429024508215758, 0.5207276647028655]
      ),
      ("mmf", [0.3, 0.6, 0.01, 5], [0.89999999994, 0.8999940000599994, 0.6]),
      (
        "janoschek", [0.27, 0.66, pow(0.355, 1 / 0.46), 0.46],
        [0.7327744725176577, 0.5070826113298811, 0.3044489475736166]
      ),
      ("ilog2", [0.22, 0.43], [0.8403588675822542, 0.3993239283124259, 0.31317199809427865]),
      (
        "hill4", [0.12768, 0.77232, 1 / 2.460843, 0.586449],
        [0.6135000011490795, 0.36345883370041776, 0.20664071982448196]
      ),
      (
        "hill3", [0.77232, log(2.460843), 0.586449],
        [0.4858200011490796, 0.23577883370041774, 0.07896071982448191]
      ),
      (
        "log-power", [0.77, 2.98, -0.51],
        [0.13820804868014633, 0.31914848181950317, 0.5360038684394366]
      ),
      (
        "exp3", [0.3, exp(-1), 0.01],
        [0.6642189795715234, 0.6328710836980795, 0.43533528323661275]
      ),
      (
        "exp4", [0.3, exp(-0.8), pow(0.8, 1 / 0.3), 0.3],
        [0.5018965179946554, 0.3910624401766569, 0.31859509645580886]
      ),
      ("gompertz", [0.2, 0.8, 0.05, 1000], [1, 1, 0.9990519378989325]),
      ("logistic", [0.2, 0.8, 0.01, 1], [0.6, 0.5820121401665599, 0.41672966212055473]),
      (
        "vapor-pressure", [exp(-0.622028), -0.47005, -0.042322],
        [0.33551856123579227, 0.5646309236887117, 0.6493207338299846]
      ),
    ] as [(String, [Double], [Double])])
  func publishedStartValues(name: String, parameters: [Double], expected: [Double]) throws {
    let law = try #require(LawCatalogue.law(named: name))
    for (loss, value) in zip(losses(law, parameters, at: [1, 10, 100]), expected) {
      expectClose(loss, value, tolerance: 1e-13, "\(name)")
    }
  }

  @Test(arguments: names, 0..<10 as Range<UInt64>)
  func derivativesAgreeWithDifferences(name: String, seed: UInt64) throws {
    let law = try #require(LawCatalogue.law(named: name))
    var random = SeededGenerator(seed: seed)
    let parameters = Samples.parameters(of: name, using: &random)
    let linear = law.linearCoordinates.count
    let nonlinear = Array(law.coordinates(fromParameters: parameters)[linear...])
    let model = law.basis(for: Samples.rows())
    let derivatives = model.basis(at: nonlinear).derivatives
    #expect(model.derivativeColumns.map(\.parameter) == Array(nonlinear.indices))
    for (column, derivative) in model.derivativeColumns.enumerated() {
      var (upper, lower) = (nonlinear, nonlinear)
      upper[column] += 1e-5
      lower[column] -= 1e-5
      let above = model.basis(at: upper).functions
      let below = model.basis(at: lower).functions
      let slopes = Samples.positions.indices.map {
        (above[$0, derivative.function] - below[$0, derivative.function]) / 2e-5
      }
      let scale = slopes.map(abs).max() ?? 1
      for (row, slope) in slopes.enumerated() {
        expectClose(
          derivatives[row, column], slope, tolerance: 1e-7, scale: scale,
          "\(name), seed \(seed), coordinate \(column), step \(Samples.positions[row])")
      }
    }
  }

  /// Curves without noise are met to ten digits, ten times beyond their last row to six, and their
  /// parameters come back.
  @Test(arguments: names, [FitObjective.standard, .leastSquares])
  func noiselessRecovery(name: String, objective: FitObjective) throws {
    let law = try #require(LawCatalogue.law(named: name))
    for seed in 0..<5 as Range<UInt64> {
      var random = SeededGenerator(seed: 300 + seed)
      let truth = Samples.parameters(of: name, using: &random)
      let losses = losses(law, truth)
      let fit = try LawFitter(law: law, objective: objective).fit(losses, at: Samples.rows())
      let fitted = law.parameters(fromCoordinates: fit.coordinates)
      for (loss, prediction) in zip(losses, self.losses(law, fitted)) {
        expectClose(prediction, loss, tolerance: 1e-9, "\(name), seed \(300 + seed)")
      }
      let later = 100_000
      expectClose(
        self.losses(law, fitted, at: [later])[0], self.losses(law, truth, at: [later])[0],
        tolerance: 1e-6, scale: 1, "\(name), seed \(300 + seed), step \(later)")
      for (index, parameter) in law.parameters.enumerated() {
        expectClose(
          fitted[index], truth[index], tolerance: 1e-5,
          "\(name), seed \(300 + seed), \(parameter.name)")
      }
    }
  }

  /// A scan finds curves of every length: the same shapes over 100 to 100,000 times more steps.
  @Test(arguments: ["exp2", "exp3", "weibull", "mmf", "logistic", "gompertz", "pow4"])
  func longRuns(name: String) throws {
    let law = try #require(LawCatalogue.law(named: name))
    for factor in [100, 100_000] {
      var random = SeededGenerator(seed: 7)
      var truth = Samples.parameters(of: name, using: &random)
      for (index, parameter) in law.parameters.enumerated() {
        if parameter.unit == "1/step" { truth[index] /= Double(factor) }
        if parameter.unit == "steps" { truth[index] *= Double(factor) }
        if name == "pow4", parameter.name == "A" { truth[index] *= pow(Double(factor), truth[2]) }
      }
      let positions = Samples.positions.map { $0 * factor }
      let losses = losses(law, truth, at: positions)
      let fit = try LawFitter(law: law).fit(losses, at: Samples.rows(positions))
      let fitted = law.parameters(fromCoordinates: fit.coordinates)
      for (loss, prediction) in zip(losses, self.losses(law, fitted, at: positions)) {
        expectClose(prediction, loss, tolerance: 1e-8, "\(name), factor \(factor)")
      }
    }
  }

  /// A family that contains another fits noisy losses at least as well.
  @Test(
    arguments: [
      ("pow4", "power-steps"), ("power-steps", "pow2"), ("weibull", "exp3"), ("exp3", "exp2"),
      ("mmf", "log-power"), ("mmf", "power-steps"), ("vapor-pressure", "pow2"),
    ], ["power-steps", "pow4", "weibull", "mmf", "gompertz"])
  func familiesContainOneAnother(families: (large: String, small: String), truth: String) throws {
    let large = try #require(LawCatalogue.law(named: families.large))
    let small = try #require(LawCatalogue.law(named: families.small))
    let law = try #require(LawCatalogue.law(named: truth))
    for seed in 0..<2 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let parameters =
        truth == "power-steps" ? [2, 30, 0.5] : Samples.parameters(of: truth, using: &random)
      let losses = losses(law, parameters).map { $0 * (1 + 2e-3 * random.normal()) }
      let costs = try [large, small].map {
        try LawFitter(law: $0).fit(losses, at: Samples.rows()).report.cost
      }
      // The limits of a range keep a family a little away from the other.
      #expect(costs[0] <= costs[1] * 1.01, "\(families), \(truth), seed \(seed)")
    }
  }

  @Test func otherNames() {
    let laws = ["pow3", "janoschek", "exp4", "hill3", "hill4"].map {
      LawCatalogue.law(named: $0)?.name
    }
    #expect(laws == ["power-steps", "weibull", "weibull", "log-power", "mmf"])
    let names = LawCatalogue.all.flatMap { [$0.name] + $0.otherNames }
    #expect(Set(names).count == names.count)
  }

  /// The parameter named as the asymptote is what the loss comes to.
  @Test(arguments: names)
  func asymptotes(name: String) throws {
    let law = try #require(LawCatalogue.law(named: name))
    let falling = ["pow2", "exp2", "log2", "log-power", "vapor-pressure"]
    #expect((law.asymptote == nil) == falling.contains(name))
    guard let asymptote = law.asymptote, name != "ilog2" else { return }
    var random = SeededGenerator(seed: 3)
    let parameters = Samples.parameters(of: name, using: &random)
    let last = losses(law, parameters, at: [Int(1e18)])[0]
    expectClose(last, parameters[asymptote], tolerance: 1e-3)
  }
}
