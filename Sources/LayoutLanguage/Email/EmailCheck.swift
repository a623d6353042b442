internal import Diagnostics

/// Proves that every way through one form of an e-mail, HTML or plain text, reaches what it has to say: the slots heading, body, action, keep-paper,
/// address and phone, the customer's own link, the way out, and the sender's postal address; in HTML the preheader, too.
///
/// What stands under a condition counts where each of its branches has it; what stands in a loop, or in what is not shown, does not.
struct EmailCheck {
  /// Which form.
  enum Form { case html, text }

  /// What must be in every message.
  private enum Part: Equatable {
    case slot(Slot)
    case link, unsubscribe, postalAddress, preheader
  }

  private let form: Form
  private let contents: [EmailContent]
  private let findings: Findings

  init(_ form: Form, _ contents: [EmailContent], _ findings: Findings) {
    (self.form, self.contents, self.findings) = (form, contents, findings)
  }

  private var phrase: String { form == .html ? "an e-mail's HTML" : "an e-mail's plain text" }

  /// - Parameter root: What is pointed to where something is nowhere in the file.
  func run(root: SourceRange) {
    for slot in Slot.required {
      check(
        .slot(slot), .missingSlot, "a slot '\(slot.rawValue)'", suggestion: "add <slot name=\"\(slot.rawValue)\"/>", root)
    }
    let isHTML = form == .html
    check(
      .link, .emailIncomplete, isHTML ? "a link to 'campaign.opt-in.link'" : "the customer's link",
      suggestion: isHTML ? "add <a href=\"{campaign.opt-in.link}\">…</a>" : "add {campaign.opt-in.link}", root)
    check(
      .unsubscribe, .emailIncomplete, isHTML ? "a link to 'campaign.email.unsubscribe'" : "the way out",
      suggestion: isHTML ? "add <a href=\"{campaign.email.unsubscribe}\">…</a>" : "add {campaign.email.unsubscribe}", root)
    check(
      .postalAddress, .emailIncomplete, "the sender's postal address", suggestion: "add {campaign.email.postal-address}", root)
    guard isHTML else { return }
    check(
      .preheader, .emailPreheader, "the preheader", suggestion: "add {campaign.email.preheader} at the beginning of 'body'", root,
      isError: false)
  }

  private func check(
    _ part: Part, _ finding: LanguageFinding, _ subject: String, suggestion: String, _ root: SourceRange, isError: Bool = true
  ) {
    if contents.contains(where: { holds($0, part) }) { return }
    let chance = contents.lazy.compactMap { self.chance($0, part, "") }.first
    let message = "\(phrase) needs \(subject) on every way through it" + (chance.map { ", and this one \($0.reason)" } ?? "")
    let place = chance?.range ?? root
    let hint = chance == nil ? suggestion : nil
    if isError {
      findings.error(finding, message, at: place, suggestion: hint)
    } else {
      findings.warning(finding, message, at: place, suggestion: hint)
    }
  }

  // MARK: What makes a part

  private func isMade(_ part: Part, by slot: EmailSlot) -> Bool { part == .slot(slot.slot) }

  private func isMade(_ part: Part, by text: TextTemplate) -> Bool {
    switch part {
    case .slot: false
    case .link: form == .text && text.says(.optIn, BillSchema.CampaignOptIn.link.rawValue)
    case .unsubscribe: form == .text && text.says(.email, BillSchema.CampaignEmail.unsubscribe.rawValue)
    case .postalAddress: text.says(.email, BillSchema.CampaignEmail.postalAddress.rawValue)
    case .preheader: text.says(.email, BillSchema.CampaignEmail.preheader.rawValue)
    }
  }

  private func isMade(_ part: Part, by element: EmailElement) -> Bool {
    guard element.tag == .a, let address = element[.href]?.value, address.pieces.count == 1 else { return false }
    return switch part {
    case .link: address.says(.optIn, BillSchema.CampaignOptIn.link.rawValue)
    case .unsubscribe: address.says(.email, BillSchema.CampaignEmail.unsubscribe.rawValue)
    default: false
    }
  }

  /// Why what stands in the element is not seen; the preheader may be hidden, since the list of messages shows it.
  private func isUnseen(_ element: EmailElement, _ part: Part) -> Bool {
    if element.tag == .head { return true }
    guard part != .preheader else { return false }
    return EmailStyle(element[.style]?.literal ?? "")["display"]?.value.lowercased() == "none"
  }

  // MARK: Ways

  private func holds(_ content: EmailContent, _ part: Part) -> Bool {
    switch content {
    case .text(let text): isMade(part, by: text)
    case .slot(let slot): isMade(part, by: slot)
    case .css, .repeat: false
    case .choice(let branches):
      branches.contains { $0.condition == nil } && branches.allSatisfy { $0.contents.contains { holds($0, part) } }
    case .element(let element):
      element.each == nil && element.condition == nil && !isUnseen(element, part)
        && (isMade(part, by: element) || element.children.contains { holds($0, part) })
    }
  }

  /// The first such part, and why it does not count.
  private func chance(_ content: EmailContent, _ part: Part, _ reason: String) -> (range: SourceRange, reason: String)? {
    func inner(_ contents: [EmailContent], _ reason: String) -> (range: SourceRange, reason: String)? {
      contents.lazy.compactMap { self.chance($0, part, reason) }.first
    }
    func first(_ other: String) -> String { reason.isEmpty ? other : reason }
    switch content {
    case .css: return nil
    case .text(let text): return isMade(part, by: text) ? text.firstRange.map { ($0, reason) } : nil
    case .slot(let slot): return isMade(part, by: slot) ? (slot.range, reason) : nil
    case .repeat(_, let contents): return inner(contents, first("stands in a loop, which may run never"))
    case .choice(let branches):
      return branches.lazy.compactMap { inner($0.contents, first("depends on a condition, not all of whose branches have one")) }.first
    case .element(let element):
      var reason = reason
      if element.each != nil { reason = first("stands in a loop, which may run never") }
      if element.condition != nil { reason = first("depends on a condition") }
      if isUnseen(element, part) { reason = first(element.tag == .head ? "stands in 'head', which is not shown" : "is not shown") }
      if isMade(part, by: element) { return (element.range, reason) }
      return inner(element.children, reason)
    }
  }
}

extension TextTemplate {
  /// Whether it prints that field of `campaign`, as it is.
  fileprivate func says(_ part: BillSchema.Campaign, _ field: Int) -> Bool {
    pieces.contains { piece in
      guard case .value(let expression) = piece, case .member(.member(.campaign, part.rawValue), field) = expression.operation else {
        return false
      }
      return true
    }
  }

  fileprivate var firstRange: SourceRange? {
    for case .value(let expression) in pieces { return expression.range }
    return nil
  }
}
