extension BillSchema {
  /// The record as a leaflet's layout may name it: one file serves all customers of a language and format, so that all else is withheld.
  static let leaflet = bill().withholding(
    allBut: [Slot.language, .format].map(\.rawValue),
    because: "a leaflet is one file for all customers, and shows nothing of a bill's record")

  /// `campaign` as a leaflet's layout may name it: without what differs from bill to bill.
  static let leafletCampaign = campaign.withholding(
    [
      Campaign.notice.rawValue: "bills with different notices share one leaflet",
      Campaign.phase.rawValue: "bills of different phases share one leaflet",
    ])
}

extension RecordType {
  /// The same record with fields that may not be named, each by its slot with the reason.
  func withholding(_ reasons: [Int: String]) -> RecordType {
    RecordType(
      name,
      fields.enumerated().map { slot, field in
        Field(field.name, field.type, isIdentifier: field.isIdentifier, withheld: reasons[slot] ?? field.withheld)
      })
  }

  /// The same record of which only the fields in those slots may be named.
  func withholding(allBut slots: [Int], because reason: String) -> RecordType {
    withholding(Dictionary(uniqueKeysWithValues: fields.indices.filter { !slots.contains($0) }.map { ($0, reason) }))
  }
}
