internal import Campaigns
internal import Diagnostics
internal import Languages

/// What is typed of web addresses and phone numbers is the way in that the campaign has, in every language and phase.
struct ContactRule: LintRule {
  private static let rule = RuleReference("contact", source: "Billfold's own rule: one way in, everywhere the same")

  func check(_ scene: LintScene, _ report: inout LintReport) {
    let optIn = scene.campaign.optIn
    func normalized(_ addresses: [String?]) -> [String] { addresses.compactMap { $0 }.map { ContactFinder.normalized($0) } }
    let open = normalized([optIn.open?.show, optIn.open?.url])
    let every = normalized([optIn.show, optIn.url]) + open
    for text in scene.words {
      let phone = optIn.phone(text.scene.language)
      // On open mail only the open way in is one, also in words that are right in the notice they come from.
      let isCard = text.scene.teller == .postcard
      let known = isCard ? open : every
      let expected = (isCard ? [] : [optIn.show]) + (optIn.open.map { [$0.show] } ?? [])
      for part in text.parts {
        let isTaken = text.taken.contains(part.source.range)
        let links = part.source.document.linkAddresses
        let addresses = ContactFinder.addresses(in: part.typed).map(String.init) + links.filter { $0.lowercased().hasPrefix("http") }
        for address in addresses where !known.contains(ContactFinder.normalized(address)) {
          if isTaken, !every.contains(ContactFinder.normalized(address)) { continue }
          report.add(
            Diagnostic(
              .warning, id: "contact-differs",
              "'\(address)' is not the campaign's \(isCard ? "address for open mail" : "address"); expected "
                + expected.map { "'\($0)'" }.joined(separator: " or "),
              at: part.range(of: address)), Self.rule, in: text.scene)
        }
        if isTaken { continue }
        let phones =
          ContactFinder.phones(in: part.typed).map(String.init)
          + links.filter { $0.lowercased().hasPrefix("tel:") }.map { String($0.dropFirst(4)) }
        for number in phones where phone.map({ !ContactFinder.isSame(number, $0) }) ?? true {
          report.add(
            Diagnostic(
              .warning, id: "contact-differs",
              "'\(number)' is not the campaign's phone number" + (phone.map { " in \(text.scene.language), '\($0)'" } ?? ""),
              at: part.range(of: number)), Self.rule, in: text.scene)
        }
      }
    }
    let phones = scene.campaign.languages.compactMap { language in optIn.phone(language).map { (language, $0) } }
    if let first = phones.first, let other = phones.first(where: { !ContactFinder.isSame($0.1, first.1) }) {
      report.add(
        Diagnostic(
          .note, id: "contact-differs", "the phone number is '\(first.1)' in \(first.0) and '\(other.1)' in \(other.0)",
          at: scene.campaign.places.phone), Self.rule)
    }
  }
}

extension MarkdownDocument {
  /// The addresses of links that hold no expression.
  var linkAddresses: [String] {
    var found: [String] = []
    func walk(_ inlines: [MarkdownInline]) {
      for inline in inlines {
        switch inline {
        case .link(let address, _, let inner):
          let isTyped = address.allSatisfy { if case .text = $0 { true } else { false } }
          if isTyped { found.append(address.plainText) }
          walk(inner)
        case .emphasis(let inner), .strong(let inner), .code(let inner): walk(inner)
        case .text, .expression, .softBreak, .lineBreak: break
        }
      }
    }
    func walk(_ blocks: [MarkdownBlock]) {
      for block in blocks {
        switch block.content {
        case .heading(_, let inlines), .paragraph(let inlines): walk(inlines)
        case .list(let list): for item in list.items { walk(item) }
        case .quote(let inner): walk(inner)
        default: break
        }
      }
    }
    walk(blocks)
    return found
  }
}
