internal import Billing
internal import Campaigns
internal import Composition
internal import Diagnostics
internal import LayoutLanguage

extension LayoutJob {
  /// What is wrong with rules that send the terms on a leaflet: the layout has none, or the words of their notice say on which page of the bill
  /// the terms begin.
  static func leafletFindings(_ campaign: Campaign, hasLeaflet: Bool) -> [Diagnostic] {
    var findings: [Diagnostic] = []
    for rule in campaign.audience where rule.terms == .leaflet {
      if !hasLeaflet {
        findings.append(
          Diagnostic(
            id: "leaflet-missing",
            "the rule '\(rule.name)' sends the terms on a leaflet, and the layout has none; expected 'terms.xml' in the layout's folder, or "
              + "'terms: bill' or 'terms: none'",
            at: rule.places.terms))
      }
      guard let name = rule.notice, let notice = campaign.notice(name) else { continue }
      let pages = Phase.allCases.flatMap { phase in
        campaign.languages.compactMap { notice.words(phase, $0) }.flatMap { $0.all.compactMap { $0.text.termsPage } }
      }
      for place in pages {
        let finding = Diagnostic(
          id: "terms-page-missing",
          "these words say on which page of the bill the terms begin, and the rule '\(rule.name)' sends them on a leaflet; expected words without "
            + "it, and the page in the layout's strings, under if=\"campaign.terms.place eq 'bill'\"",
          at: place, notes: rule.places.terms.map { [Diagnostic.Note("the rule", at: $0)] } ?? [])
        // A phase that takes its words from another has the same.
        if !findings.contains(where: { $0.id == finding.id && $0.range == place }) { findings.append(finding) }
      }
    }
    return findings
  }
}

extension LayoutJob {
  /// Why leaflets that a rule may ask for cannot be made, in the languages of the campaign and the formats of their layout.
  ///
  /// - Complexity: That of a bill for each of them; nothing where no rule asks for one.
  var leafletFaults: [Diagnostic] {
    guard let campaign = campaign?.campaign, campaign.audience.contains(where: { $0.terms == .leaflet }), let leaflets = LeafletMaker(self)
    else { return [] }
    var findings: [Diagnostic] = []
    for format in leaflet?.template.formats.compactMap(Bill.Format.init(rawValue:)) ?? [] {
      for language in campaign.languages {
        do throws(RecordFault) { _ = try leaflets.leaflet(in: language, format: format) } catch {
          findings.append(Diagnostic(id: error.code.rawValue, error.fullMessage))
        }
      }
    }
    return findings
  }
}

extension CampaignText {
  /// Where the text says the page of the terms; `nil` where it does not.
  fileprivate var termsPage: SourceRange? {
    document.expressions.first { expression in
      let written = expression.source.filter { !$0.isWhitespace }
      return written == "terms-page" || written == "page-of('terms')"
    }.map { range(of: $0.range) }
  }
}

extension MarkdownDocument {
  /// All that is to be filled in.
  fileprivate var expressions: [MarkdownExpression] { blocks.flatMap(\.expressions) }
}

extension MarkdownBlock {
  fileprivate var expressions: [MarkdownExpression] {
    switch content {
    case .heading(_, let inlines), .paragraph(let inlines): inlines.flatMap(\.expressions)
    case .list(let list): list.items.joined().flatMap(\.expressions)
    case .quote(let blocks): blocks.flatMap(\.expressions)
    case .table(let table): ([table.header] + table.rows).joined().joined().flatMap(\.expressions)
    case .thematicBreak: []
    }
  }
}

extension MarkdownInline {
  fileprivate var expressions: [MarkdownExpression] {
    switch self {
    case .expression(let expression): [expression]
    case .emphasis(let inner), .strong(let inner), .code(let inner): inner.flatMap(\.expressions)
    case .link(let address, let title, let inner): (address + title + inner).flatMap(\.expressions)
    case .text, .softBreak, .lineBreak: []
    }
  }
}
