public import Diagnostics
internal import Encodings
internal import JSON

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
  /// What could not be made: `bill` where the whole record was rejected.
  public var kind: String
  /// Why it was rejected.
  public var fault: RecordFault

  /// Makes a reject.
  public init(
    file: String, input: Int, number: Int, offset: Int, length: Int, identity: RecordIdentity?, kind: String = "bill",
    fault: RecordFault
  ) {
    (self.file, self.input, self.number, self.offset, self.length) = (file, input, number, offset, length)
    (self.identity, self.kind, self.fault) = (identity, kind, fault)
  }

  /// The reject as one line of JSON with its line end.
  ///
  /// Members in this order: file, input, number, offset, length, account and invoice (where known), kind, code, message, path, and `record` (the
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
    json.member("kind", kind)
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
