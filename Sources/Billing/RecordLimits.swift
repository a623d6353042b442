/// The bounds of a record. Each has a reason; all are part of the contract.
public enum RecordLimits {
  /// Bytes of one record: a 90,000-line bill takes about 12 MiB; beyond this one line could fill the memory of parent and worker.
  public static let bytes = 32 * 1024 * 1024
  /// Levels of objects and lists: the deepest known record has 7; recursion must end before the stack does.
  public static let depth = 64
  /// Characters (Unicode scalar values) of a text: longer ones cannot be set in a bill's columns and only cost layout time.
  public static let text = 1_000
  /// Characters of a charge line's description.
  public static let description = 4_000
  /// Combining marks on one character: more overprint the lines around ("Zalgo" text) and slow the shaper down.
  public static let marks = 32
  /// Characters of an account or invoice number: they become file names and tokens.
  public static let identity = 200
  /// Characters of a series: part of a bill's identity beside two numbers of that size.
  public static let series = 100
  /// Address lines: no window shows more.
  public static let addressLines = 8
  /// Values inside `extra`: each costs 16 bytes or more in memory, so that a record of 32 MiB cannot take a gigabyte.
  public static let extraValues = 1_000_000
  /// Bytes of a rejected record that are embedded in `rejects.jsonl`.
  public static let embeddedRecord = 64 * 1024
  /// Bytes of a rejected record that are kept as base64 if it cannot be embedded.
  public static let rawRecord = 4 * 1024
  /// Warnings kept of one record; later ones are dropped unless their code is new, so that 90,000 odd lines stay cheap.
  public static let warnings = 100
}
