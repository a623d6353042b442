internal import Campaigns
internal import Composition
internal import Contract
internal import Diagnostics
internal import Encodings
internal import LayoutLanguage
internal import Mail
internal import MailAddresses

extension BillPreviewer {
  /// The e-mail of a bill's customer, as if the record were the account's first. Where only the address is missing, the message is shown all the same.
  func email(beside bill: KeptBill, _ request: PreviewRequest) throws(RecordFault) -> KeptPiece {
    guard maker.emails != nil, let campaign = job.campaign?.campaign, let channel = campaign.email else {
      return none(
        job.email == nil
          ? "the layout has no e-mail: there are no 'email.html' and 'email.txt' in its folder"
          : job.campaign == nil
            ? "an e-mail tells of a campaign, and none is given" : "the campaign sends no e-mails: it has no 'channels: {email: …}'")
    }
    guard let composed = bill.composed, bill.reply.isPiece else {
      return none("no e-mail goes out with a record whose bill would be rejected", findings: bill.reply.findings)
    }
    let occasion = occasion(request.scenario)
    var fault: RecordFault?
    var email: MadeEmail?
    do throws(RecordFault) { email = try maker.email(of: composed, occasion) } catch {
      guard error.code == .emailAddress, let nobody = try? Mailbox("nobody@mail.example") else { throw error }
      fault = error
      email = try maker.email(of: composed, occasion, to: nobody)
    }
    guard let email else { return none(reason(.email, composed, channel.rules, channel.once, campaign, request)) }
    var reply = blank
    reply.isPiece = fault == nil
    if fault == nil { reply.facts = email.facts }
    reply.message = message(email, hasRecipient: fault == nil)
    reply.findings =
      (fault.map { [$0.diagnostic(file: request.file, record: request.number)] } ?? []).map { PreviewFinding($0) }
      + email.facts.warnings.map { PreviewFinding($0.diagnostic(file: request.file, record: request.number)) }
    return KeptPiece(reply: reply) { () throws(RecordFault) in email.bytes }
  }

  private func message(_ email: MadeEmail, hasRecipient: Bool) -> PreviewMessage {
    var html = email.composed.html
    for index in email.composed.pictures {
      guard let picture = job.email?.pictures[index] else { continue }
      html = html.replacing(
        "\"cid:\(picture.contentID)\"",
        with: "\"data:\(picture.mediaType);base64,\(String(decoding: Base64.encoded(picture.bytes), as: UTF8.self))\"")
    }
    return PreviewMessage(
      subject: email.composed.subject, preheader: email.composed.preheader,
      headers: email.message.headers.map { name, value in
        PreviewMessage.Header(name: name, value: name == "To" && !hasRecipient ? "" : value)
      }, html: html, text: email.composed.text, size: email.bytes.count)
  }
}
