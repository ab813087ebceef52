import Forecasting
import Foundation
import Schedules
import TestSupport
import Testing

private func rate(_ json: String) throws -> SegmentedRate {
  try JSONDecoder().decode(SegmentedRate.self, from: Data(json.utf8))
}

@Suite struct SegmentedRateTests {
  /// The closed forms at a quarter, half and all of the way from 4e-3 at step 100 to 1e-3 at 500.
  @Test(arguments: [
    ("const", [4e-3, 4e-3, 4e-3]),
    ("linear", [3.25e-3, 2.5e-3, 1e-3]),
    ("cosine", [3.5606601717798214e-3, 2.5e-3, 1e-3]),
    ("exp", [2.8284271247461901e-3, 2e-3, 1e-3]),
    ("sqrt", [2.5e-3, 1.8786796564403572e-3, 1e-3]),
    ("quad", [3.8125e-3, 3.25e-3, 1e-3]),
  ])
  func shapes(shape: String, expected: [Double]) throws {
    let path = try rate("[[0,100,\"linear\",0,4e-3],[100,500,\"\(shape)\",4e-3,1e-3]]").path
    for (step, value) in zip([200, 300, 500], expected) {
      expectClose(path.learningRate(at: step), value, tolerance: 1e-14, "step \(step)")
    }
    // The end value holds.
    #expect(path.learningRate(at: 10_000) == path.learningRate(at: 500))
    expectClose(path.learningRate(at: 25), 1e-3, tolerance: 1e-14)
    #expect(path.learningRate(at: 0) == 0 && path.learningRate(at: 100) == 4e-3)
    #expect(path.warmupEnd == 100)
  }

  /// However long a curve is, it is not listed.
  @Test func longCurves() throws {
    let path = try rate("[[0,9e14,\"cosine\",1,0]]").path
    expectClose(path.learningRate(at: 450_000_000_000_000), 0.5, tolerance: 1e-14)
  }

  @Test func aJumpHappensAtItsStep() throws {
    let path = try rate("[[0,10,\"const\",1,1],[10,20,\"const\",0.5,0.5]]").path
    #expect(path.learningRate(at: 9) == 1 && path.learningRate(at: 10) == 0.5)
    #expect(path.warmupEnd == 0 && path.firstPosition == 0)
  }

  @Test func warmupsInSeveralSegmentsAreOne() throws {
    let path = try rate(
      "[[0,10,\"linear\",0,1],[10,30,\"cosine\",1,2],[30,50,\"linear\",2,0],[50,60,\"linear\",0,1]]"
    ).path
    #expect(path.warmupEnd == 30)
  }

  @Test(arguments: [
    ("[]", "there is no segment"),
    ("[[5,10,\"const\",1,1]]", "starts at step 5, not at 0"),
    ("[[0,10,\"const\",1,1],[12,20,\"const\",1,1]]", "segment 2 starts at step 12, not at 10"),
    ("[[0,0,\"const\",1,1]]", "ends at step 0"),
    ("[[0,9e15,\"const\",1,1]]", "ends at step"),
    ("[[0,10,\"linear\",1,-1]]", "at least 0"),
    ("[[0,10,\"exp\",1,0]]", "exponential to or from 0"),
    ("[[0,10,\"const\",0,1]]", "0 throughout"),
    ("[[0,10,\"zigzag\",0,1]]", "no shape 'zigzag'"),
    ("[[0,10.5,\"const\",1,1]]", "10.5 is not a whole step"),
  ])
  func refusals(json: String, message: String) {
    do {
      _ = try rate(json)
      Issue.record("\(json) is taken")
    } catch DecodingError.dataCorrupted(let context) {
      #expect(context.debugDescription.contains(message), "\(context.debugDescription)")
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test(arguments: ["[[0,10,\"const\",1]]", "[[0,10]]", "{}", "[0,10]", "[[0,10,3,1,1]]"])
  func otherFormsDoNotDecode(json: String) {
    #expect(throws: DecodingError.self) { try rate(json) }
  }
}
