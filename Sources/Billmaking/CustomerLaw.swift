internal import Billing
internal import Campaigns
internal import Diagnostics
internal import Jurisdictions

/// The law that holds for a campaign's customers: that of the campaign's places and of the place the record names.
///
/// One per worker, used by one task only.
final class CustomerLaw {
  private let book: JurisdictionBook
  private let common: [String]
  private var laws: [[String]: ApplicableLaw] = [:]

  /// Different sets of places whose law is kept: customers of one company live in some dozens.
  ///
  /// - Stops: data that names another place in every record, each kept for good.
  private static let keptLaws = 200

  /// - Parameter book: The rules of all places that are known.
  init(_ campaign: Campaign, _ book: JurisdictionBook) {
    self.book = book
    common = campaign.jurisdictions
  }

  /// The campaign's places for which no rules are known.
  var warnings: [Diagnostic] {
    book.law(of: common).unchecked.map {
      Diagnostic(
        .warning, id: "not-checked", "no rules are known for the jurisdiction '\($0)' of the campaign: nothing was checked for it")
    }
  }

  /// The places whose law holds for a customer, sorted, each once.
  func places(of bill: Bill) -> [String] {
    Set(common + (bill.jurisdiction.map { [$0] } ?? [])).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// What the law of those places asks; places without rules ask nothing.
  func rules(for bill: Bill) -> ApplicableLaw {
    let places = places(of: bill)
    if let known = laws[places] { return known }
    let law = book.law(of: places)
    if laws.count < Self.keptLaws { laws[places] = law }
    return law
  }
}
