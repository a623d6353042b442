internal import Campaigns
package import Composition
package import Formats
package import Jurisdictions
package import Languages
package import LayoutLanguage
package import Money

/// What the lint looks at: a campaign made ready for composing, the law of its places, and a made-up bill in each of its languages.
package struct LintSubject {
  /// What words are evaluated with in one language.
  package struct Voice {
    let formats: LocaleFormats
    let bill: any RecordValue
    let currency: Currency
    let strings: StringTable

    /// Makes a voice of a made-up bill.
    ///
    /// - Parameter currency: The bill's.
    package init(formats: LocaleFormats, bill: any RecordValue, currency: Currency, strings: StringTable) {
      (self.formats, self.bill, self.currency, self.strings) = (formats, bill, currency, strings)
    }
  }

  let binding: CampaignBinding
  let schema: RecordType
  let book: JurisdictionBook
  let voices: [LanguageTag: Voice]

  /// Bundles what is looked at.
  ///
  /// - Parameters:
  ///   - schema: What the binding's words were compiled against.
  ///   - voices: One for each language of the campaign.
  package init(_ binding: CampaignBinding, schema: RecordType, book: JurisdictionBook, voices: [LanguageTag: Voice]) {
    (self.binding, self.schema, self.book, self.voices) = (binding, schema, book, voices)
  }

  var campaign: Campaign { binding.campaign }
}
