internal import Billing
internal import Diagnostics
internal import MailAddresses

extension Bill {
  /// Where an e-mail to the customer goes.
  ///
  /// - Throws: `email-address` where the record has no address, or one that no server takes.
  func emailAddress() throws(RecordFault) -> MailAddress {
    let path = "$.customer.email"
    guard let text = customer.email else {
      throw RecordFault("email-address", "the customer is to get an e-mail, and the record has no address for it", path: path)
    }
    do throws(MailAddress.Fault) { return try MailAddress(text) } catch {
      throw RecordFault("email-address", "the customer's e-mail address, '\(text.prefix(80))', \(error.reason)", path: path)
    }
  }
}
