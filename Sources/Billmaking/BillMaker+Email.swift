internal import Billing
internal import Campaigns
internal import Composition
internal import Contract
internal import Diagnostics
internal import LayoutLanguage
internal import MailAddresses

extension BillMaker {
  /// The e-mail that goes to a bill's customer.
  ///
  /// - Parameters:
  ///   - other: Whom it goes to instead of the record's customer, for those who only look at it.
  ///   - warnings: Those of the record.
  /// - Returns: `nil` where the customer is to have none.
  /// - Throws: Why it cannot be made; the bill can.
  func email(
    of composed: ComposedBill, _ occasion: Occasion, to other: Mailbox? = nil, warnings: [RecordWarning] = []
  ) throws(RecordFault) -> MadeEmail? {
    guard let emails, let standing = composed.standing else { return nil }
    let bill = composed.bill
    let decision = try deciding.email(for: bill, standing.record, standing.state, standing.history, occasion) {
      () throws(Diagnostic) in try voice(of: composed)
    }
    guard let decision else { return nil }
    if let law = job.law, let fault = law.emailFault(law.rules(for: bill)) { throw fault }
    var recipient = other
    if recipient == nil { recipient = try bill.emailRecipient(warnings) }
    guard let recipient else { return nil }
    return try emails.make(for: bill, standing.record, decision, to: recipient, jurisdictions: job.law?.places(of: bill))
  }

  /// The e-mail of a record as a piece beside the record's other pieces.
  ///
  /// - Parameter warnings: Those of the record.
  /// - Returns: `nil` where there is none, or the run makes none.
  /// - Throws: Why it cannot be made.
  func emailPiece(
    of composed: ComposedBill, _ record: borrowing RecordInput, _ warnings: [RecordWarning]
  ) throws(RecordFault) -> Piece? {
    guard record.isFirst, job.options.pieces.contains(.email), let email = try email(of: composed, occasion, warnings: warnings)
    else { return nil }
    return Piece(facts: email.facts, bytes: job.options.purpose == .print ? email.bytes : [])
  }
}
