import Testing

@testable import Schedules

/// The distance between words and the choice of the nearest.
@Suite struct NearestNameTests {
  /// Textbook pairs, and one swap.
  @Test(arguments: [
    ("kitten", "sitting", 3), ("saturday", "sunday", 3), ("abc", "abc", 0), ("", "abc", 3),
    ("abc", "", 3), ("cosnie", "cosine", 1), ("ca", "abc", 3), ("decya", "decay", 1),
  ])
  func distanceCountsEdits(_ first: String, _ second: String, _ expected: Int) {
    #expect(NearestName.editDistance(Array(first), Array(second)) == expected)
    #expect(NearestName.editDistance(Array(second), Array(first)) == expected)
  }

  @Test func onlyCloseNamesAreOffered() {
    let names = ["warmup", "stable", "decay", "to", "p"]
    #expect(NearestName.find("warm-up", in: names) == "warmup")
    #expect(NearestName.find("STABLE", in: names) == "stable")
    #expect(NearestName.find("deacy", in: names) == "decay")
    #expect(NearestName.find("plateau", in: names) == nil)
    #expect(NearestName.find("t", in: names) == "to")
    // One letter for another is no slip of the pen.
    #expect(NearestName.find("q", in: names) == nil)
    #expect(NearestName.find("x", in: []) == nil)
  }
}
