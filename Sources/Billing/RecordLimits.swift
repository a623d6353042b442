internal import JSON

/// The bounds of a record: those of ``JSONLimits`` and some of its own. Each has a reason; all are part of the contract.
public enum RecordLimits {
  /// Bytes of one record.
  public static let bytes = JSONLimits.bytes
  /// Characters (Unicode scalar values) of a text.
  public static let text = JSONLimits.text
  /// Characters of a charge line's description.
  public static let description = 4_000
  /// Characters of an account or invoice number: they become file names and tokens.
  public static let identity = 200
  /// Characters of a series: part of a bill's identity beside two numbers of that size.
  public static let series = 100
  /// Address lines: no window shows more.
  public static let addressLines = 8
  /// Bytes of a rejected record that are embedded in `rejects.jsonl`.
  public static let embeddedRecord = 64 * 1024
  /// Bytes of a rejected record that are kept as base64 if it cannot be embedded.
  public static let rawRecord = 4 * 1024
}
