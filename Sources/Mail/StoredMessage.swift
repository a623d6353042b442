internal import CGMime
public import MailAddresses

/// A message that was written earlier, on its way to a server.
public struct StoredMessage: Sendable {
  /// Its one recipient.
  public let recipient: MailAddress
  /// Without the angle brackets.
  public let messageID: String
  private let bytes: [UInt8]

  /// Reads a message that ``MailMessage`` wrote. Complexity: linear.
  ///
  /// - Throws: ``MailFault/malformed`` for anything else.
  public init(_ bytes: [UInt8]) throws(MailFault) {
    _ = MailEngine.started
    var (recipient, id): (UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<CChar>?) = (nil, nil)
    bytes.withUnsafeBufferPointer { cgmime_read($0.baseAddress, $0.count, &recipient, &id) }
    defer {
      cgmime_free(recipient)
      cgmime_free(id)
    }
    guard let recipient, let id, Self.dateLine(in: bytes) != nil else { throw .malformed }
    do throws(MailAddress.Fault) { self.recipient = try MailAddress(String(cString: recipient)) } catch { throw .malformed }
    messageID = String(cString: id)
    self.bytes = bytes
  }

  /// The message with another date, and otherwise byte for byte the same.
  ///
  /// - Parameter seconds: Since the beginning of 1970, UTC.
  public func dated(seconds: Int64) -> [UInt8] {
    guard let line = Self.dateLine(in: bytes), let text = cgmime_date(seconds) else { return bytes }
    defer { cgmime_free(text) }
    var dated = bytes
    dated.replaceSubrange(line, with: Array("Date: \(String(cString: text))".utf8))
    return dated
  }

  /// Where its field `Date` stands, without its line end.
  private static func dateLine(in bytes: [UInt8]) -> Range<Int>? {
    var start = 0
    while start < bytes.count, bytes[start] != UInt8(ascii: "\r") {
      guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      if bytes[start...].starts(with: Array("Date:".utf8)) { return start..<(end - 1) }
      start = end + 1
    }
    return nil
  }
}
