internal import Campaigns
internal import Composition
internal import Contract
internal import Diagnostics
internal import Digests
internal import Formats
internal import Jurisdictions
internal import Languages
internal import LayoutLanguage

/// What a plan is made with: campaign and law, and the layout where there is one.
///
/// One per worker, used by one task only.
final class PlanJob {
  let options: JobOptions
  let binding: CampaignBinding
  let law: CustomerLaw
  let deciding: CampaignDeciding
  /// `nil` where none was named.
  let layout: LayoutJob?
  private let rulesDigest: String?
  private var formats: [String: FormatsBinding] = [:]

  /// Reads everything the options name.
  ///
  /// - Throws: All findings; `layout-needed` for a condition that reads what a layout declares, where there is none.
  init(_ options: JobOptions) throws(DiagnosticList) {
    self.options = options
    if options.hasLayout {
      let layout = try LayoutJob(options)
      guard let binding = layout.campaign, let law = layout.law else { throw Self.withoutCampaign }
      (self.layout, self.binding, self.law, rulesDigest) = (layout, binding, law, nil)
    } else {
      guard let path = options.campaign else { throw Self.withoutCampaign }
      layout = nil
      let loaded = try Campaign.load(CampaignPath.file(path))
      if let fault = loaded.campaign.ledgerFault(options) { throw DiagnosticList([fault]) }
      binding = try Self.binding(loaded, options)
      let book = try JurisdictionBook.load(options.rules)
      (law, rulesDigest) = (CustomerLaw(loaded.campaign, book), book.ownDigest)
    }
    deciding = CampaignDeciding(binding, options)
  }

  private static let withoutCampaign = DiagnosticList([Diagnostic(id: "defect", "a plan without a campaign")])

  /// The campaign's conditions, compiled against the record that every layout knows; its words are nobody's concern here.
  private static func binding(_ loaded: LoadedCampaign, _ options: JobOptions) throws(DiagnosticList) -> CampaignBinding {
    let parts: Set<CampaignBinding.Part> = options.purpose == .coverage ? [] : [.conditions]
    do throws(DiagnosticList) {
      return try CampaignBinding(loaded, schema: BillSchema.standard, key: nil, isSpecimen: true, parts: parts)
    } catch {
      // What a layout declares stands below `extra`: a finding there says nothing of the campaign.
      let rules =
        loaded.campaign.audience.map { ($0.name, $0.condition) }
        + ((loaded.campaign.postcard?.rules ?? []) + (loaded.campaign.email?.rules ?? [])).map { ($0.name, $0.condition) }
      let places = rules.compactMap { name, condition in
        condition.flatMap { $0.text.contains("extra") ? (name, $0.range) : nil }
      }
      var findings: [Diagnostic] = []
      for finding in error.diagnostics {
        let place = places.first { _, range in
          finding.range.map { $0.file == range.file && range.bytes.overlaps($0.bytes) } ?? false
        }
        let found = place.map { name, range in
          Diagnostic(
            id: "layout-needed",
            "the condition of the rule '\(name)' reads a field below 'extra', which only a layout declares; expected '--layout DIR'",
            at: range)
        }
        if !findings.contains(found ?? finding) { findings.append(found ?? finding) }
      }
      throw DiagnosticList(findings)
    }
  }

  var campaign: Campaign { binding.campaign }

  /// Findings that stop nothing.
  var warnings: [Diagnostic] { layout?.warnings ?? binding.loaded.warnings + law.warnings }

  /// What conditions of a bill write amounts, numbers and dates with: the layout's formats and strings for its language, or those of the
  /// campaign's.
  func voice(for bill: LanguageTag) throws(Diagnostic) -> CampaignDeciding.Voice {
    if let layout {
      let index = layout.template.languageMatch(for: bill.text)?.place ?? 0
      return (try layout.formats(layout.template.languages[index]), layout.template.strings[index])
    }
    let language = (campaign.language(for: bill) ?? campaign.languages[0]).text
    if formats[language] == nil { formats[language] = FormatsBinding(try LocaleFormats(language: language)) }
    guard let known = formats[language] else { throw Diagnostic(id: "defect", "formats that were made are gone") }
    return (known, StringTable.empty(language: language))
  }

  /// What a worker compares: the inputs must not have changed since the command began.
  var fingerprint: [UInt8] {
    if let layout { return layout.fingerprint }
    let files = Digest256.hex(files: binding.loaded.files.map { ($0.path, $0.bytes) })
    return Array([files, rulesDigest ?? ""].joined(separator: " ").utf8)
  }

  /// The language e-invoices are read in, which name none.
  var language: String? { layout?.template.languages.first ?? campaign.languages.first?.text }
}

extension Campaign {
  /// What keeps the campaign from being used with a ledger; `nil` where nothing does, and where there is none.
  func ledgerFault(_ options: JobOptions) -> Diagnostic? {
    guard options.ledger != nil, company == nil else { return nil }
    return Diagnostic(
      id: "company-missing",
      "the campaign does not say whose it is, which a ledger asks for; expected 'company: NAME' in '\(CampaignPath.file(options.campaign ?? ""))', "
        + "the name that was given to 'ledger create'")
  }
}
