import Campaigns
import TestSupport
import Testing

/// What counts as the same words, and what does not.
@Suite struct PlainWordsTests {
  @Test(arguments: [
    ("white space", "Prefer  paper?\n Do\tnothing.", "Prefer paper? Do nothing."),
    ("no-break spaces", "on March\u{A0}1,\u{202F}2027 paper", "March 1, 2027"),
    ("soft hyphens", "elec\u{AD}tronic bills", "electronic"),
    ("isolates", "call \u{2068}1-800\u{2069} now", "call 1-800 now"),
    ("word joiners", "by e-\u{2060}mail", "e-mail"),
    ("composed letters", "pape\u{301}l", "pap\u{E9}l"),
    ("decomposed letters", "la pr\u{F3}xima factura", "pro\u{301}xima"),
    ("scripts without spaces", "\u{7EB8}\u{8D28}\u{8D26}\u{5355}\u{514D}\u{8D39}", "\u{8D26}\u{5355}"),
    ("right to left", "\u{5E0}\u{5D9}\u{5D9}\u{5E8} \u{5D7}\u{5D9}\u{5E0}\u{5DD}", "\u{5D7}\u{5D9}\u{5E0}\u{5DD}"),
    ("beside punctuation", "(paper stays)", "paper stays"),
  ])
  func sameWords(_ what: String, _ text: String, _ phrase: String) {
    #expect(PlainWords(text).contains(PlainWords(phrase)), "\(what)")
  }

  @Test(arguments: [
    ("another word", "Prefer paper? You need do nothing.", "Prefer paper? Do nothing."),
    ("another order", "nothing do", "do nothing"),
    ("a part of a word at the end", "paper stays freebie", "paper stays free"),
    ("a part of a word at the start", "newspaper stays", "paper stays"),
    ("case", "paper Stays", "paper stays"),
    ("punctuation", "paper stays free", "paper stays, free"),
    ("a figure that goes on", "USD 1.50 a month, or 11.50", "1.5"),
    ("accents", "papel", "papél"),
    ("nothing at all", "", "paper"),
  ])
  func otherWords(_ what: String, _ text: String, _ phrase: String) {
    #expect(!PlainWords(text).contains(PlainWords(phrase)), "\(what)")
  }

  @Test func wordsGoOnOverLines() {
    var words = PlainWords()
    for line in ["Bills come elec\u{AD}", "tronically,", "if you agree, by e-", "mail."] {
      words.append(line)
      words.addSeam()
    }
    #expect(words.contains(PlainWords("come electronically, if you agree, by e-mail.")))
    #expect(!words.contains(PlainWords("come elec tronically")))
    words.addGap()
    words.append("Next")
    #expect(words.contains(PlainWords("e-mail. Next")))
    #expect(!words.contains(PlainWords("e-mail.Next")))
  }

  @Test func beginningIsCutAtAWord() {
    let said = PlainWords("Prefer paper? Do nothing at all.")
    #expect(said.beginning(of: PlainWords("Prefer paper? Do note this.")) == "Prefer paper? Do")
    #expect(said.beginning(of: PlainWords("Nowhere")) == "")
  }

  /// Words broken into lines anywhere a line may end are the same words; with one letter more or less they are others.
  @Test(arguments: 0..<40)
  func brokenWordsStaySame(_ seed: Int) throws {
    var random = SeededNumbers(seed: UInt64(seed))
    let letters = Array("abcdeé漢ב1")
    let text = (0..<30).map { _ in
      String((0..<Int.random(in: 1...8, using: &random)).map { _ in letters.randomElement(using: &random) ?? "a" })
    }
    var words = PlainWords()
    for word in text {
      for (place, letter) in word.enumerated() {
        words.append(String(letter))
        // A hyphen that parts the word, or a run that ends.
        if place + 1 < word.count, Int.random(in: 0..<6, using: &random) == 0 { words.append("\u{AD}") }
        if Int.random(in: 0..<3, using: &random) == 0 { words.addSeam() }
      }
      if Bool.random(using: &random) { words.append(" ") } else { words.addSeam() }
    }
    let start = Int.random(in: 0..<29, using: &random)
    let end = Int.random(in: start + 1...30, using: &random)
    #expect(words.contains(PlainWords(text[start..<end].joined(separator: " "))))
    #expect(!words.contains(PlainWords(text[start..<end].joined(separator: " ") + "z")))
    var other = text[start..<end].map { Array($0) }
    let place = Int.random(in: other.indices, using: &random)
    other[place].insert("x", at: 0)
    #expect(!words.contains(PlainWords(other.map { String($0) }.joined(separator: " "))))
  }
}
