internal import Billing
internal import Campaigns
internal import Composition
internal import Contract
internal import LayoutLanguage
internal import Money
internal import Sampling

/// Made-up bills on which a campaign's notices and messages are looked at before there are real ones.
enum MadeBills {
  /// Bills that a finding names; the rest are counted.
  ///
  /// - Stops: nothing; a line that people read.
  private static let named = 4

  /// A bill with every field filled in each format of the layout.
  static func whole(_ job: LayoutJob, in language: String) -> [(format: String, bill: Bill)] {
    let records = ExtremeBills(
      languages: [language], formats: job.template.formats, fields: job.template.fields.map(\.sampleField),
      currency: job.campaign?.campaign.paper?.currency.code ?? "USD"
    ).records()
    return job.template.formats.compactMap { format in
      let kind: ExtremeBills.Kind = format == Bill.Format.largePrint.rawValue ? .largePrint : .language
      guard let record = records.first(where: { $0.kind == kind }), var bill = try? BillReader().read(record.json).bill else { return nil }
      // Whatever the customers' law asks, the campaign's is meant here.
      bill.jurisdiction = nil
      return (format, bill)
    }
  }

  /// The first of their names, and how many more there are.
  static func named(_ names: [String]) -> String {
    let more = names.count - named
    return names.prefix(named).joined(separator: "; ") + (more > 0 ? "; \(more) more" : "")
  }
}
