import Testing

@testable import Reports

@Suite struct MarkupTests {
  @Test func escapesWhatMarkupWouldRead() {
    #expect(
      Markup.escape("<a href='x'>\"&\"</a>")
        == "&lt;a href=&#39;x&#39;&gt;&quot;&amp;&quot;&lt;/a&gt;")
  }

  @Test func replacesWhatXMLForbids() {
    #expect(Markup.escape("a\u{0}\u{1B}\u{FFFE}b\tc\n") == "a\u{FFFD}\u{FFFD}\u{FFFD}b\tc\n")
  }

  @Test(arguments: ["plain-name_1", "Überlauf", "学習率"])
  func leavesLeftToRightNamesAlone(name: String) {
    #expect(Markup.plainName(name) == name)
  }

  @Test(arguments: ["\u{202E}txt", "שלום", "a\u{200F}b"])
  func isolatesNamesThatTurnTheDirection(name: String) {
    #expect(Markup.plainName(name) == "\u{2068}\(name)\u{2069}")
  }

  @Test(arguments: ["", " \t", "\u{200B}\u{200F}"])
  func namesWithoutInkSaySo(name: String) {
    #expect(Markup.plainName(name) == "(no name)")
    #expect(Markup.name(name).contains("(no name)"))
  }
}
