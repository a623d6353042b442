import Billing
import Campaigns
import Dates
import Diagnostics
import Languages
import Testing

@Suite struct LoadingTests {
  @Test func everyFieldIsRead() throws {
    let folder = try CampaignFolder()
    let loaded = try folder.load()
    let campaign = loaded.campaign
    let (english, spanish) = try (#require(LanguageTag("en-US")), #require(LanguageTag("es-US")))
    #expect(campaign.id == "paperless-2027")
    #expect(campaign.languages == [english, spanish])
    #expect(campaign.mode == .optional && campaign.consent == .before)
    #expect(campaign.phases.active.iso == "2027-03-01")
    #expect(campaign.optIn.url == "https://my.larkspur.example/p/{token}" && campaign.optIn.needsToken)
    #expect(campaign.optIn.show == "my.larkspur.example/p")
    #expect(campaign.optIn.phone(spanish) == "+1 800 555 0142")
    #expect(campaign.optIn.hours(english) == "Mon–Fri 8–18 Pacific")
    #expect(campaign.optIn.hours(spanish) == "lun–vie 8–18")
    #expect(campaign.terms.version == "2027-03" && campaign.terms.effective.iso == "2027-03-01")
    #expect(campaign.terms.previousVersion == "2024-01")
    #expect(campaign.prominence == Prominence())
    let words = try #require(campaign.words(.final, english))
    #expect(words.heading?.text == "Paper stops on {campaign.active | date('long')}")
    #expect(words.body.document.blocks.count == 2)
    #expect(words.benefits.map(\.text) == ["Reminders", "The same pages"])
    #expect(words.label?.text == "Important")
    #expect(words.all.map(\.name) == ["heading", "body", "action", "keep-paper", "benefits", "benefits", "label"])
    #expect(campaign.words(.announce, spanish)?.benefits.isEmpty == true)
    #expect(loaded.files.map(\.path) == ["campaign.yaml", "terms/new.en.md", "terms/new.es.md", "terms/old.en.md"])
    #expect(loaded.files[3].bytes == Array(CampaignFolder.oldTerms.utf8))
  }

  @Test func wordsDigestIsThatOfTheirCanonicalJSON() throws {
    let campaign = try CampaignFolder().load().campaign
    let spanish = try #require(LanguageTag("es-US"))
    // printf '{"action":"Escanee","body":"Le avisaremos.","heading":"El papel termina","keep-paper":"¿Papel?"}' | sha256sum
    #expect(campaign.words(.remind, spanish)?.digest == "658bc6b34db23efe211b3e5649d7692da2da094f98c6e9df03c3f49784f0ae04")
  }

  @Test func termsDigestIsThatOfTheFile() throws {
    let campaign = try CampaignFolder(terms: "abc").load().campaign
    let english = try #require(LanguageTag("en-US"))
    // FIPS 180-2, appendix B.1
    #expect(campaign.terms[english]?.digest == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func changesAreMarkedPerBlock() throws {
    let campaign = try CampaignFolder().load().campaign
    let (english, spanish) = try (#require(LanguageTag("en-US")), #require(LanguageTag("es-US")))
    let changes = try #require(campaign.terms[english]?.changes)
    #expect(changes.map(\.mark) == [.unchanged, .unchanged, .changed, .new, .changed])
    #expect(changes[4].items == [.unchanged, .changed, .new])
    #expect(campaign.terms[spanish]?.changes == nil)
  }

  @Test func expressionsPointIntoTheCampaignFile() throws {
    let folder = try CampaignFolder()
    let campaign = try folder.load().campaign
    let english = try #require(LanguageTag("en-US"))
    let words = try #require(campaign.words(.remind, english))
    guard case .expression(let expression)? = words.heading?.document.singleParagraph?.last else {
      Issue.record("the heading ends in an expression")
      return
    }
    #expect(expression.source == "campaign.active | date('long')")
    let range = try #require(words.heading).range(of: expression.range)
    let bytes = range.file.bytes
    #expect(String(decoding: bytes[range.bytes], as: UTF8.self) == expression.source)
    // It is the second phase's heading, not the first one's.
    let before = String(decoding: bytes[..<range.bytes.lowerBound], as: UTF8.self)
    #expect(before.contains("remind:\n") && !before.contains("final:\n"))
    guard case .paragraph(let inlines)? = words.body.document.blocks.last?.content, case .expression(let page)? = inlines.dropLast().last
    else {
      Issue.record("the body ends in an expression and a full stop")
      return
    }
    let place = words.body.range(of: page.range)
    #expect(String(decoding: bytes[place.bytes], as: UTF8.self) == "terms-page")
  }

  @Test func byteOrderMarkAndCRLFAreTaken() throws {
    let folder = try CampaignFolder("\u{FEFF}" + CampaignFolder.yaml.replacing("\n", with: "\r\n"))
    let campaign = try folder.load().campaign
    #expect(campaign.words(.active, try #require(LanguageTag("en-US")))?.body.text.contains("\r") == false)
    #expect(campaign.id == "paperless-2027")
  }

  @Test func phoneMayDifferByLanguage() throws {
    let text = CampaignFolder.yaml.replacing(#"phone: "+1 800 555 0142""#, with: #"phone: {en-us: "1", es-US: "2"}"#)
    let campaign = try CampaignFolder(text).load().campaign
    #expect(campaign.languages.map { campaign.optIn.phone($0) } == ["1", "2"])
    let lacking = try CampaignFolder.findings(#"phone: "+1 800 555 0142""#, #"phone: {en-US: "1"}"#)
    #expect(lacking.map(\.id) == ["missing-language"])
  }
}
