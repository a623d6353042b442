extension BillSchema {
  /// `campaign` as the templates of e-mails may name it: always there, with the customer's own link and what only an e-mail has; what is decided
  /// for each bill is withheld.
  static let emailCampaign: RecordType = {
    let own = "an e-mail says the same whatever its customer's bill carries"
    let known = BillSchema.campaign(having: [], isEmail: true).withholding([Campaign.notice.rawValue: own])
    return RecordType(
      known.name,
      known.fields.enumerated().map { slot, field in
        guard slot == Campaign.terms.rawValue, case .record(let terms) = field.type else { return field }
        return RecordType.Field(field.name, .record(terms.withholding([CampaignTerms.place.rawValue: own])))
      })
  }()

  /// Why nothing but the templates of e-mails may name a field.
  static let onlyInEmail = "only the templates of e-mails know it"
}
