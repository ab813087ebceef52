import Forecasting
import TestSupport
import Testing

@testable import Reports

@Suite struct NumberTextTests {
  @Test(arguments: [
    (2.62804, 4, "2.6280"), (0, 4, "0.0000"), (-0.00001, 4, "0.0000"), (-1.5, 1, "-1.5"),
    (999.95, 1, "1000.0"), (7, 0, "7"), (.nan, 2, "–"), (.infinity, 2, "–"),
  ])
  func fixedDecimals(value: Double, decimals: Int, expected: String) {
    #expect(NumberText.fixed(value, decimals: decimals) == expected)
  }

  @Test(arguments: [
    (3e-4, "3e-4"), (2.5e-4, "2.5e-4"), (1e-3, "1e-3"), (0, "0"), (9.999e-4, "1e-3"),
    (-6.02e23, "-6.02e23"), (.leastNonzeroMagnitude, "4.94e-324"), (1.7e308, "1.7e308"),
  ])
  func shortScientificForm(value: Double, expected: String) {
    #expect(NumberText.scientific(value) == expected)
  }

  @Test(arguments: [
    (2.62804, "2.628"), (0.5, "0.5"), (123_456, "123500"), (0.000_012_34, "1.234e-5"), (0, "0"),
  ])
  func significantDigits(value: Double, expected: String) {
    #expect(NumberText.significant(value) == expected)
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (12_345_678, "12,345,678"), (-1200, "-1,200"),
    (0.25, "0.25"),
  ])
  func thousandsAreMarked(value: Double, expected: String) {
    #expect(NumberText.count(value) == expected)
  }

  @Test(arguments: [
    (2.62834, 0.0041, "2.628 ± 0.004"), (2.62834, 0.0123, "2.628 ± 0.012"),
    (3.2e-5, 4e-6, "(3.2 ± 0.4)e-5"), (12345, 400, "12300 ± 400"), (0.5, nil, "0.5"),
    (0.5, 0, "0.5"), (0.1, 0.5, "0.1 ± 0.5"), (1.5, .nan, "1.5"), (0.42, 0.0995, "0.42 ± 0.10"),
  ])
  func digitsMatchTheStandardError(value: Double, error: Double?, expected: String) {
    #expect(Uncertainty.text(value, standardError: error) == expected)
  }

  @Test func parametersWithoutAValueSaySo() {
    let texts = SampleReport.parameters.map { Uncertainty.text($0) }
    #expect(texts == ["2.628 ± 0.004", "0.5 (fixed)", "not in the data"])
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func scientificFormReadsBack(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite, value != 0 else { continue }
      let text = NumberText.scientific(value, digits: 6)
      expectClose(Double(text) ?? .nan, value, tolerance: 1e-5, "seed \(seed): \(text)")
    }
  }
}
