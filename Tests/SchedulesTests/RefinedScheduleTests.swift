import Schedules
import TestSupport
import Testing

@Suite struct RefinedScheduleTests {
  struct Case: Sendable {
    var optimizer: RefinedSchedule.Optimizer
    var smoothing: Double
    var rates: [Double]
  }

  /// Rates by SciPy's median filter: Tests/Reference/refined_schedule.py.
  static let cases = [
    Case(
      optimizer: .adam, smoothing: 0.2,
      rates: [
        0.616995512070196, 0.671171077701012, 0.799395452703431, 0.85431751495787,
        0.833106676954839, 0.943087482498743, 0.966196505485393, 0.933829794207412,
        0.985266061245854, 0.946331703038418, 1.0, 0.95227561449318, 0.904551228986361,
        0.856826843479541, 0.867387609194911, 0.874711718576871, 0.842013138784662,
        0.771283614706503, 0.700554090628343, 0.655091842191312, 0.555880064104835,
        0.503841723553099, 0.411206037581326, 0.340476513503167, 0.261331800722919,
        0.185880363038099, 0.119523072147079, 0.0755138974842279, 0.0389749148305692, 0.0,
      ]),
    Case(
      optimizer: .sgd, smoothing: 0.2,
      rates: [
        0.247001505751816, 0.300204363032679, 0.439289122042086, 0.518852075455876,
        0.510756428552878, 0.680198064624366, 0.743724051122774, 0.724873109379476,
        0.844682409056143, 0.817405073634997, 0.960962567863818, 0.91997835541739,
        0.878994142970962, 0.838009930524535, 0.916767320239233, 1.0, 0.998827219437211,
        0.908807557967049, 0.818787896496888, 0.787377850650594, 0.630378976932272,
        0.581451572861996, 0.441970057367657, 0.351950395897496, 0.247303907895927,
        0.155594635944586, 0.0857686227447091, 0.0513583856926464, 0.0273341928010758, 0.0,
      ]),
    Case(
      optimizer: .sgd, smoothing: 0.0,
      rates: [
        0.151981109727615, 0.184853106997811, 0.324076430835296, 0.267002770117901,
        0.315730919511227, 0.471192223275756, 0.41185995597162, 0.451141324418848,
        0.527348925545751, 0.837144056115396, 0.486428639691724, 0.660514441208337,
        0.546484175083637, 0.82475749031566, 0.426051918879444, 0.408567587411356, 1.0,
        0.519813643876738, 0.558164650661588, 0.460075314223573, 0.734602826908291,
        0.304889364825301, 0.272779971156595, 0.164312641350416, 0.169037970248118,
        0.0663906232579612, 0.0580534443276366, 0.04802215063867, 0.0135062298671259, 0.0,
      ]),
  ]

  /// Norms that fall, wiggle, and rise at the end.
  static let norms: [Double] = (0..<34).map { (i: Int) -> Double in
    let wiggle = Double(i * i * 7 % 11) / 4
    let rise = Double(max(0, i - 24)) / 2
    return Double(2 + 60 / (i + 3)) + wiggle + rise
  }

  @Test(arguments: cases)
  func ratesEqualTheReference(_ example: Case) throws {
    let refined = try RefinedSchedule(
      steps: (1...34).map(Double.init), norms: Self.norms, optimizer: example.optimizer,
      smoothing: example.smoothing)
    #expect(refined.rates.count == example.rates.count)
    for (rate, expected) in zip(refined.rates, example.rates) {
      expectClose(rate, expected, tolerance: 1e-13, scale: 1)
    }
  }

  /// Constant norms: a line to zero, whichever optimizer.
  @Test(arguments: RefinedSchedule.Optimizer.allCases)
  func constantNormsDecayLinearly(_ optimizer: RefinedSchedule.Optimizer) throws {
    let refined = try RefinedSchedule(
      steps: (0..<500).map { 7 + 10 * Double($0) }, norms: .init(repeating: 0.31, count: 500),
      optimizer: optimizer)
    for (index, rate) in refined.rates.enumerated() {
      expectClose(rate, Double(495 - index) / 495, tolerance: 1e-12, scale: 1)
    }
    let schedule = refined.schedule(total: 2000, peak: 3e-4)
    #expect(schedule.description == "peak=0.0003,decay:2000")
  }

  /// Adam's weights from norms 1/t are t: η ∝ t (n² - t²), with its top at n/√3.
  @Test func fallingNormsWarmUp() throws {
    let steps = (1...4000).map(Double.init)
    let refined = try RefinedSchedule(
      steps: steps, norms: steps.map { 1 / $0 }, optimizer: .adam, smoothing: 0)
    let top = try #require(refined.rates.indices.max { refined.rates[$0] < refined.rates[$1] })
    #expect(abs(Double(top) / Double(refined.rates.count - 1) - 1 / 3.0.squareRoot()) < 1e-3)
    let tolerance = 0.01
    let schedule = refined.schedule(total: 10_000, peak: 2, tolerance: tolerance)
    #expect(schedule.warmupSteps > 0)
    for step in 0..<10_000 {
      let exact = refined.learningRate(at: Double(step), total: 10_000, peak: 2)
      // Within the tolerance, and the rounding of the line's ends.
      #expect(abs(schedule.learningRate(at: step) - exact) <= 2 * (tolerance + 2e-4))
    }
  }

  /// Rows without a usable norm are counted and left out; gaps are bridged by lines.
  @Test func unusableNormsAreLeftOut() throws {
    var norms = [Double](repeating: 1, count: 60)
    for (row, value) in [(3, Double.nan), (10, .infinity), (20, 0), (30, -1)] { norms[row] = value }
    let refined = try RefinedSchedule(
      steps: (0..<60).map(Double.init), norms: norms, optimizer: .sgd)
    #expect(refined.rowsLeftOut == 4)
    expectClose(
      refined.learningRate(at: 30, total: 60, peak: 1), 0.5, tolerance: 1e-12, scale: 1)
  }

  @Test func tooFewNormsAreRefused() {
    #expect(throws: RefinementError.tooFewNorms(usable: 19, needed: 20)) {
      _ = try RefinedSchedule(
        steps: (0..<25).map(Double.init),
        norms: .init(repeating: .nan, count: 6) + .init(repeating: 1, count: 19),
        optimizer: .adam)
    }
    #expect(throws: RefinementError.noSteps) {
      _ = try RefinedSchedule(
        steps: .init(repeating: 5, count: 30), norms: .init(repeating: 1, count: 30),
        optimizer: .adam)
    }
  }

  /// Norms of any size make finite rates between 0 and 1.
  @Test(arguments: [1e-300, 1e-150, 1, 1e150, 1e300])
  func extremeNormsStayFinite(_ unit: Double) throws {
    let norms = (0..<100).map { unit * (1 + Double($0 % 7)) * ($0 % 50 == 0 ? 1e6 : 1) }
    let refined = try RefinedSchedule(
      steps: (0..<100).map(Double.init), norms: norms, optimizer: .sgd, smoothing: 0)
    #expect(refined.rates.allSatisfy { (0...1).contains($0) })
    #expect(refined.rates.max() == 1)
  }
}
