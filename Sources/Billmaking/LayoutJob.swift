internal import Billing
internal import Campaigns
internal import Composition
internal import Contract
internal import Diagnostics
internal import Digests
internal import Geometry
internal import Jurisdictions
internal import Languages
internal import Layout
internal import LayoutLanguage
internal import Painting
internal import Typography

/// Layout, campaign, fonts and key of one command, read and checked: everything that does not change from bill to bill.
///
/// One per worker, used by one task only.
final class LayoutJob {
  let options: JobOptions
  let template: Template
  /// The layout of leaflets in the same folder, with the same campaign and fonts; `nil` where there is none, and of a leaflet.
  let leaflet: LayoutJob?
  /// The layout of postcards in the same folder; `nil` where there is none, and of a leaflet or postcard.
  let postcard: LayoutJob?
  /// The templates of e-mails in the same folder; `nil` where there are none, and of a leaflet or postcard.
  let email: EmailTemplate?
  let stock: TemplateStock
  let fonts: FontSet
  let campaign: CampaignBinding?
  /// The law for the campaign's customers; `nil` without a campaign.
  let law: CustomerLaw?
  /// Of the files of the company's own rules; `nil` without.
  let rulesDigest: String?
  let press: Press
  /// Whether crop marks are printed: where pages are cut, which without a bleed only those of postcards are.
  let hasMarks: Bool
  /// Findings that stop nothing.
  let warnings: [Diagnostic]
  private let package: LayoutPackage

  var book: FontBook { fonts.book }
  var setter: TypographicSetter { fonts.setter }

  /// Reads everything the options name.
  ///
  /// - Parameter known: Fonts that are open already; must be current for these options.
  /// - Throws: All findings, in the order layout, fonts, images, campaign, key.
  init(_ options: JobOptions, fonts known: FontSet? = nil) throws(DiagnosticList) {
    self.options = options
    let package = LayoutPackage.load(folder: options.layout)
    self.package = package
    guard let template = package.template else { throw DiagnosticList(package.diagnostics) }
    self.template = template
    if let known { fonts = known } else { fonts = try FontSet(options) }
    let book = fonts.book
    var findings: [Diagnostic] = []
    for template in [template, package.leaflet, package.postcard].compactMap(\.self) {
      LayoutJob.checkFonts(template, book, &findings)
      if template.hyphenates { for language in template.languages { _ = book.hyphenates(language) } }
    }
    for language in template.languages {
      do throws(Diagnostic) { _ = try fonts.formats(language) } catch { findings.append(error) }
    }
    if options.specimen, let language = template.strings.first(where: { $0.words("specimen") == nil })?.language {
      findings.append(
        Diagnostic(
          id: "missing-string", "the strings of '\(language)' have no 'specimen', the word that '--specimen' prints across each page"))
    }
    if let tag = options.language, template.languageIndex(for: tag) == nil {
      findings.append(
        Diagnostic(
          id: "language-not-offered",
          "the layout has no strings for '\(tag)' of '--language'; expected one of \(template.languages.joined(separator: ", "))"))
    }
    if !findings.isEmpty { throw DiagnosticList(findings) }
    stock = try TemplateStock(template)
    campaign = try LayoutJob.campaign(options, template, hasLeaflet: package.leaflet != nil)
    if campaign != nil || options.rules != nil {
      let book = try JurisdictionBook.load(options.rules)
      (law, rulesDigest) = (campaign.map { CustomerLaw($0.campaign, book) }, book.ownDigest)
    } else {
      (law, rulesDigest) = (nil, nil)
    }
    press = Press(fonts: fonts.shelf, images: stock.images)
    hasMarks = options.hasMarks && template.bleed > .zero
    leaflet = try LayoutJob(beside: package.leaflet, of: package, options, fonts: fonts, campaign, law, rulesDigest: rulesDigest)
    postcard = try LayoutJob(
      beside: package.postcard, of: package, options, fonts: fonts, campaign, law, rulesDigest: rulesDigest, isAlwaysCut: true)
    email = package.email
    let missing = LayoutJob.channelFindings(options, campaign, hasPostcard: package.postcard != nil, hasEmail: package.email != nil)
    if missing.contains(where: { $0.severity == .error }) { throw DiagnosticList(missing) }
    warnings =
      package.diagnostics + FontCheck.warnings(template, book) + (leaflet?.warnings ?? []) + (postcard?.warnings ?? []) + missing
      + (campaign?.loaded.warnings ?? []) + (campaign?.key?.warnings ?? []) + (law?.warnings ?? [])
  }

  /// The layout of leaflets or postcards, beside that of its folder's bills.
  ///
  /// - Parameter isAlwaysCut: Whether its pages are cut without a bleed, too.
  /// - Returns: `nil` where the folder has none.
  /// - Throws: Pictures that cannot be read.
  private init?(
    beside template: Template?, of package: LayoutPackage, _ options: JobOptions, fonts: FontSet, _ campaign: CampaignBinding?,
    _ law: CustomerLaw?, rulesDigest: String?, isAlwaysCut: Bool = false
  ) throws(DiagnosticList) {
    guard let template else { return nil }
    (self.options, self.package, self.template, self.fonts) = (options, package, template, fonts)
    (self.campaign, self.law, self.rulesDigest, leaflet, postcard, email) = (campaign, law, rulesDigest, nil, nil, nil)
    hasMarks = options.hasMarks && (isAlwaysCut || template.bleed > .zero)
    stock = try TemplateStock(template)
    press = Press(fonts: fonts.shelf, images: stock.images)
    warnings = FontCheck.warnings(template, fonts.book)
  }

  /// Every family, weight and slant that a style asks for is there, or is reported at the style's place.
  private static func checkFonts(_ template: Template, _ book: FontBook, _ findings: inout [Diagnostic]) {
    var asked: Set<TextStyle.Properties> = []
    for format in template.formats.indices {
      for language in template.languages.indices {
        let styles = StyleBook(
          sheet: template.styleSheet(format: format, language: language), index: 0, rootStyle: template.style)
        let root = styles.root
        for context in [root, root.bold] + styles.sheet.styles.indices.map({ root.styled($0) }) { asked.insert(context.text.properties) }
      }
    }
    var reported: Set<FontFamilyFault> = []
    for properties in asked.sorted(by: { ($0.families.joined(), $0.weight) < ($1.families.joined(), $1.weight) }) {
      do throws(FontFamilyFault) {
        _ = try book.resolve(properties.families, weight: properties.weight, slant: properties.slant)
      } catch {
        guard reported.insert(error).inserted else { continue }
        findings.append(error.diagnostic(at: template.families.first { $0.family == error.family }?.range))
      }
    }
    // Families that only single elements name: the one bill that reaches them would be too late, and their files belong to the digest.
    let styled = Set(asked.flatMap(\.families))
    let regular = TextStyle.Properties()
    for use in template.families where !styled.contains(use.family) {
      do throws(FontFamilyFault) { _ = try book.resolve([use.family], weight: regular.weight, slant: regular.slant) } catch {
        // A family without an upright face may be meant for italics only.
        if case .missingSlant = error.reason { continue }
        guard reported.insert(error).inserted else { continue }
        findings.append(error.diagnostic(at: use.range))
      }
    }
  }

  private static func campaign(
    _ options: JobOptions, _ template: Template, hasLeaflet: Bool
  ) throws(DiagnosticList) -> CampaignBinding? {
    guard let path = options.campaign else { return nil }
    let loaded = try Campaign.load(CampaignPath.file(path), layout: options.layout)
    if let obstacle = template.campaignObstacle {
      throw DiagnosticList([
        Diagnostic(id: "layout-without-notice", "the layout cannot be used with a campaign: \(obstacle)")
      ])
    }
    var findings: [Diagnostic] = []
    for language in loaded.campaign.languages where template.languageIndex(for: language.text) == nil {
      findings.append(
        Diagnostic(
          id: "campaign-language-without-strings",
          "the campaign has words in '\(language)', but the layout has no strings for it; expected 'strings/\(language).yaml'"))
    }
    let known = template.notices.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for rule in loaded.campaign.audience {
      if let notice = rule.notice, !known.contains(notice) {
        findings.append(
          Diagnostic(
            id: "unknown-notice",
            "the layout has no <notice name=\"\(notice)\">, which the rule '\(rule.name)' asks for; it has \(known.joined(separator: ", "))",
            at: rule.places.notice))
      }
    }
    findings += leafletFindings(loaded.campaign, hasLeaflet: hasLeaflet)
    if let fault = loaded.campaign.ledgerFault(options) { findings.append(fault) }
    var key: TokenKey?
    if let keyPath = options.tokenKey {
      do throws(TokenKey.Failure) { key = try TokenKey.load(keyPath) } catch {
        findings.append(Diagnostic(id: "token-key", error.message))
      }
    } else if loaded.campaign.needsToken(sendsEmails: options.pieces.contains(.email)), options.purpose == .print, !options.specimen {
      let holder = loaded.campaign.optIn.needsToken ? "the campaign's address has" : "'list-unsubscribe' of the campaign's e-mails has"
      findings.append(Diagnostic(id: "token-key", "\(holder) '{token}'; expected '--token-key FILE' with 32 bytes or more"))
    }
    if !findings.isEmpty { throw DiagnosticList(findings) }
    return try CampaignBinding(loaded, schema: template.schema, key: key, isSpecimen: options.specimen)
  }

  /// The folders whose files decide how bills look: the layout's and the campaign's.
  var folders: [String] {
    var folders = [options.layout]
    if let path = options.campaign {
      let file = CampaignPath.file(path)
      if let slash = file.lastIndex(of: "/") { folders.append(String(file[..<slash])) }
    }
    return folders
  }

  /// What a bill's record has below `extra`, as the layout declares it.
  ///
  /// - Throws: `missing-field` or `wrong-type`.
  func extra(of bill: Bill) throws(RecordFault) -> any RecordValue {
    guard case .record(let type) = template.schema.fields[BillSchema.Slot.extra.rawValue].type.unwrapped else { return ValueRecord([]) }
    return try ExtraBinding.record(bill.extra, as: type)
  }

  /// The formats of one of the layout's languages.
  func formats(_ language: String) throws(Diagnostic) -> FormatsBinding { try fonts.formats(language) }

  // MARK: Digests

  /// Of all files the layout refers to, by relative path.
  var layoutDigest: String { Digest256.hex(files: package.files.map { ($0.path, $0.bytes) }) }
  /// Of all files the campaign refers to, by relative path.
  var campaignDigest: String? { campaign.map { Digest256.hex(files: $0.loaded.files.map { ($0.path, $0.bytes) }) } }
  /// Of the font and hyphenation files in use, and of the table directories of all faces that a name in an unforeseen script may call for.
  var fontsDigest: String { Digest256.hex(files: (book.loadedFiles + book.directories).map { ($0.name, $0.bytes) }) }
  /// What a worker says and its parent compares: the inputs must not have changed since the run began.
  var fingerprint: [UInt8] { fingerprint(fonts: fontsDigest) }
  /// The same for who has the ``fontsDigest`` already, which is one of megabytes.
  func fingerprint(fonts: String) -> [UInt8] {
    Array([layoutDigest, campaignDigest ?? "", rulesDigest ?? "", fonts, campaign?.key?.check ?? ""].joined(separator: " ").utf8)
  }
}

extension Template {
  /// Whether any style asks for hyphenation, so that its dictionaries are among the files the output depends on.
  fileprivate var hyphenates: Bool {
    formats.indices.contains { format in
      languages.indices.contains { styleSheet(format: format, language: $0).styles.contains { $0.hyphenates == true } }
    }
  }
}
