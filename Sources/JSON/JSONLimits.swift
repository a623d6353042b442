/// The bounds of a JSON text from outside. Each has a reason; all are part of the record's contract.
public enum JSONLimits {
  /// Bytes of one text: a 90,000-line bill takes about 12 MiB; beyond this one line could fill the memory of parent and worker.
  ///
  /// - Stops: one line that fills the memory of parent and worker.
  public static let bytes = 32 * 1024 * 1024
  /// Levels of objects and lists: the deepest known record has 7; recursion must end before the stack does.
  ///
  /// - Stops: brackets in brackets until the stack ends.
  public static let depth = 64
  /// Characters (Unicode scalar values) of a text: longer ones cannot be set in a bill's columns and only cost layout time.
  ///
  /// - Stops: a text of megabytes, set again and again.
  public static let text = 1_000
  /// Combining marks on one character: more overprint the lines around ("Zalgo" text) and slow the shaper down.
  ///
  /// - Stops: "Zalgo" text that covers the lines around.
  public static let marks = 32
  /// Values of one free part, such as `extra`: each costs 16 bytes or more in memory, so that a text of 32 MiB cannot take a gigabyte.
  ///
  /// - Stops: a line of 32 MiB that becomes a gigabyte of small values.
  public static let values = 1_000_000
}
