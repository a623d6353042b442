import Diagnostics
import LayoutLanguage
import Testing

/// Several notices in a layout, in one or more variants, and conditions that ask what a bill carries.
@Suite struct NoticeTests {
  private static let slots =
    ["heading", "body", "action", "keep-paper", "address", "phone"].map { "<slot name=\"\($0)\"/>" }.joined() + "<opt-in-qr size=\"24mm\"/>"
  private static let chart = "<chart kind=\"bars\" each=\"u in usage\" value=\"u.value\" describe=\"d\"/>"

  /// The layout's body with its notices: `{NAME/VARIANT}` is one with all slots, `{NAME}` one without a variant, `[NAME]` one with its words only,
  /// `T` the terms in their messages.
  private static func body(_ short: String) -> String {
    var text = short.replacing("T;", with: "<messages><terms/></messages>").replacing("CHART", with: chart)
    text = text.replacing(#/\{([a-z-]*)(/([a-z]+))?\}/#) { match in
      let name = match.1.isEmpty ? "" : " name=\"\(match.1)\""
      return "<messages><notice\(name)\(match.3.map { " variant=\"\($0)\"" } ?? "")>\(slots)</notice></messages>"
    }
    return text.replacing(#/\[([a-z-]+)(/([a-z]+))?\]/#) { match in
      "<messages><notice name=\"\(match.1)\"\(match.3.map { " variant=\"\($0)\"" } ?? "")><slot name=\"body\"/></notice></messages>"
    }
  }

  private static func errors(_ layout: Layout) -> [String] {
    layout.load().diagnostics.filter { $0.severity == .error }.map { "\($0.id): \($0.message)" }
  }

  @Test(
    arguments: [
      ("{}T;", ["standard": ["standard"]]),
      ("{standard}T;", ["standard": ["standard"]]),
      ("T;{}", ["standard": ["standard"]]),
      ("{/full}{/short}T;", ["standard": ["full", "short"]]),
      ("{/c}{/a}{/d}{/b}T;", ["standard": ["c", "a", "d", "b"]]),
      ("{}[thanks]T;", ["standard": ["standard"], "thanks": ["standard"]]),
      (
        "[kept/long][thanks]{/full}[kept/short]{/small}T;",
        ["standard": ["full", "small"], "thanks": ["standard"], "kept": ["long", "short"]]
      ),
      ("<if test=\"due\">{/full}{/short}</if><else>{/short}{/full}</else>T;", ["standard": ["full", "short"]]),
      ("<if test=\"campaign\">{}[thanks]T;</if>", ["standard": ["standard"], "thanks": ["standard"]]),
      ("<if test=\"campaign.notice\">{}[thanks]</if>T;", ["standard": ["standard"], "thanks": ["standard"]]),
      ("<if test=\"not campaign.notice\"><rule/></if><else>{}</else>T;", ["standard": ["standard"]]),
      (
        "<if test=\"campaign.notice and campaign.notice eq 'thanks'\"><rule/>[thanks]</if><else>{}</else>T;",
        ["standard": ["standard"], "thanks": ["standard"]]
      ),
      (
        "<if test=\"campaign.notice and campaign.notice ne 'thanks'\">{}</if><else>[thanks]</else>T;",
        ["standard": ["standard"], "thanks": ["standard"]]
      ),
      ("{}<if test=\"campaign and campaign.terms.place eq 'bill'\"><text>x</text>T;</if>", ["standard": ["standard"]]),
      ("{}<if test=\"not campaign or campaign.terms.place ne 'bill'\"><text>x</text></if>T;", ["standard": ["standard"]]),
    ] as [(String, [String: [String]])])
  func layoutTellsItsNoticesWithTheirVariants(_ short: String, _ expected: [String: [String]]) throws {
    let layout = Layout(body: Self.body(short))
    #expect(Self.errors(layout) == [])
    #expect(try #require(layout.load().template).notices == expected)
  }

  @Test(
    arguments: [
      ("{}{}T;", ["notice-twice: a second 'notice' is reached on the same way"]),
      ("{/full}{/full}{/short}T;", ["notice-twice: a second variant 'full' of the notice 'standard' is reached on the same way"]),
      ("{}[thanks][thanks]T;", ["notice-twice: a second notice 'thanks' is reached on the same way"]),
      (
        "<if test=\"due\">{/full}{/short}</if><else>{/full}</else>T;",
        [
          "notice-not-reached: the variant 'short' of the notice 'standard' is not reached on every bill; a legal notice never depends on data"
        ]
      ),
      (
        "{}<if test=\"due\">[thanks]</if>T;",
        ["notice-not-reached: the notice 'thanks' is not reached on every bill; a legal notice never depends on data"]
      ),
      (
        "{}<if test=\"campaign.notice\">T;</if>",
        ["terms-not-reached: 'terms' is not reached on every bill; a legal notice never depends on data"]
      ),
      (
        "<if test=\"campaign and campaign.terms.place eq 'bill'\">{}T;</if>",
        ["notice-not-reached: 'notice' is not reached on every bill; a legal notice never depends on data"]
      ),
      (
        "<if test=\"campaign and campaign.terms.place eq 'leaflet'\">T;</if>{}",
        ["terms-not-reached: 'terms' is not reached on every bill; a legal notice never depends on data"]
      ),
      (
        "<if test=\"campaign.notice and campaign.notice eq 'thanks'\">{}[thanks]</if>T;",
        ["notice-not-reached: the notice 'standard' is not reached on every bill; a legal notice never depends on data"]
      ),
      (
        "<if test=\"campaign and due\">{}</if>T;",
        ["notice-not-reached: 'notice' is not reached on every bill; a legal notice never depends on data"]
      ),
      ("[thanks][kept]T;", ["notice-not-reached: the layout has no notice 'standard', which every campaign has, only 'thanks' and 'kept'"]),
      ("{}[thanks]", ["terms-not-reached: the layout has a 'notice' but no 'terms'; a campaign needs both"]),
      ("{}CHART[thanks]T;", ["notice-too-late: the notice must stand before the first table or chart"]),
      ("{none}{}T;", ["wrong-name: 'none' is no name of a notice: a campaign's rule that says so asks for no notice at all"]),
      (
        "{/a}{/b}{/c}{/d}{/e}T;", ["too-many-declarations: the notice 'standard' has 5 variants; at most 4 are tried on each bill"]
      ),
      (
        "{}" + (0..<20).map { "[n-\("abcdefghijklmnopqrst".map(String.init)[$0])]" }.joined() + "T;",
        ["too-many-declarations: a layout has at most 20 notices with names of their own"]
      ),
      (
        "[standard][thanks]T;",
        ["heading", "action", "keep-paper", "address", "phone"].map {
          "missing-slot: the notice needs a slot '\($0)' on every way through it"
        } + ["missing-slot: the notice needs an 'opt-in-qr' on every way through it"]
      ),
      (
        "{}<messages><notice name=\"thanks\" variant=\"x\"><slot name=\"heading\"/></notice></messages>T;",
        ["missing-slot: the notice 'thanks' needs a slot 'body' on every way through it"]
      ),
    ] as [(String, [String])])
  func everyWayReachesTheSameNotices(_ short: String, _ expected: [String]) {
    #expect(Self.errors(Layout(body: Self.body(short))) == expected)
  }

  /// Each edition is checked as a layout of its own, and offers the same notices; which variants it has is its own.
  @Test(
    arguments: [
      ("<part name=\"top\">{/large}[thanks]</part>", []),
      ("<part name=\"top\">{}[thanks/a][thanks/b]</part>", []),
      ("<block name=\"thanks\" padding=\"9mm\" margin-top=\"2mm\"/>", []),
      ("<part name=\"top\">{}</part>", ["notice-not-reached: this edition has no notice 'thanks', and another has"]),
      ("<block name=\"thanks\" show=\"no\"/>", ["notice-not-reached: this edition has no notice 'thanks', and another has"]),
      (
        "<part name=\"top\">{}[thanks][kept]</part>",
        ["notice-not-reached: the layout without its variants has no notice 'kept', and another has"]
      ),
      (
        "<part name=\"top\">{/a}{/a}[thanks]</part>",
        ["notice-twice: a second variant 'a' of the notice 'standard' is reached on the same way"]
      ),
    ] as [(String, [String])])
  func editionsOfferTheSameNotices(_ variant: String, _ expected: [String]) throws {
    let layout = Layout(
      body: Self.body("<part name=\"top\">{/full}{/short}[thanks]</part>T;"),
      declarations: "<variant format=\"large-print\">\(Self.body(variant))</variant>", root: "formats=\"standard large-print\" ")
    #expect(Self.errors(layout) == expected)
    guard expected.isEmpty else { return }
    let template = try #require(layout.load().template)
    #expect(template.notices == ["standard": ["full", "short"], "thanks": ["standard"]])
    #expect(template.editions.count == 2 && Set(template.editions[1].notices.keys) == ["standard", "thanks"])
  }

  /// `campaign.notice` is there in a notice, and where it was asked for; what is asked of the campaign shows that there is one.
  @Test(
    arguments: [
      ("<text if=\"campaign.notice\">{campaign.notice} {campaign.phase}</text>", "[text ⟨standard⟩ ⟨remind⟩]"),
      ("<text if=\"campaign and campaign.notice\">{campaign.notice}</text>", "[text ⟨standard⟩]"),
      ("<text if=\"campaign\">{campaign.terms.place} {campaign.notice | default('no')}</text>", "[text ⟨bill⟩ ⟨standard⟩]"),
      ("<text if=\"campaign.notice\">{page-of('terms')}</text>", "[text ‹page-of('terms')›]"),
    ])
  func layoutsAskWhatTheBillCarries(_ body: String, _ expected: String) throws {
    let package = Layout(body: body).load()
    #expect(package.diagnostics.filter { $0.severity == .error } == [])
    let template = try #require(package.template)
    #expect(try Outline.text(template, .sample(template, campaign: SampleBill.campaign)) == expected)
    #expect(try Outline.text(template, .sample(template)) == "")
  }

  @Test(
    arguments: [
      ("<text>{campaign.notice}</text>", "optional-value"), ("<text if=\"campaign\">{campaign.notice}</text>", "optional-value"),
      ("<text if=\"campaign.notice eq 'standard'\">x</text>", "optional-value"),
      ("<text if=\"campaign and campaign.terms.place eq 'page'\">x</text>", "wrong-value"),
    ])
  func whatABillMayLackIsNotTakenForGranted(_ body: String, _ id: String) {
    #expect(Layout(body: body).load().diagnostics.filter { $0.severity == .error }.map(\.id) == [id])
  }
}
