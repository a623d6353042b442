internal import Billing
internal import CampaignLint
internal import Campaigns
internal import Composition
public import Contract
public import Diagnostics
internal import Formats
internal import Jurisdictions
internal import Languages
internal import LayoutLanguage
internal import Money
internal import Sampling

extension Workshop {
  /// Holds a campaign against the law of its places and against good practice, as counsel asks for it.
  ///
  /// - Parameter options: Without a layout, words may read only what every bill has; with one, the notice is measured on made-up bills, too.
  /// - Returns: All findings, each with its place; of none, nothing is wrong.
  /// - Throws: What keeps campaign, layout or rules from being read.
  public static func lint(_ options: JobOptions) throws(DiagnosticList) -> [Diagnostic] {
    if options.hasLayout {
      let job = try LayoutJob(options)
      return job.warnings + (try job.lint(for: .counsel)) + NoticeSurvey.findings(job) + EmailSurvey.findings(job)
    }
    let loaded = try Campaign.load(CampaignPath.file(options.campaign ?? ""))
    let binding: CampaignBinding
    do throws(DiagnosticList) {
      binding = try CampaignBinding(loaded, schema: BillSchema.standard, key: nil, isSpecimen: true, parts: [.words])
    } catch {
      throw DiagnosticList(error.diagnostics.map(\.needingLayout))
    }
    let book = try JurisdictionBook.load(options.rules)
    var voices: [LanguageTag: LintSubject.Voice] = [:]
    for language in loaded.campaign.languages {
      do throws(Diagnostic) {
        voices[language] = try Self.voice(
          loaded.campaign, language, formats: LocaleFormats(language: language.text), strings: StringTable.empty(language: language.text),
          fields: []
        ) { _ in ValueRecord([]) }
      } catch {
        throw DiagnosticList([error])
      }
    }
    let subject = LintSubject(binding, schema: BillSchema.standard, book: book, voices: voices)
    return loaded.warnings + CustomerLaw(loaded.campaign, book).warnings + (try CampaignLint(subject, for: .counsel).run())
  }

  /// The line that reports of the lint end with.
  public static let lintAdvice = CampaignLint.advice

  /// A made-up bill in a language of the campaign, and what its words are written with.
  ///
  /// - Parameter extra: What the layout declares of the bill's record.
  /// - Throws: A made-up bill that cannot be read, which is a defect.
  fileprivate static func voice(
    _ campaign: Campaign, _ language: LanguageTag, formats: LocaleFormats, strings: StringTable, fields: [SampleField],
    extra: (Bill) throws(RecordFault) -> any RecordValue
  ) throws(Diagnostic) -> LintSubject.Voice {
    let bills = ExtremeBills(
      languages: [language.text], formats: [Bill.Format.standard.rawValue], fields: fields,
      currency: campaign.paper?.currency.code ?? "USD", issued: campaign.phases.announce)
    guard let record = bills.records(of: .language).first else {
      throw Diagnostic(id: "defect", "there is no made-up bill to fill in words with")
    }
    do throws(RecordFault) {
      let bill = try BillReader().read(record.json).bill
      return LintSubject.Voice(
        formats: formats, bill: BillRecord(bill, extra: try extra(bill)), currency: bill.currency, strings: strings)
    } catch {
      throw Diagnostic(id: "defect", "the made-up bill cannot be read: \(error.message)")
    }
  }
}

extension LayoutJob {
  /// What the lint finds in the campaign; nothing without one.
  ///
  /// - Throws: What is wrong with expressions of its words.
  func lint(for audience: CampaignLint.Audience) throws(DiagnosticList) -> [Diagnostic] {
    guard let binding = campaign, let book = law?.book else { return [] }
    var voices: [LanguageTag: LintSubject.Voice] = [:]
    for language in binding.campaign.languages {
      guard let index = template.languageIndex(for: language.text) else { continue }
      do throws(Diagnostic) {
        voices[language] = try Workshop.voice(
          binding.campaign, language, formats: try formats(template.languages[index]).formats, strings: template.strings[index],
          fields: template.fields.map(\.sampleField)
        ) { (bill) throws(RecordFault) in try self.extra(of: bill) }
      } catch {
        throw DiagnosticList([error])
      }
    }
    return try CampaignLint(LintSubject(binding, schema: template.schema, book: book, voices: voices), for: audience).run()
  }
}

extension Diagnostic {
  /// The finding of words that read a field below `extra`, told as what it is where no layout is named.
  fileprivate var needingLayout: Diagnostic {
    guard id == "unknown-field", message.contains("'extra'") else { return self }
    return Diagnostic(
      id: "layout-needed", "the words read a field below 'extra', which only a layout declares; expected '--layout DIR'", at: range)
  }
}
