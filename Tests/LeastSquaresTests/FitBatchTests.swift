import LeastSquares
import Synchronization
import TestSupport
import Testing

@Suite struct FitBatchTests {
  private struct Refusal: Error {}

  private static func fit(_ rate: Double) throws -> Double {
    guard rate > 0 else { throw Refusal() }
    let model = ExponentialSum(
      points: (0..<50).map { 0.1 * Double($0) }, terms: 1, hasConstant: true)
    let targets = model.values(coefficients: [1, 2], rates: [rate])
    return LevenbergMarquardt().minimize(model, targets: targets, from: [1]).parameters[2]
  }

  /// Results come in the order of the inputs, a failing fit alone fails, and the number of jobs
  /// changes nothing.
  @Test(arguments: [1, 2, 5])
  func orderAndFailures(jobs: Int) async throws {
    let rates = (0..<40).map { $0 == 17 ? -1 : 0.5 + 0.05 * Double($0) }
    let seen = Mutex([Int]())
    let results = await FitBatch(jobs: jobs).map(
      rates, progress: { done in seen.withLock { $0.append(done) } }, Self.fit)
    #expect(results.count == 40)
    #expect(seen.withLock { $0 } == Array(1...40))
    for (index, result) in results.enumerated() {
      if index == 17 {
        #expect(throws: Refusal.self) { try result.get() }
      } else {
        expectClose(try result.get(), rates[index], tolerance: 1e-9)
      }
    }
  }

  @Test func emptyBatch() async {
    let results = await FitBatch(jobs: 3).map([Int](), progress: nil) { $0 }
    #expect(results.isEmpty)
  }

  /// After a cancellation, fits under way end and the rest fails with `CancellationError`.
  @Test func cancellation() async {
    let task = Task {
      await FitBatch(jobs: 1).map(Array(0..<1000)) { index in
        if index == 3 { withUnsafeCurrentTask { $0?.cancel() } }
        return index
      }
    }
    let results = await task.value
    #expect(results.count == 1000)
    let done = results.prefix { (try? $0.get()) != nil }.count
    #expect(done == 4)
    #expect(throws: CancellationError.self) { try results[999].get() }
  }
}
