extension BillSchema {
  private static let openMail = "a postcard is open mail, which everybody can read"

  /// The record as a postcard's layout and words may name it: to whom it goes, its language and its format; all else is withheld.
  public static let postcard: RecordType = {
    let open = bill().withholding(allBut: [Slot.customer, .language, .format].map(\.rawValue), because: openMail)
    return RecordType(
      open.name,
      open.fields.enumerated().map { slot, field in
        guard slot == Slot.customer.rawValue else { return field }
        return RecordType.Field(field.name, .record(customer.withholding([Customer.email.rawValue: openMail])))
      })
  }()

  /// `campaign` as a postcard's layout may name it, which is always there and has the open address; what is decided for each bill is withheld.
  static let postcardCampaign: RecordType = {
    let own = "a postcard says the same whatever its customer's bill carries"
    let known = BillSchema.campaign(having: .openAddress).withholding([Campaign.notice.rawValue: own])
    return RecordType(
      known.name,
      known.fields.enumerated().map { slot, field in
        guard slot == Campaign.terms.rawValue, case .record(let terms) = field.type else { return field }
        return RecordType.Field(field.name, .record(terms.withholding([CampaignTerms.place.rawValue: own])))
      })
  }()
}
