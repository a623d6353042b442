import Diagnostics
import Geometry
import LayoutLanguage
import Testing

/// The layout of postcards: what it may name, what must be on it, and what is said of the rest. Single faults stand in the gallery.
@Suite struct PostcardTests {
  private static let bill = """
    <bill paper="A4" xmlns="urn:billfold:layout:1"><page name="next" margin="15mm"/><body><text>{customer.name}</text></body></bill>
    """
  static let slots =
    "<slot name=\"heading\"/><slot name=\"address\"/><slot name=\"phone\"/><slot name=\"keep-paper\"/><opt-in-qr size=\"25mm\"/>"

  static func card(_ body: String, pages: String = "<page name=\"next\" margin=\"8mm\"/>", root: String = "", declarations: String = "")
    -> String
  {
    "<postcard paper=\"A6\"\(root) xmlns=\"urn:billfold:layout:1\">\(declarations)\(pages)<body>\(body)</body></postcard>"
  }

  static func load(_ card: String, strings: String = "{}\n", files: [String: String] = [:]) -> LayoutPackage {
    var all = ["layout.xml": bill, "postcard.xml": card, "strings/en-US.yaml": strings]
    all.merge(files) { $1 }
    return LayoutPackage.load(MemoryFiles(all.mapValues { Array($0.utf8) }))
  }

  private static func findings(_ package: LayoutPackage) -> [String] { package.diagnostics.map { "\($0.id): \($0.message)" } }

  @Test func aFolderWithoutACardHasNone() {
    let package = LayoutPackage.load(MemoryFiles(["layout.xml": Array(Self.bill.utf8), "strings/en-US.yaml": Array("{}\n".utf8)]))
    #expect(package.template != nil && package.postcard == nil && package.diagnostics.isEmpty)
  }

  @Test func whatACardMayNameIsKnownAndNeedsNoWordOnTheCampaign() throws {
    let package = Self.load(
      Self.card(
        Self.slots + """
          <text>{customer.name}, {customer.address | join(', ')}, {customer.postal.city | default('')}, {language}, {format}</text>
          <text if="language eq 'en-US' and format ne 'large-print'">{campaign.active | date}: {campaign.opt-in.open.show}, {campaign.opt-in.phone}</text>
          <text each="line in customer.address">{line}</text><text>{campaign.company | default('')} {campaign.terms.version} {t.post}</text>
          """),
      strings: "post: Presorted\n")
    #expect(Self.findings(package) == [])
    let card = try #require(package.postcard)
    // A string that only the card uses is used.
    #expect(package.template != nil && card.post == "" && card.pageLimit == 2)
  }

  @Test func aCardWithABarcodeOfThePostGoesByItsProfile() throws {
    let barcode = "<barcode kind=\"imb\" service-type=\"310\" mailer-id=\"123456\" describe=\"Barcode\"/>"
    #expect(try #require(Self.load(Self.card(Self.slots + barcode)).postcard).post == "usps")
    #expect(try #require(Self.load(Self.card(Self.slots, root: " post=\"deutsche-post\"")).postcard).post == "deutsche-post")
  }

  /// The words stand wherever the card wants them: on the page, in the flow, in messages and a notice of theirs.
  @Test(
    arguments: [
      (slots, "<page name=\"next\" margin=\"8mm\"/>"),
      ("<messages><notice>\(slots)</notice></messages>", "<page name=\"next\" margin=\"8mm\"/>"),
      ("<text>x</text>", "<page name=\"next\" margin=\"8mm\"><place x=\"5mm\" y=\"5mm\" width=\"80mm\">\(slots)</place></page>"),
      (
        "<text>x</text>",
        "<page name=\"next\" margin=\"8mm\"><place x=\"5mm\" y=\"5mm\" width=\"80mm\"><messages><notice>\(slots)</notice></messages></place></page>"
      ),
      ("<text>x</text>", "<page name=\"next\" margin=\"8mm\"><footer>\(slots)</footer></page>"),
      ("<if test=\"language eq 'en-US'\">\(slots)</if><else>\(slots)</else>", "<page name=\"next\" margin=\"8mm\"/>"),
      (
        "<alternatives><column>\(slots)</column><column><text>x</text>\(slots)</column></alternatives>",
        "<page name=\"next\" margin=\"8mm\"/>"
      ),
      (
        "<text>x</text><page-break/>",
        "<page name=\"first\" margin=\"8mm\"/><page name=\"last\" margin=\"8mm\"><place x=\"5mm\" y=\"5mm\" width=\"80mm\">\(slots)</place></page>"
      ),
      (
        "<text>x</text><page-break/>",
        "<page name=\"first\" margin=\"8mm\"/><page name=\"next\" margin=\"8mm\"><place x=\"5mm\" y=\"5mm\" width=\"80mm\">\(slots)</place></page>"
      ),
    ])
  func wordsStandAnywhere(_ body: String, _ pages: String) {
    let found = Self.findings(Self.load(Self.card(body, pages: pages)))
    #expect(found == [])
  }

  @Test(
    arguments: [
      ("<if test=\"language eq 'en-US'\">\(slots)</if>", "depends on a condition, not all of whose branches have one"),
      ("<column if=\"format eq 'standard'\">\(slots)</column>", "depends on a condition"),
      ("<column each=\"l in customer.address\">\(slots)</column>", "stands in a loop, which may run never"),
      ("<alternatives><column>\(slots)</column><text>x</text></alternatives>", "is one of alternatives, not all of which have one"),
      ("<column height=\"50mm\" else=\"cut\">\(slots)</column>", "may be cut: a block around it says else=\"cut\""),
      ("<place x=\"1mm\" y=\"1mm\" width=\"80mm\" else=\"cut\">\(slots)</place>", "may be cut: the place around it says else=\"cut\""),
      ("<messages><insert>\(slots)</insert></messages>", "stands in an 'insert', which is left out where there is no room"),
    ])
  func whatMayBeMissingDoesNotCount(_ body: String, _ reason: String) {
    let expected = ["a slot 'heading'", "a slot 'address'", "a slot 'phone'", "a slot 'keep-paper'", "an 'opt-in-qr'"].map {
      "missing-slot: a postcard needs \($0) on every way through it, and this one \(reason)"
    }
    #expect(Self.findings(Self.load(Self.card(body))) == expected)
  }

  /// Each edition is a card of its own.
  @Test func anEditionThatLeavesAWordOutSaysWhichVariantMakesIt() throws {
    let package = Self.load(
      Self.card(
        "<part name=\"words\">\(Self.slots)</part>", root: " formats=\"standard large-print\"",
        declarations: "<variant format=\"large-print\"><part name=\"words\"><slot name=\"heading\"/></part></variant>"))
    let found = package.diagnostics
    #expect(found.map(\.id) == Array(repeating: "missing-slot", count: 4))
    #expect(found.allSatisfy { $0.notes.map(\.message) == ["in the edition that this variant makes"] })
  }

  /// A bill's own fields stay open to the bill, whatever the card beside it may name.
  @Test func withheldFieldsAreWithheldFromTheCardAlone() {
    let partial = "<partial xmlns=\"urn:billfold:layout:1\"><text>{account}</text></partial>"
    let bill = Self.bill.replacing("<text>{customer.name}</text>", with: "<include src=\"parts/who.xml\"/>")
    let open = Self.load(Self.card(Self.slots), files: ["layout.xml": bill, "parts/who.xml": partial])
    #expect(Self.findings(open) == [])
    let both = Self.load(
      Self.card(Self.slots + "<include src=\"parts/who.xml\"/>"), files: ["layout.xml": bill, "parts/who.xml": partial])
    #expect(Self.findings(both) == ["withheld-field: 'account' cannot be used here: a postcard is open mail, which everybody can read"])
    #expect(both.diagnostics.first?.range?.file.name == "parts/who.xml")
  }

  /// Every field of the record but those of the address is refused, wherever it is named.
  @Test func everyOtherFieldIsWithheld() {
    let open = ["customer", "language", "format"]
    for field in BillSchema.standard.fields.map(\.name) where !open.contains(field) {
      for use in ["<text>{\(field) | count}</text>", "<rule if=\"\(field)\"/>", "<text each=\"x in \(field)\">x</text>"] {
        let found = Self.load(Self.card(Self.slots + use)).diagnostics
        #expect(found.contains { $0.id == "withheld-field" && $0.message.contains("open mail") && $0.range != nil }, "\(use)")
        #expect(found.allSatisfy { $0.range?.file.name == "postcard.xml" })
      }
    }
  }

  private static func zones(_ page: String, variant: String = "") -> LayoutPackage {
    load(
      card(
        slots, pages: "<page name=\"next\" margin=\"8mm\">\(page)</page>", root: " formats=\"standard large-print\"",
        declarations: variant.isEmpty
          ? "" : "<variant format=\"large-print\"><page name=\"next\">\(variant)</page></variant>"
      ).replacing("paper=\"A6\"", with: "paper=\"9in 6in\""))
  }

  private static func forms(_ package: LayoutPackage) throws -> [[ZoneDeclaration.Form]] {
    try #require(package.postcard).editions.map { $0.pages.flatMap(\.zones).map(\.form) }
  }

  /// The place comes from the profile and the sheet; a variant may measure it, or take another.
  @Test func zonesLieWhereTheProfilePutsThem() throws {
    let read = "<zone name=\"read\" kind=\"clear\" from=\"usps read-area\"/>"
    let area = ZoneDeclaration.Form.area(Rect(x: .inches(0.5), y: .inches(3.25), width: .inches(8), height: .inches(2.125)))
    #expect(try Self.forms(Self.zones(read)) == [[area]])
    let measured = ZoneDeclaration.Form.area(Rect(x: .inches(1), y: .inches(1), width: .inches(2), height: .inches(3)))
    #expect(
      try Self.forms(Self.zones(read, variant: "<zone name=\"read\" x=\"1in\" y=\"1in\" width=\"2in\" height=\"3in\"/>"))
        == [[area], [measured]])
    let own = "<zone name=\"read\" kind=\"clear\" x=\"1in\" y=\"1in\" width=\"2in\" height=\"3in\"/>"
    #expect(
      try Self.forms(Self.zones(own, variant: "<zone name=\"read\" from=\"usps read-area\"/>")) == [[measured], [area]])
    #expect(
      Self.findings(
        Self.load(
          Self.card(
            Self.slots,
            pages: "<page name=\"next\" margin=\"8mm\"><zone name=\"foot\" kind=\"clear\" from=\"usps barcode-zone\"/></page>")))
        == ["wrong-value: a sheet of 105mm by 148mm has no room for the area 'barcode-zone'"])
  }
}
