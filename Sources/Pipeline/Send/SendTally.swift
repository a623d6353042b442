internal import Diagnostics
internal import JSON

/// How many messages have come to what end: each to one.
struct SendTally {
  /// Those that are to be sent.
  var messages = 0
  /// Those a server took over, in this send and in earlier ones.
  var accepted = 0
  /// Of those, the ones of this send.
  var new = 0
  var refused = 0
  var unknown = 0
  var suppressed = 0
  var deferred = 0
  /// E-mails of accounts that are left out.
  var skipped = 0
  /// Files that are not what the manifest says.
  var findings = 0

  /// Those nothing was tried with, since the send ended before; of a dry one, those that would go.
  var untried: Int { messages - accepted - refused - unknown - suppressed - deferred }
  /// Those that did not come to their end.
  var isWhole: Bool { refused + unknown + deferred + untried == 0 }

  /// The last line for people.
  func text(isDry: Bool) -> String {
    func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
    if findings > 0 { return "\(count(messages, "message")): \(count(findings, "finding")), nothing was sent" }
    let parts = [
      isDry ? "\(untried) would be sent" : nil,
      isDry
        ? (accepted > 0 ? "\(accepted) accepted earlier" : nil) : "\(accepted) accepted\(new < accepted ? " (\(new) of them now)" : "")",
      refused > 0 ? "\(refused) refused" : nil, unknown > 0 ? "\(unknown) unknown" : nil,
      suppressed > 0 ? "\(suppressed) suppressed" : nil, deferred > 0 ? "\(deferred) deferred" : nil,
      !isDry && untried > 0 ? "\(untried) not tried" : nil,
    ].compactMap(\.self)
    return "\(count(messages, "message")): \(parts.joined(separator: ", "))\(skipped > 0 ? "; \(skipped) left out" : "")"
  }

  /// The last line for programs, with its end.
  func line(isDry: Bool) -> [UInt8] {
    var json = JSONWriter(capacity: 256)
    json.beginObject()
    if isDry { json.member("dry_run", true) }
    json.member("messages", messages)
    json.member("accepted", accepted)
    json.member("new", new)
    json.member("refused", refused)
    json.member("unknown", unknown)
    json.member("suppressed", suppressed)
    json.member("deferred", deferred)
    json.member("untried", untried)
    json.member("skipped", skipped)
    json.member("findings", findings)
    json.endObject()
    json.endLine()
    return json.bytes
  }
}
