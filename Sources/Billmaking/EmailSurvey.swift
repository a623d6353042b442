internal import Billing
internal import CampaignLint
internal import Campaigns
internal import Composition
internal import Consents
internal import Contract
internal import Diagnostics
internal import Languages
internal import LayoutLanguage

/// E-mails made of made-up bills, one in each phase and language, and in each other format: whether both forms of each say the same, and whether its end is seen.
struct EmailSurvey {
  private let job: LayoutJob
  private let template: EmailTemplate
  private let maker: EmailMaker
  private var found = SurveyFindings()

  /// Makes the e-mails.
  ///
  /// - Returns: What is wrong with them; each finding once, with the messages it was found in. Nothing where the layout has no e-mail, or the campaign
  ///   sends none.
  static func findings(_ job: LayoutJob) -> [Diagnostic] {
    guard let template = job.email, let maker = EmailMaker(job), let campaign = job.campaign?.campaign else { return [] }
    var survey = EmailSurvey(job: job, template: template, maker: maker)
    for language in campaign.languages where job.template.languageIndex(for: language.text) != nil {
      guard let formats = try? job.formats(language.text) else { continue }
      let finder = SaidFacts.Finder(formats.formats)
      for (number, (format, bill)) in MadeBills.whole(job, in: language.text).enumerated() {
        // Words differ from phase to phase, forms hardly.
        for phase in Phase.allCases where number == 0 || phase == .announce {
          let decision = ChannelDecision(phase: phase, language: language, rule: "survey", state: .undecided)
          survey.look(at: bill, decision, finder, "\(language), \(phase.rawValue), \(format)")
        }
      }
    }
    return survey.found.told("messages")
  }

  private mutating func look(at bill: Bill, _ decision: ChannelDecision, _ finder: SaidFacts.Finder, _ name: String) {
    do throws(RecordFault) {
      let record = BillRecord(bill, extra: try job.extra(of: bill))
      let email = try maker.make(for: bill, record, decision, to: try bill.emailRecipient(), jurisdictions: nil)
      for warning in email.facts.warnings where warning.code == "email-clipped" {
        found.add(Diagnostic(.warning, id: "email-clipped", warning.message, at: template.html.range), name)
      }
      for link in email.composed.misleading {
        // Without what is the customer's own.
        let start = link.address.hasPrefix("https://") ? link.address.dropFirst(8) : link.address[...]
        let host = start.prefix { !"/?#".contains($0) }
        found.add(
          Diagnostic(
            .warning, id: "email-link-text",
            "a link says '\(link.words)' and leads to '\(host)': readers, and filters, take that for a fraud",
            at: template.html.range), name)
      }
      let html = ShownHTML(email.composed.html)
      let (marked, plain) = (finder.facts(in: html.words, links: html.links), finder.facts(in: email.composed.text))
      tell(marked.missing(in: plain), "the plain text does not say what the HTML says", name)
      tell(plain.missing(in: marked), "the HTML does not say what the plain text says", name)
    } catch {
      found.add(
        Diagnostic(.warning, id: error.code.rawValue, "the e-mail cannot be made: \(error.statement)", at: template.html.range), name)
    }
  }

  private mutating func tell(_ facts: [String], _ what: String, _ name: String) {
    guard !facts.isEmpty else { return }
    let said = facts.map { "'\($0)'" }.joined(separator: ", ")
    found.add(Diagnostic(.warning, id: "email-forms-differ", "\(what): \(said)", at: template.html.range), name)
  }
}

/// The words that HTML of ours shows, and where its links lead.
struct ShownHTML {
  private(set) var words = ""
  private(set) var links: [String] = []

  /// Reads a document that ``EmailComposer`` wrote: well-formed tags, attributes in double quotes, five references. Complexity: linear.
  init(_ html: String) {
    var rest = Substring(html)
    // The head is not shown.
    if let body = rest.firstRange(of: "<body") { rest = rest[body.lowerBound...] }
    while let start = rest.firstIndex(of: "<") {
      words += Self.plain(rest[..<start])
      guard let end = rest[start...].firstIndex(of: ">") else { break }
      let tag = rest[start...end]
      // Words of two blocks are not one.
      words += " "
      if tag.hasPrefix("<a "), let mark = tag.firstRange(of: "href=\"") {
        links.append(Self.plain(tag[mark.upperBound...].prefix { $0 != "\"" }))
      }
      rest = rest[rest.index(after: end)...]
    }
    words += Self.plain(rest)
    links = links.filter { $0.hasPrefix("https:") }
  }

  private static func plain(_ text: Substring) -> String {
    guard text.contains("&") else { return String(text) }
    return String(text).replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"").replacing(
      "&#39;", with: "'"
    )
    .replacing("&amp;", with: "&")
  }
}
