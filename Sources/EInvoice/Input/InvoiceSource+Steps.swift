extension InvoiceSource {
  /// Something that is read at one go: a file that is no archive, or an entry of an archive.
  public struct Step: Hashable, Sendable {
    /// Grows in the order of reading, and is the same whenever the same bytes are read; 0 for a file as a whole.
    public let number: Int
    /// Like ``Invoice/entry``.
    public let entry: String?

    /// Bits of a number that say which entry of an archive inside an archive it is.
    private static let innerBits = 32

    static func number(outer: Int, inner: Int?) -> Int { (outer + 1) << innerBits | (inner.map { $0 + 1 } ?? 0) }

    static func place(of number: Int) -> (outer: Int, inner: Int?) {
      let inner = number & (1 << innerBits - 1)
      return (max(0, number >> innerBits - 1), inner == 0 ? nil : inner - 1)
    }
  }

  /// Where reading can be taken up again, by another source of the same bytes.
  public struct Bookmark: Hashable, Sendable {
    /// The number of the step that comes next; `Int.max` at the end.
    public var step: Int
    /// Entries of archives that count against ``InvoiceLimits/archiveEntries``.
    public var entries: Int
    /// Bytes that count against ``InvoiceLimits/archiveBytes``.
    public var unpacked: UInt64
    /// What was passed over until there.
    public var ignored: Ignored

    /// The start of a file.
    public init(step: Int = 0, entries: Int = 0, unpacked: UInt64 = 0, ignored: Ignored = Ignored()) {
      (self.step, self.entries, self.unpacked, self.ignored) = (step, entries, unpacked, ignored)
    }
  }
}
