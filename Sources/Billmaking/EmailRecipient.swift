internal import Billing
internal import Contract
internal import Diagnostics
internal import MailAddresses

extension Bill {
  /// Whom an e-mail to the customer goes to.
  ///
  /// - Throws: `email-address` where the record has no address, or one that no server takes.
  func emailRecipient() throws(RecordFault) -> Mailbox {
    let path = "$.customer.email"
    guard let text = customer.email, !text.isEmpty else {
      throw RecordFault(.emailAddress, "the customer is to get an e-mail, and the record has no address for it", path: path)
    }
    do throws(MailAddress.Fault) { return Mailbox(name: customer.name, address: try MailAddress(text)) } catch {
      throw RecordFault(
        .emailAddress, "the address of the customer's e-mail \(error.reason); expected one address such as 'ana@mail.example'", path: path)
    }
  }
}
