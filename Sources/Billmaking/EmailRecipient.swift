internal import Billing
internal import Contract
internal import Diagnostics
internal import MailAddresses

extension Bill {
  /// Whom an e-mail to the customer goes to.
  ///
  /// - Parameter warnings: Those of the record: an address that held a line end is none, whatever is left of it.
  /// - Throws: `email-address` where the record has no address, or one that no server takes.
  func emailRecipient(_ warnings: [RecordWarning] = []) throws(RecordFault) -> Mailbox {
    let path = "$.customer.email"
    if warnings.contains(where: { $0.code == .controlCharactersRemoved && $0.path == path }) {
      throw RecordFault(
        .emailAddress,
        "the address of the customer's e-mail holds a line end or another control character; expected one address such as 'ana@mail.example'",
        path: path)
    }
    guard let text = customer.email, !text.isEmpty else {
      throw RecordFault(.emailAddress, "the customer is to get an e-mail, and the record has no address for it", path: path)
    }
    do throws(MailAddress.Fault) { return Mailbox(name: customer.name, address: try MailAddress(text)) } catch {
      throw RecordFault(
        .emailAddress, "the address of the customer's e-mail \(error.reason); expected one address such as 'ana@mail.example'", path: path)
    }
  }
}
