extension ElementRegistry {
  /// Examples of elements that show only together with others, or need more files than the layout.
  static let sharedExamples: [ElementKind: ElementSpec.Example] = {
    var examples: [ElementKind: ElementSpec.Example] = [:]
    for kind in [ElementKind.messages, .slot, .optInQR, .inlineSlot] { examples[kind] = notice }
    for kind in [ElementKind.tableColumn, .tableGroup, .tableRow, .tableHeader, .cell] { examples[kind] = .init(tableExample) }
    for kind in [ElementKind.tableBrought, .tableCarried, .tableFooter] { examples[kind] = carried }
    for kind in [ElementKind.include, .partial, .param] { examples[kind] = partial }
    examples[.notice] = notices
    examples[.terms] = terms
    examples[.termsChanges] = .init(
      "<messages><terms-changes title=\"What changes for you\" changed=\"Changed\" new=\"New\" removed=\"Removed\" style=\"small\" "
        + "border=\"0.75pt #0B6E4F\" padding=\"3mm\" gap=\"1mm\" margin-bottom=\"3mm\"/>"
        + "<terms style=\"small\" bar=\"2pt #0B6E4F start\" changed=\"(changed)\" new=\"(new)\"/></messages>\n<page-break/>\n<messages>\(noticeBlock)</messages>",
      declarations: small, sheet: 70)
    examples[.insert] = .init(
      "<messages><insert priority=\"1\"><box fill=\"#FFF3D6\" padding=\"3mm\"><text>A word about our heat pumps.</text></box></insert></messages>"
    )
    examples[.image] = .init(
      "<image src=\"images/leaf.svg\" width=\"20mm\" describe=\"A leaf\"/>", files: ["images/leaf.svg": leaf])
    examples[.inlineImage] = .init(
      "<text>Green power <image src=\"images/leaf.svg\" height=\"90%\" align=\"middle\" describe=\"A leaf\"/> {customer.name}</text>",
      files: ["images/leaf.svg": leaf])
    examples[.string] = .init(
      "<text><t key=\"lines\" n=\"{sections | count}\" due=\"{due | date | default('—')}\"/></text>",
      files: ["strings/en-US.yaml": "lines: \"{n, plural, one {One section} other {# sections}}, due {due}\"\n"])
    examples[.pageBreak] = .init("<text>{customer.name}</text><page-break/><text>{account}</text>", sheet: 24)
    examples[.else] = .init(
      "<if test=\"totals.due gt 0\"><text>{totals.due | money}</text></if><else if=\"totals.due lt 0\"><text>{totals.due | abs | money}</text>"
        + "</else><else><text>{issued | date}</text></else>")
    examples[.fields] = .init(
      "<text>{extra.meter | default('—')}</text>",
      declarations: "<fields><field path=\"extra.meter\" type=\"text\" optional=\"yes\" sample=\"E-4471-09\"/></fields>")
    let variant = ElementSpec.Example(
      "<text style=\"plain\" color=\"brand\">{customer.name}</text>",
      declarations: "<color name=\"brand\" value=\"#0B6E4F\"/><style name=\"plain\" size=\"10pt\"/>"
        + "<variant language=\"en\"><style name=\"plain\" size=\"16pt\"/><color name=\"brand\" value=\"#1B3FA0\"/></variant>")
    (examples[.variantStyle], examples[.variantColor]) = (variant, variant)
    for kind in [ElementKind.variantPage, .variantPlace] { examples[kind] = variantPage }
    examples[.variantZone] = variantZone
    for kind in [ElementKind.variantTable, .variantColumn] { examples[kind] = variantTable }
    examples[.variantBlock] = .init(
      "<row gap=\"4mm\"><text name=\"who\" width=\"20mm\">{customer.name}</text><text width=\"1fr\">{account}</text></row>",
      declarations: "<variant language=\"en\"><block name=\"who\" width=\"60mm\"/></variant>")
    for kind in [ElementKind.part, .variantPart] {
      examples[kind] = .init(
        "<part name=\"amount\"><text>{totals.due | money}</text></part>",
        declarations:
          "<variant language=\"en\"><part name=\"amount\"><text size=\"20pt\" weight=\"bold\">{totals.due | money}</text></part></variant>")
    }
    examples[.page] = .init(
      "<text>{customer.name}</text>",
      pages: "<page name=\"next\" margin=\"10mm 15mm\"><footer><text tabs=\"end\">{account}<tab/>{page} / {pages}</text></footer></page>",
      sheet: 40)
    examples[.body] = .init("<text>{customer.name}</text><text>{totals.due | money}</text>", sheet: 24)
    examples[.bill] = examples[.body]
    examples[.leaflet] = leafletExample
    examples[.postcard] = postcardExample
    return examples
  }()

  private static let noticeBlock = """
    <notice fill="#E7F1ED" bar="4pt #0B6E4F" padding="4mm" style="small"><row gap="4mm"><column width="1fr" gap="1mm">\
    <text size="13pt" line-height="15pt" weight="bold"><slot name="heading"/></text><slot name="body"/><slot name="action"/>\
    <slot name="keep-paper"/></column><column width="34mm"><opt-in-qr size="22mm" describe="Your own opt-in page as a code"/>\
    <slot name="address"/><slot name="phone"/></column></row></notice>
    """
  private static let variantPage = ElementSpec.Example(
    "<text>{customer.name}</text>",
    declarations: """
      <variant language="en"><page name="next" margin="6mm 6mm 20mm"><place name="account" x="40mm" width="60mm" y="25mm"/>\
      <footer><text size="14pt">{page} / {pages}</text></footer></page></variant>
      """,
    pages:
      "<page name=\"next\" margin=\"6mm\"><place name=\"account\" x=\"6mm\" y=\"30mm\" width=\"40mm\"><text>{account}</text></place></page>"
  )
  private static let variantZone = ElementSpec.Example(
    "<text>{customer.name}</text>",
    declarations: """
      <variant language="en"><page name="next"><place name="address" x="12mm"/>\
      <zone name="window" x="10mm" width="70mm" if="delivery ne 'electronic'"/></page></variant>
      """,
    pages: """
      <page name="next" margin="6mm"><zone name="window" kind="window" x="25mm" y="20mm" width="60mm" height="20mm"/>\
      <place name="address" x="30mm" y="24mm" width="50mm" zone="window"><text>{customer.name}</text></place></page>
      """)
  private static let variantTable = ElementSpec.Example(
    "<table name=\"charges\"><column name=\"what\" width=\"1fr\"/><column name=\"amount\" width=\"20mm\" align=\"decimal\"/>"
      + "<row each=\"section in sections\"><cell>{section.title}</cell><cell>{section.subtotal | money}</cell></row></table>",
    declarations: "<variant language=\"en\"><table name=\"charges\"><column name=\"amount\" width=\"50mm\"/></table></variant>")
  private static let leafletExample = ElementSpec.Example(
    "<messages>\(noticeBlock)</messages>\n<page-break/>\n<messages><terms/></messages>", declarations: small,
    files: [
      "terms.xml": """
      <leaflet paper="110mm 70mm" style="text" xmlns="\(XMLParser.namespace)">
        <style name="text" font="Inter" size="8.5pt" line-height="11.5pt"/>
        <style name="title" size="12pt" line-height="15pt" weight="bold"/>
        <page name="next" margin="6mm">
          <footer><text tabs="end">{campaign.company | default('')}<tab/>{page} / {pages}</text></footer>
        </page>
        <body gap="2mm">
          <text style="title" heading="1">{campaign.terms.version}</text>
          <terms columns="2" gap="5mm" bar="2pt #0B6E4F start" changed="(changed)"/>
        </body>
      </leaflet>

      """
    ], sheet: 70)
  private static let postcardExample = ElementSpec.Example(
    "<messages>\(noticeBlock)</messages>\n<page-break/>\n<messages><terms/></messages>", declarations: small,
    files: [
      "postcard.xml": """
      <postcard paper="6in 4.25in" bleed="0.125in" style="text" post="usps" xmlns="\(XMLParser.namespace)">
        <style name="text" font="Inter" size="11pt" line-height="15pt"/>
        <style name="heading" size="20pt" line-height="24pt" weight="bold"/>
        <page name="first" margin="0.4in">
          <place x="-0.125in" y="-0.125in" width="0.325in" height="4.5in"><box fill="#0B6E4F" height="4.5in"/></place>
        </page>
        <page name="last" margin="0.4in">
          <zone name="read" kind="clear" from="usps read-area" on="reject"/>
          <zone name="foot" kind="clear" from="usps barcode-zone" on="reject"/>
          <place x="2.2in" y="1.9in" width="3.2in" height="1.6in" fit="shrink" min-size="8pt" zone="read">
            <barcode kind="imb" service-type="310" mailer-id="123456" routing="{customer.postal.imb_routing | default('')}"
              describe="The barcode of the post"/>
            <column margin-top="3pt"><text>{customer.name}</text><text each="line in customer.address">{line}</text></column>
          </place>
        </page>
        <body gap="2mm">
          <text style="heading" heading="1"><slot name="heading"/></text>
          <row gap="6mm">
            <column width="1fr" gap="2mm"><slot name="action"/><slot name="keep-paper"/><slot name="phone"/></column>
            <column width="38mm" gap="1mm" align="center">
              <opt-in-qr size="25mm" describe="The page where you choose, as a code"/><text size="8pt"><slot name="address"/></text>
            </column>
          </row>
          <page-break/>
          <text>{campaign.company | default('Aspen Water')}<br/>18 River Street<br/>Salem OR 97301</text>
        </body>
      </postcard>

      """
    ], sheet: 70)
  private static let small = "<style name=\"small\" size=\"8pt\" line-height=\"10pt\"/>"
  private static let notice = ElementSpec.Example(
    "<messages>\(noticeBlock)</messages>\n<page-break/>\n<messages><terms/></messages>", declarations: small, sheet: 70)
  /// One in two variants, and another.
  private static let notices = ElementSpec.Example(
    """
    <messages>\(noticeBlock.replacing("<notice ", with: "<notice variant=\"full\" "))
    <notice variant="short" bar="4pt #0B6E4F" padding="2mm 4mm" style="small"><row gap="4mm"><column width="1fr">\
    <text size="10pt" line-height="12pt" weight="bold"><slot name="heading"/></text>\
    <text><slot name="body"/> <slot name="action"/> <slot name="keep-paper"/></text><text><slot name="address"/> <slot name="phone"/></text>\
    </column><opt-in-qr size="22mm" describe="Your own opt-in page as a code"/></row></notice>
    <notice name="thanks" style="small"><slot name="body"/></notice></messages>
    <text>{customer.name}</text>
    <page-break/>
    <messages><terms/></messages>
    """, declarations: small, sheet: 70)
  private static let terms = ElementSpec.Example(
    "<messages><terms columns=\"2\" gap=\"5mm\" style=\"small\" bar=\"2pt #0B6E4F start\" changed=\"(changed)\">"
      + "<text weight=\"bold\">Terms, version {campaign.terms.version}</text></terms></messages>\n<page-break/>\n<messages>\(noticeBlock)</messages>",
    declarations: small, sheet: 70)

  private static let carried = ElementSpec.Example(
    """
    <table><column width="1fr"/><column name="amount" width="24mm" align="decimal" sum="line.amount"/>\
    <header rule="0.5pt #767676"><cell>Charge</cell><cell>Amount</cell></header>\
    <group each="section in sections"><row each="line in section.lines"><cell>{line.description}</cell><cell>{line.amount | money}</cell></row></group>\
    <brought><cell>Brought forward</cell><cell>{sum.amount | money}</cell></brought>\
    <carried><cell>Carried forward</cell><cell>{sum.amount | money}</cell></carried>\
    <footer weight="bold"><cell>Sum</cell><cell>{sum.amount | money}</cell></footer></table>
    """, pages: "<page name=\"next\" margin=\"6mm 6mm 32mm\"/>")

  private static let partial = ElementSpec.Example(
    "<include src=\"parts/fact.xml\" label=\"Amount due\" value=\"{totals.due}\"/>\n"
      + "<include src=\"parts/fact.xml\" label=\"New charges\" value=\"{totals.charges}\"/>",
    files: [
      "parts/fact.xml": """
      <partial xmlns="\(XMLParser.namespace)">
        <param name="label" type="text"/>
        <param name="value" type="amount"/>
        <text tabs="end">{label}<tab/><b>{value | money}</b></text>
      </partial>

      """
    ])

  private static let leaf = """
    <svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" viewBox="0 0 40 40">
      <path d="M4 36 C4 14 18 4 36 4 C36 22 26 36 4 36 Z" fill="#0B6E4F"/>
      <path d="M4 36 L26 14" stroke="#FFFFFF" stroke-width="2"/>
    </svg>

    """
}
