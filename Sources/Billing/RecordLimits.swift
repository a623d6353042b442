internal import JSON

/// The bounds of a record: those of ``JSONLimits`` and some of its own. Each has a reason; all are part of the contract.
public enum RecordLimits {
  /// Bytes of one record.
  ///
  /// - Stops: one line that fills the memory of parent and worker.
  public static let bytes = JSONLimits.bytes
  /// Characters (Unicode scalar values) of a text.
  ///
  /// - Stops: a name of a megabyte, set again and again while a block shrinks.
  public static let text = JSONLimits.text
  /// Characters of a charge line's description.
  ///
  /// - Stops: a description that alone fills pages.
  public static let description = 4_000
  /// Characters of an account or invoice number: they become file names and tokens.
  ///
  /// - Stops: a number that makes file names longer than a file system takes.
  public static let identity = 200
  /// Characters of a series: part of a bill's identity beside two numbers of that size.
  ///
  /// - Stops: a series as long as a record, kept for every bill of a cycle.
  public static let series = 100
  /// Address lines: no window shows more.
  ///
  /// - Stops: an address that pushes the rest of the page out of the window.
  public static let addressLines = 8
  /// Bytes of a rejected record that are embedded in `rejects.jsonl`.
  ///
  /// - Stops: a file of broken giants that is written out a second time as rejects.
  public static let embeddedRecord = 64 * 1024
  /// Bytes of a rejected record that are kept as base64 if it cannot be embedded.
  ///
  /// - Stops: the same with bytes that are no text.
  public static let rawRecord = 4 * 1024
}
