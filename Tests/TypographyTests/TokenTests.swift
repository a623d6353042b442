import Geometry
import Layout
import TestSupport
import Testing

@testable import Typography
internal import Vocabulary

/// Values at lines' ends, in real type.
@Suite struct TokenTests {
  private let studio: Studio
  init() throws { studio = try Studio() }

  /// A paragraph in which each `[…]` is a token of that kind.
  private func content(
    _ words: String, _ kind: Token.Kind, isFirm: Bool = true, _ change: (inout TextContent) -> Void = { _ in }
  ) -> TextContent {
    var plain = ""
    var tokens: [Token] = []
    var start = 0
    for character in words {
      switch character {
      case "[": start = plain.utf8.count
      case "]":
        tokens.append(
          Token(
            start: TextPosition(span: 0, offset: start), end: TextPosition(span: 0, offset: plain.utf8.count), kind: kind, isFirm: isFirm))
      default: plain.append(character)
      }
    }
    return studio.content(plain) {
      $0.tokens = tokens
      change(&$0)
    }
  }

  private func set(_ content: TextContent, asWideAs words: String, plus spare: Double = 1) -> [String] {
    studio.lines(content, studio.width(words) + spare).map(\.text)
  }

  @Test func dateIsNotPartedAtItsSpaces() {
    let words = "pay by [November 23, 2026]"
    #expect(set(content(words, .whole), asWideAs: "pay by November 23,") == ["pay by ", "November 23, 2026"])
    #expect(studio.lines(content("pay by November 23, 2026", .whole), studio.width("pay by November 23,") + 1).count == 2)
  }

  @Test func amountWiderThanTheLineIsTornAndSaysSo() {
    let lines = studio.lines(content("[1,234,567.89]", .whole), studio.width("1,234,5"))
    #expect(lines.count > 1)
    #expect(lines[0].tokenBreak == .torn && lines[0].isCut)
    let loose = studio.lines(content("[1,234,567.89]", .whole, isFirm: false), studio.width("1,234,5"))
    #expect(loose[0].tokenBreak == .loosely && loose[0].isCut)
    #expect(studio.lines(content("1,234,567.89", .whole), studio.width("1,234,5"))[0].tokenBreak == nil)
  }

  @Test func accountIsPartedBetweenItsGroupsOnly() {
    let account = "DE79\u{A0}0000\u{A0}0000\u{A0}1234\u{A0}5678\u{A0}90"
    let lines = studio.lines(content("[\(account)]", .groups), studio.width("DE79\u{A0}0000\u{A0}0000\u{A0}12"))
    #expect(lines.map(\.text) == ["DE79\u{A0}0000\u{A0}0000", "1234\u{A0}5678\u{A0}90"])
    #expect(lines.map(\.tokenBreak) == [.groups, nil])
    #expect(lines.allSatisfy { !$0.isCut })
    // The space between two groups is not counted at a line's end.
    let tight = studio.lines(content("[\(account)]", .groups), studio.width("DE79\u{A0}0000\u{A0}0000") + 0.01)
    #expect(tight.map(\.text) == ["DE79\u{A0}0000\u{A0}0000", "1234\u{A0}5678\u{A0}90"])
  }

  @Test func accountThatFitsALineMovesThereWhole() {
    let account = "DE79\u{A0}0000\u{A0}0000"
    #expect(set(content("account [\(account)]", .groups), asWideAs: account) == ["account ", account])
  }

  @Test(arguments: [
    ("991-12345-67", "991-12345-", ["991-12345-", "67"]), ("a.b_c", "a.b_", ["a.b_", "c"]), ("AB/12/CD", "AB/12", ["AB/", "12/", "CD"]),
    ("someone@mail.example", "someone@mai", ["someone@", "mail.example"]), ("x:1", "x:", ["x:", "1"]),
    ("http://a", "http://", ["http://", "a"]), ("a@mail.long-example", "long-exam", ["a@mail.", "long-", "example"]),
  ]) func identifierIsPartedBehindItsJoints(_ words: String, _ width: String, _ lines: [String]) {
    let set = studio.lines(content("[\(words)]", .identifier), studio.width(width) + 0.5)
    #expect(set.map(\.text) == lines)
    #expect(set.allSatisfy { !$0.isCut && $0.tokenBreak == nil })
  }

  @Test func identifierIsNotPartedAtOtherSigns() {
    // UAX #14 lets a line end behind a question mark or an exclamation mark.
    let lines = studio.lines(content("[AB?CD!EF]", .identifier), studio.width("AB?CD") + 0.5)
    #expect(lines[0].tokenBreak == .torn)
    #expect(studio.lines(content("AB?CD!EF", .identifier), studio.width("AB?CD") + 0.5)[0].text == "AB?")
  }

  @Test func identifierBehindATabBeginsBesideIt() {
    let label = studio.width("Reference ")
    func paragraph(_ tokens: [Token]) -> TextContent {
      studio.content([.text("Ref", studio.body), .tab(leader: nil, studio.body), .text("1234-5678-9012-3456", studio.body)]) {
        $0.tabs = [TabStop(.fixed(.pt(label)), .start)]
        $0.hangingIndent = .pt(label)
        $0.tokens = tokens
      }
    }
    let token = Token(start: TextPosition(span: 2, offset: 0), end: TextPosition(span: 2, offset: 19), kind: .identifier)
    let width = label + studio.width("1234-5678-9") + 0.5
    #expect(studio.lines(paragraph([token]), width).map(\.text) == ["Ref1234-5678-", "9012-3456"])
  }

  @Test func wordsInATokenAreNotHyphenated() {
    let words = "Internationalisierung"
    let german = { (content: inout TextContent) in
      content.language = "de-DE"
      content.hyphenates = true
    }
    #expect(studio.lines(content(words, .whole, german), studio.width("Internationali"))[0].text.hasSuffix("\u{AD}"))
    #expect(studio.lines(content("[\(words)]", .whole, german), studio.width("Internationali"))[0].tokenBreak == .torn)
  }

  @Test func widthsOfTokens() {
    let account = "DE79\u{A0}0000\u{A0}1"
    let groups = studio.setter.tokenWidths(of: content("to [\(account)]", .groups))
    #expect(abs(groups.whole.points - studio.width(account)) < 0.01)
    #expect(abs(groups.part.points - studio.width("DE79")) < 0.2)
    let identifier = studio.setter.tokenWidths(of: content("[AB-CDEFG]", .identifier))
    #expect(abs(identifier.whole.points - studio.width("CDEFG")) < 0.2)
    #expect(studio.setter.tokenWidths(of: content("nothing", .whole)) == .zero)
  }

  @Test func linesWithRoomAreTheSameWithAndWithoutTokens() {
    for words in ["[1,234.56]", "due [12 May 2026] or later", "[A-1/2] and [B]"] {
      let plain = words.filter { $0 != "[" && $0 != "]" }
      #expect(studio.lines(content(words, .whole), 500).map(\.items) == studio.lines(studio.content(plain), 500).map(\.items))
    }
  }

  /// Random paragraphs at random widths: a line ends inside a token only where the widest part of it is wider than the line, and nothing is lost.
  @Test(arguments: 0..<4) func onlyWhatNoLineHoldsIsTorn(part: Int) {
    var random = Seeded(UInt64(part + 1))
    var torn = 0
    for _ in 0..<250 {
      var words: [String] = []
      let kind: Token.Kind = [.whole, .groups, .identifier].randomElement(using: &random) ?? .whole
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        if Bool.random(using: &random) {
          words.append(String(repeating: "word", count: Int.random(in: 1...3, using: &random)))
        } else {
          let pieces = (0..<Int.random(in: 1...5, using: &random)).map { _ in String(Int.random(in: 0...99_999, using: &random)) }
          words.append("[" + pieces.joined(separator: [.whole: ",", .groups: "\u{A0}", .identifier: "-"][kind] ?? ",") + "]")
        }
      }
      let paragraph = content(words.joined(separator: " "), kind)
      let width = Double.random(in: 15...160, using: &random)
      let lines = studio.lines(paragraph, width)
      let isTorn = lines.contains { $0.tokenBreak == .torn }
      torn += isTorn ? 1 : 0
      let part = studio.setter.tokenWidths(of: paragraph).part.points
      // Letters beside a line's end may lose a hair of kerning.
      if isTorn { #expect(part > width - 0.5, "\(words) at \(width)") }
      if part > width + 0.5 { #expect(isTorn, "\(words) at \(width)") }
      guard case .text(let text, _, _, _) = paragraph.spans[0] else { continue }
      let bare = { (text: String) in text.filter { $0 != " " && $0 != "\u{A0}" } }
      #expect(bare(lines.map(\.text).joined()) == bare(text))
    }
    #expect(torn > 10)
  }
}
