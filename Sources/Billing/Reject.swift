/// A record that did not become a bill: one line of `rejects.jsonl`.
public struct Reject: Sendable, Hashable {
  /// The data file's last path component.
  public var file: String
  /// The file's position among the inputs.
  public var input: Int
  /// The line's number, from 1.
  public var number: Int
  /// Bytes from the start of the file to the line.
  public var offset: Int
  /// Bytes of the line without its end.
  public var length: Int
  /// Who the record is about, if known.
  public var identity: RecordIdentity?
  /// Why it was rejected.
  public var fault: RecordFault

  /// Makes a reject.
  public init(file: String, input: Int, number: Int, offset: Int, length: Int, identity: RecordIdentity?, fault: RecordFault) {
    (self.file, self.input, self.number, self.offset, self.length) = (file, input, number, offset, length)
    (self.identity, self.fault) = (identity, fault)
  }

  /// The reject as one line of JSON with its line end.
  ///
  /// Members in this order: file, input, number, offset, length, account and invoice (where known), code, message, path, and `record` (the
  /// original bytes, where they are JSON within all bounds and at most 64 KiB) or else `raw` (base64 of their first 4 KiB).
  ///
  /// - Parameter record: The record's bytes, or at least the first 4 KiB of a record that is longer than 64 KiB.
  public func line(record: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var json = JSONWriter(capacity: 512 + min(record.count, RecordLimits.embeddedRecord))
    json.beginObject()
    json.member("file", file)
    json.member("input", input)
    json.member("number", number)
    json.member("offset", offset)
    json.member("length", length)
    if let identity {
      json.key("account")
      json.value(utf8: identity.account)
      json.key("invoice")
      json.value(utf8: identity.invoice)
    }
    json.member("code", fault.code.rawValue)
    json.member("message", fault.fullMessage)
    json.member("path", fault.path)
    if record.count == length, length <= RecordLimits.embeddedRecord, JSONReader.isWithinBounds(record) {
      json.key("record")
      json.raw(record)
    } else {
      json.key("raw")
      json.value(utf8: Base64.encoded(record.prefix(RecordLimits.rawRecord)))
    }
    json.endObject()
    json.endLine()
    return json.bytes
  }

  /// The reject as one line like ``line(record:)-(UnsafeBufferPointer<UInt8>)``.
  public func line(record: [UInt8]) -> [UInt8] { record.withUnsafeBufferPointer { line(record: $0) } }
}

/// Base64 with padding (RFC 4648, section 4).
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encoded(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity((bytes.count + 2) / 3 * 4)
    var (group, held) = (UInt32(0), 0)
    for byte in bytes {
      group = group << 8 | UInt32(byte)
      held += 1
      if held == 3 {
        for shift in [18, 12, 6, 0] { result.append(alphabet[Int(group >> UInt32(shift) & 63)]) }
        (group, held) = (0, 0)
      }
    }
    if held > 0 {
      group <<= UInt32(8 * (3 - held))
      for place in 0..<4 {
        result.append(place <= held ? alphabet[Int(group >> UInt32(18 - 6 * place) & 63)] : UInt8(ascii: "="))
      }
    }
    return result
  }
}
