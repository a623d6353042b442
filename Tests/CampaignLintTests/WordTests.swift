import Formats
import Languages
import Money
import Testing

@testable import CampaignLint

/// Words, sentences, and what they are taken for.
@Suite struct WordTests {
  private static func list(_ language: String) throws -> LintLanguages.List? {
    let tag = try #require(LanguageTag(language))
    return try LintLanguages()[tag]
  }

  @Test func wordsAndSentences() {
    #expect(TextBreaks.words("This isn't e-mail: 3.5 kWh, ok?", language: "en-US").count == 7)
    #expect(TextBreaks.sentences("Paper stays. And it's free! ¿Sí? …", language: "es-US") == ["Paper stays.", "And it's free!", "¿Sí?"])
    #expect(TextBreaks.sentences("It costs $1.50 a month. That is all.", language: "en-US").count == 2)
    #expect(TextBreaks.words("私は紙の請求書がいい", language: "ja-JP").count > 3)
    #expect(TextBreaks.words("", language: "en-US").isEmpty && TextBreaks.sentences(" \n", language: "en-US").isEmpty)
  }

  /// Björnsson's LIX by hand: 21 words in 2 sentences, of which 4 (company, customer, details, another) have more than six letters.
  @Test func lix() throws {
    let text = [
      "The company sends every customer a letter about it by mail.", "Read this letter and keep the details for another day.",
    ]
    #expect(ReadabilityRule.lix(text, language: "en-US") == 10.5 + 100 * 4 / 21.0)
    #expect(ReadabilityRule.lix(["Too few words."], language: "en-US") == nil)
  }

  @Test func wordListsAreRead() throws {
    for language in ["en", "en-US", "es-MX", "de-AT", "fr"] {
      let list = try #require(try Self.list(language))
      #expect(list.lix > 30 && list.lix < 60)
      for words in [list.page, list.paper, list.fee, list.credit, list.free, list.environmental] {
        #expect(!words.isEmpty && words.allSatisfy { $0 == $0.lowercased() }, "\(language)")
      }
    }
    #expect(try Self.list("fi") == nil)
  }

  /// Language, sentence, whether it speaks of a charge for paper.
  private static let charges: [(String, String, Bool)] = [
    ("en-US", "USD 1 paper fee.", true), ("en-US", "A paper bill costs $1.50 a month.", true), ("en-US", "A paper fee applies.", true),
    ("en-US", "We charge for paper.", true), ("en-US", "USD 1 credit for paperless bills.", false), ("en-US", "Paper is free.", false),
    ("en-US", "USD 1 credit each month if you give up paper bills.", false), ("en-US", "There is no fee for paper.", false),
    ("en-US", "Your newspaper fee is $1.", false), ("en-US", "The late fee is $6.", false),
    ("es-US", "El papel cuesta USD 1 al mes.", true), ("es-US", "El papel es gratis.", false), ("es-US", "Sin cargo por papel.", false),
    ("de-AT", "Für die Papierrechnung berechnen wir ein Entgelt.", true), ("de-AT", "Papier kostet 1,50 € im Monat.", true),
    ("de-AT", "Die Papierrechnung ist kostenlos.", false), ("de-AT", "Gutschrift von 1 € bei Verzicht auf Papier.", false),
    ("fr-FR", "La facture papier coûte 2 €.", true), ("fr-FR", "Le papier reste gratuit.", false),
  ]

  @Test(arguments: charges.indices) func chargesForPaper(_ index: Int) throws {
    let (language, sentence, expected) = Self.charges[index]
    let list = try #require(try Self.list(language))
    let finder = AmountFinder(try LocaleFormats(language: language), try #require(Currency(code: language == "en-US" ? "USD" : "EUR")))
    #expect(FeeRule.isCharge(sentence, list, finder) == expected, "\(sentence)")
  }

  @Test func claimsAreWholeWords() throws {
    for (language, text, claim) in [
      ("en", "Go Green today", "Green"), ("en", "The evergreen Greenwich office", nil), ("es", "por el medio ambiente", "medio ambiente"),
      ("de", "Das ist umweltfreundlicher.", "umweltfreundlicher"), ("fr", "Sauvez la planète !", "Sauvez la planète"),
      ("en", "We plant nothing.", nil),
    ] as [(String, String, String?)] {
      let list = try #require(try Self.list(language))
      #expect(text.firstWord(of: list.environmental).map(String.init) == claim, "\(text)")
    }
  }

  @Test func nearestSentenceSharesHalfTheWords() throws {
    let tag = try #require(LanguageTag("en-US"))
    let sentences: [Substring] = ["Scan the code.", "If you do nothing, paper will stay.", "Call us."]
    #expect(DisclosureRule.nearest(to: "If you do nothing, paper stays.", among: sentences, tag) == 1)
    #expect(DisclosureRule.nearest(to: "Consent is for bills.", among: sentences, tag) == nil)
  }
}
