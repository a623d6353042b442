internal import Campaigns
internal import Composition
internal import Diagnostics
internal import Formats
internal import Jurisdictions
internal import Languages
internal import LayoutLanguage
internal import Money

/// A campaign with all its words evaluated as a bill would print them.
struct LintScene {
  let campaign: Campaign
  let book: JurisdictionBook
  /// That of the campaign's places.
  let law: ApplicableLaw
  /// The words of every notice, phase and language, and behind them those of postcard and e-mail.
  let words: [NoticeText]
  /// The words of each disclosure by language, in the order of the campaign.
  let phrases: [[LanguageTag: PlainWords]]
  /// The terms in each language.
  let terms: [LanguageTag: PlainWords]
  /// Their headings, paragraphs and items.
  let termsParagraphs: [LanguageTag: [String]]
  let voices: [LanguageTag: LintSubject.Voice]
  private let lists: LintLanguages

  init(_ subject: LintSubject) throws(DiagnosticList) {
    let campaign = subject.campaign
    self.campaign = campaign
    (book, voices) = (subject.book, subject.voices)
    law = subject.book.law(of: campaign.jurisdictions)
    lists = try LintLanguages()
    var findings: [Diagnostic] = []
    var words: [NoticeText] = []
    for notice in campaign.notices {
      for phase in Phase.allCases {
        for language in campaign.languages {
          guard let source = notice.words(phase, language), let compiled = subject.binding.words(of: notice.name, phase, language),
            let environment = subject.environment(phase, language, notice: notice.name)
          else { continue }
          let scene = LintReport.Scene(teller: .notice(notice.name), language: language, phase: phase)
          do throws(Diagnostic) {
            words.append(NoticeText(scene: scene, parts: try SlotText.all(source, compiled, environment)))
          } catch {
            findings.append(error)
          }
        }
      }
    }
    for phase in Phase.allCases {
      for language in campaign.languages {
        let notice = Set(campaign.words(phase, language)?.all.map(\.text.range) ?? [])
        let channels: [(LintReport.Teller, Words?, CompiledWords?, Environment?)] = [
          (
            .postcard, campaign.postcard?.words(phase, language), subject.binding.cardWords(phase, language),
            subject.environment(language) { subject.binding.cardRecord(phase, language, currency: $0) }
          ),
          (
            .email, campaign.email?.words(phase, language), subject.binding.emailWords(phase, language),
            subject.environment(language) { subject.binding.emailRecord(phase, language, currency: $0) }
          ),
        ]
        for (teller, source, compiled, environment) in channels {
          guard let source, let compiled, let environment else { continue }
          let scene = LintReport.Scene(teller: teller, language: language, phase: phase)
          do throws(Diagnostic) {
            words.append(NoticeText(scene: scene, parts: try SlotText.all(source, compiled, environment), taken: notice))
          } catch {
            findings.append(error)
          }
        }
      }
    }
    self.words = words
    var phrases: [[LanguageTag: PlainWords]] = campaign.disclosures.map { _ in [:] }
    for language in campaign.languages {
      do throws(Diagnostic) {
        let texts = try subject.binding.phrases(in: language) { disclosure in
          disclosure.phases.sorted().first.flatMap { subject.environment($0, language, notice: Notice.standardName) }
        }
        for (index, text) in texts.enumerated() { phrases[index][language] = text }
      } catch {
        findings.append(error)
      }
    }
    self.phrases = phrases
    var terms: [LanguageTag: PlainWords] = [:]
    var paragraphs: [LanguageTag: [String]] = [:]
    for language in campaign.languages {
      guard let text = campaign.terms[language] else { continue }
      var words = PlainWords()
      for block in text.document.blocks {
        words.addGap()
        words.append(block.plainText)
        paragraphs[language, default: []] += block.plainText.split(separator: "\n").map { PlainWords(String($0)).text }
      }
      terms[language] = words
    }
    (self.terms, termsParagraphs) = (terms, paragraphs)
    guard findings.isEmpty else { throw DiagnosticList(findings) }
  }

  /// The words of the standard notice.
  var standard: [NoticeText] { words.filter(\.scene.isStandard) }

  /// What is known of a language's words; `nil` where nothing is.
  func list(_ language: LanguageTag) -> LintLanguages.List? { lists[language] }

  /// Where the campaign names the place that a rule of law comes from.
  func place(of rule: LawRule) -> SourceRange? {
    let code = campaign.jurisdictions.first { book.law(of: [$0]).rules.contains { $0.id == rule.id } }
    return code.flatMap { campaign.places.jurisdiction($0) }
  }
}

extension LintSubject {
  /// What words of a notice are evaluated in.
  func environment(_ phase: Phase, _ language: LanguageTag, notice: String) -> Environment? {
    let terms = campaign.audience.first { $0.notice == notice }?.terms ?? .bill
    return environment(language) { binding.record(phase, language, currency: $0, notice: notice, terms: terms) }
  }

  /// What words are evaluated in.
  ///
  /// - Parameter record: What they read as `campaign`, with the amounts of a currency.
  func environment(_ language: LanguageTag, _ record: (Currency) -> Value) -> Environment? {
    guard let voice = voices[language] else { return nil }
    return Environment(
      bill: voice.bill, campaign: record(voice.currency), formatter: FormatsBinding(voice.formats), currency: voice.currency,
      strings: voice.strings)
  }
}
