import RealModule
import Schedules

/// The shape of a schedule in three numbers: height 1, then end + (1 - end)·(1 - x)^power over the
/// decay, x from 0 to 1.
public struct DecayShape: Sendable, Hashable, Codable {
  /// The steps of the decay over all steps.
  public var fraction: Double
  /// The exponent.
  public var power: Double
  /// The last rate over the peak.
  public var end: Double
  /// Root mean squared distance from the schedule during the decay, over the peak.
  public var error: Double
}

extension OptimalSchedule {
  /// The closest shape over the decay; nil when the rate falls by less than a hundredth of the peak.
  public var shape: DecayShape? {
    let last = rates[rates.count - 1] / limits.peak
    guard last < 0.99 else { return nil }
    let total = Double(limits.total)
    // Heights at 400 steps of the longest decay that is tried.
    func fit(_ fraction: Double) -> DecayShape {
      let length = fraction * total
      let samples = (1..<400).map { index -> (rest: Double, height: Double) in
        let rest = Double(index) / 400
        let step = Int((total - rest * length).rounded())
        let exact = (total - Double(step)) / length
        return (exact, path.learningRate(at: step) / limits.peak)
      }
      func error(_ power: Double) -> Double {
        let squares = samples.reduce(0.0) {
          let distance = last + (1 - last) * .pow(min($1.rest, 1), power) - $1.height
          return $0 + distance * distance
        }
        return (squares / Double(samples.count)).squareRoot()
      }
      let power = minimum(of: error, from: 0.1, to: 20)
      return DecayShape(fraction: fraction, power: power, end: last, error: error(power))
    }
    let longest = Double(limits.steps) / total
    let best = minimum(of: { fit($0).error }, from: max(8 / total, 1e-4 * longest), to: longest)
    return fit(best)
  }

  /// The place of a function's least value between two positive ends: a scan of 40 places, then
  /// golden sections.
  private func minimum(of function: (Double) -> Double, from low: Double, to high: Double) -> Double
  {
    guard high > low else { return high }
    let ratio = Double.log(high / low) / 39
    let places = (0..<40).map { low * .exp(Double($0) * ratio) }
    let values = places.map(function)
    let index = values.indices.min { values[$0] < values[$1] } ?? 0
    var (left, right) = (places[max(index - 1, 0)], places[min(index + 1, 39)])
    let golden = 0.5 * (Double(5).squareRoot() - 1)
    for _ in 0..<30 {
      let (first, second) = (right - golden * (right - left), left + golden * (right - left))
      if function(first) < function(second) { right = second } else { left = first }
    }
    return 0.5 * (left + right)
  }
}
