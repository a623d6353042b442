internal import Billing
internal import Campaigns
internal import Composition
internal import Contract
internal import Diagnostics
internal import LayoutLanguage
internal import Money
internal import Sampling

/// Made-up bills on which a campaign's notices and messages are looked at before there are real ones.
enum MadeBills {
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
}

/// What is found on made-up bills: each finding once, with the bills it was found on.
struct SurveyFindings {
  /// Bills that a finding names; the rest are counted.
  ///
  /// - Stops: nothing; a line that people read.
  private static let named = 4

  private var found: [(finding: Diagnostic, names: [String])] = []

  /// Keeps a finding on the bill of that name.
  mutating func add(_ finding: Diagnostic, _ name: String) {
    if let place = found.firstIndex(where: { $0.finding == finding }) {
      found[place].names.append(name)
    } else {
      found.append((finding, [name]))
    }
  }

  /// All of them in the order they were found, what they were found on behind each.
  ///
  /// - Parameter what: What was made up, such as `bills`.
  func told(_ what: String) -> [Diagnostic] {
    found.map { entry in
      var finding = entry.finding
      let more = entry.names.count - Self.named
      finding.message +=
        "; made-up \(what): " + entry.names.prefix(Self.named).joined(separator: "; ") + (more > 0 ? "; \(more) more" : "")
      return finding
    }
  }
}
