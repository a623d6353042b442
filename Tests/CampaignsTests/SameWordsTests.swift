import Billing
import Campaigns
import Diagnostics
import Languages
import Testing

/// Phases that take over words: `same-as`.
@Suite struct SameWordsTests {
  private static let written = CampaignFolder.yaml
  private static let announce =
    "{heading: \"Paper stops\", body: We tell you, action: Scan, keep-paper: Call, benefits: [One, Two], label: News}"
  private static let spanish = "{heading: \"Sin papel\", body: Avisamos, action: Escanee, keep-paper: Llame}"

  /// The campaign with these phases in place of its own.
  private static func folder(_ remind: String, final: String = "{same-as: announce}", active: String = "{same-as: announce}") throws
    -> CampaignFolder
  {
    let head = written[..<(written.firstRange(of: "notices:")?.lowerBound ?? written.endIndex)]
    return try CampaignFolder(
      head + """
        notices:
          announce: {en-US: \(announce), es-US: \(spanish)}
          remind: \(remind)
          final: \(final)
          active: \(active)
        """)
  }

  private func language(_ tag: String) throws -> LanguageTag { try #require(LanguageTag(tag)) }

  @Test func whatAPhaseLeavesOutItTakesOver() throws {
    let campaign = try Self.folder("{same-as: announce, en-US: {heading: \"Reminder\", benefits: []}}").load().campaign
    let (english, spanish) = (try language("en-US"), try language("es-US"))
    let words = try #require(campaign.words(.remind, english))
    #expect(words.phase == .remind && words.heading?.text == "Reminder" && words.body.text == "We tell you")
    #expect(words.label?.text == "News" && words.benefits.isEmpty)
    #expect(campaign.words(.announce, english)?.benefits.map(\.text) == ["One", "Two"])
    #expect(campaign.words(.remind, spanish)?.heading?.text == "Sin papel")
    #expect(campaign.words(.active, spanish)?.phase == .active)
  }

  /// The digest proves what was printed, however it is written.
  @Test func digestIsThatOfTheWordsWrittenOut() throws {
    let short = try Self.folder("{same-as: announce, en-US: {heading: \"Reminder\"}}").load().campaign
    let long = try Self.folder(
      "{en-US: {heading: \"Reminder\", body: We tell you, action: Scan, keep-paper: Call, benefits: [One, Two], label: News}, es-US: \(Self.spanish)}"
    ).load().campaign
    for tag in ["en-US", "es-US"] {
      let language = try language(tag)
      for phase in Phase.allCases { #expect(short.words(phase, language)?.digest == long.words(phase, language)?.digest) }
    }
    let (english, spanish) = (try language("en-US"), try language("es-US"))
    #expect(short.words(.remind, english)?.digest != short.words(.announce, english)?.digest)
    #expect(short.words(.remind, spanish)?.digest == short.words(.announce, spanish)?.digest)
  }

  /// In any order, over several steps.
  @Test func takingOverGoesOnFromPhaseToPhase() throws {
    let campaign = try Self.folder(
      "{same-as: final, es-US: {action: Llame ya}}", final: "{same-as: active, en-US: {action: Now}}", active: "{same-as: announce}"
    ).load().campaign
    let words = try #require(campaign.words(.remind, try language("en-US")))
    #expect(words.action?.text == "Now" && words.heading?.text == "Paper stops")
    #expect(campaign.words(.remind, try language("es-US"))?.action?.text == "Llame ya")
  }

  @Test func circleOrAnUnknownPhaseIsAFinding() throws {
    func findings(_ remind: String, final: String = "{same-as: announce}") throws -> [Diagnostic] {
      try Self.folder(remind, final: final).findings
    }
    let own = try findings("{same-as: remind}")
    #expect(own.map(\.id) == ["same-as-circle"] && own[0].message.contains("their own"))
    let two = try findings("{same-as: final}", final: "{same-as: remind}")
    #expect(two.map(\.id) == ["same-as-circle"] && two[0].message.contains("'remind' as 'final' as 'remind'"))
    // The circle is told once; what leads into it has nothing to say.
    #expect(try findings("{same-as: final}", final: "{same-as: final}").map(\.id) == ["same-as-circle"])
    let unknown = try findings("{same-as: anounce}")
    #expect(unknown.map(\.id) == ["bad-value"] && unknown[0].suggestion == "did you mean 'announce'?")
    #expect(try findings("{same-as: [announce]}").map(\.id) == ["wrong-type"])
  }

  @Test func whatStandsBesideIsStillChecked() throws {
    #expect(try Self.folder("{same-as: announce, en-US: {hading: No}}").findings.map(\.id) == ["unknown-key"])
    #expect(try Self.folder("{same-as: announce, de: {heading: No}}").findings.map(\.id) == ["unknown-language"])
    let misspelt = try Self.folder("{sameas: announce}").findings
    #expect(misspelt.first { $0.id == "unknown-language" }?.suggestion == "did you mean 'same-as'?")
    // A mistake in words that three phases share is told once, where it stands.
    let shared = try CampaignFolder(
      Self.folder("{same-as: announce}").yaml().replacing("body: We tell you", with: "body: \"We <b>tell</b>\"")
    ).findings
    #expect(shared.map(\.id) == ["markdown-html"])
  }
}

extension CampaignFolder {
  /// The file as it was written.
  func yaml() throws -> String { String(decoding: try load().files.first { $0.path == "campaign.yaml" }?.bytes ?? [], as: UTF8.self) }
}
