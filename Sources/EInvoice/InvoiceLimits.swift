/// The bounds of an invoice from outside. Each has a number and a reason; exceeding one is a fault that names it.
public enum InvoiceLimits {
  /// Bytes of one invoice's XML, 64 MiB: 5 MB of attachments take 7 MB of base64, the largest known invoices some 20 MB.
  public static let bytes = 64 << 20
  /// Elements within elements: EN 16931 needs 9; the way back up is kept for every open one.
  public static let depth = 64
  /// Elements of one invoice: each costs some 60 bytes of memory; 10,000 lines have about 400,000.
  public static let elements = 500_000
  /// Attributes of one element, namespace declarations included; real roots have up to 12.
  public static let attributes = 64
  /// Bytes of a name or a namespace prefix with it; the longest of UBL has 52.
  public static let name = 200
  /// Namespace declarations in force at one place; real invoices have up to 12.
  public static let namespaces = 256
  /// Invoice lines (BG-25): with 40 values each they keep within the million values of a record's `extra`.
  public static let lines = 20_000
  /// Values listed of what the reader knows no place for; beyond them only their number is told.
  public static let otherValues = 2_000
  /// Bytes of a PDF that is searched for an embedded invoice, or of another file that is no JSON Lines; it is held in memory as a whole.
  public static let pdfBytes = 256 << 20
  /// Streams of a PDF that are looked into; a Factur-X file has a few hundred.
  public static let pdfStreams = 20_000
  /// Objects of a PDF's structure that are looked at on the way to its attachments; a page has some 5, an attachment 10.
  public static let pdfObjects = 500_000
  /// Levels of a PDF's name tree or page tree; a tree of a million names has 4.
  public static let pdfTreeDepth = 32
  /// Attachments of a PDF whose content is looked at.
  public static let pdfAttachments = 1_000
  /// Filters one after the other on a stream of a PDF; writers use one or two.
  public static let pdfFilters = 8
  /// Bytes of a PDF's own tables (object and cross-reference streams) unpacked: of a file of 256 MiB they have some 30 MiB.
  public static let pdfTables = 256 << 20
  /// Bytes of a stream or attachment that are unpacked to see what it is.
  public static let peek = 4 << 10
  /// Bytes of an archive inside an archive; it is held in memory as a whole.
  public static let innerArchiveBytes = 512 << 20
  /// Archives around an entry: one, and one inside it.
  public static let archiveDepth = 2
  /// Entries of an archive: each takes about 200 bytes of memory while the archive is open.
  public static let archiveEntries = 1_000_000
  /// Bytes of all entries of an archive together, unpacked: 256 GiB, five million large invoices.
  public static let archiveBytes: UInt64 = 256 << 30
  /// How many times larger than packed an entry may be, once it exceeds ``ratioFloor``: XML reaches some 30, repetitive XML 120, bombs
  /// 1,000.
  public static let ratio: UInt64 = 300
  /// Entries below this many bytes are never taken for a bomb.
  public static let ratioFloor: UInt64 = 4 << 20
  /// Bytes of an entry's name in an archive.
  public static let entryName = 1_024
}
