/// The bounds of an invoice from outside. Each has a number and a reason; exceeding one is a fault that names it.
public enum InvoiceLimits {
  /// Bytes of one invoice's XML, 64 MiB: 5 MB of attachments take 7 MB of base64, the largest known invoices some 20 MB.
  ///
  /// - Stops: a giant of XML, held in memory as it is read.
  public static let bytes = 64 << 20
  /// Elements within elements: EN 16931 needs 9; the way back up is kept for every open one.
  ///
  /// - Stops: elements in elements without end.
  public static let depth = 64
  /// Elements of one invoice: each costs some 60 bytes of memory; 10,000 lines have about 400,000.
  ///
  /// - Stops: millions of tiny elements, each an object in memory.
  public static let elements = 500_000
  /// Attributes of one element, namespace declarations included; real roots have up to 12.
  ///
  /// - Stops: an element of a million attributes, each compared with all others.
  public static let attributes = 64
  /// Bytes of a name or a namespace prefix with it; the longest of UBL has 52.
  ///
  /// - Stops: names of megabytes.
  public static let name = 200
  /// Namespace declarations in force at one place; real invoices have up to 12.
  ///
  /// - Stops: declarations that pile up and are searched for each name.
  public static let namespaces = 256
  /// Invoice lines (BG-25): with 40 values each they keep within the million values of a record's `extra`.
  ///
  /// - Stops: an invoice whose record takes a gigabyte.
  public static let lines = 20_000
  /// Terms of payment (BT-20 and what belongs to it); agreed instalments are some dozens.
  ///
  /// - Stops: hundreds of thousands of terms, each with sentences of its own.
  public static let paymentTerms = 1_000
  /// Discounts and penalties of one term; XRechnung's lines of them are two or three. Further lines stay text.
  ///
  /// - Stops: a megabyte of discounts, each compared with all others.
  public static let paymentConditions = 50
  /// Days, months or years of a period whose end is reckoned: more days than there are from the year 1 to 9999.
  ///
  /// - Stops: a period whose end is no number any more.
  public static let paymentPeriod = 4_000_000
  /// Values listed of what the reader knows no place for; beyond them only their number is told.
  ///
  /// - Stops: a file of things the reader does not know, all of them told.
  public static let otherValues = 2_000
  /// Bytes of one of these values; of a longer one only its size is told.
  ///
  /// - Stops: a file inside an extension, printed over a thousand pages.
  public static let otherText = 16 << 10
  /// Bytes from which a text of letters and figures without a gap is taken for base64, of which only the size is told; the longest
  /// identifiers have some 130.
  ///
  /// - Stops: a certificate or a picture, printed as letters.
  public static let otherBinary = 200
  /// Bytes of a PDF that is searched for an embedded invoice, or of another file that is no JSON Lines; it is held in memory as a whole.
  ///
  /// - Stops: a film named .pdf, read into memory.
  public static let pdfBytes = 256 << 20
  /// Streams of a PDF that are looked into; a Factur-X file has a few hundred.
  ///
  /// - Stops: millions of empty streams, each looked into.
  public static let pdfStreams = 20_000
  /// Objects of a PDF's structure that are looked at on the way to its attachments; a page has some 5, an attachment 10.
  ///
  /// - Stops: objects that refer to each other in circles or without end.
  public static let pdfObjects = 500_000
  /// Levels of a PDF's name tree or page tree; a tree of a million names has 4.
  ///
  /// - Stops: a name tree that contains itself.
  public static let pdfTreeDepth = 32
  /// Attachments of a PDF whose content is looked at.
  ///
  /// - Stops: thousands of attachments, each unpacked.
  public static let pdfAttachments = 1_000
  /// Filters one after the other on a stream of a PDF; writers use one or two.
  ///
  /// - Stops: filters behind filters, each unpacking the one before.
  public static let pdfFilters = 8
  /// Bytes of a PDF's own tables (object and cross-reference streams) unpacked: of a file of 256 MiB they have some 30 MiB.
  ///
  /// - Stops: a bomb in the cross-reference table.
  public static let pdfTables = 256 << 20
  /// Bytes of a stream or attachment that are unpacked to see what it is.
  ///
  /// - Stops: a bomb in an attachment, unpacked only to see what it is.
  public static let peek = 4 << 10
  /// Bytes of an archive inside an archive; it is held in memory as a whole.
  ///
  /// - Stops: an archive in an archive that is larger than memory.
  public static let innerArchiveBytes = 512 << 20
  /// Archives around an entry: one, and one inside it.
  ///
  /// - Stops: archives in archives without end.
  public static let archiveDepth = 2
  /// Entries of an archive: each takes about 200 bytes of memory while the archive is open.
  ///
  /// - Stops: a directory of millions of empty entries.
  public static let archiveEntries = 1_000_000
  /// Bytes of all entries of an archive together, unpacked: 256 GiB, five million large invoices.
  ///
  /// - Stops: an archive that never ends being read.
  public static let archiveBytes: UInt64 = 256 << 30
  /// How many times larger than packed an entry may be, once it exceeds ``ratioFloor``: XML reaches some 30, repetitive XML 120, bombs
  /// 1,000.
  ///
  /// - Stops: a ZIP bomb: kilobytes that unpack to gigabytes.
  public static let ratio: UInt64 = 300
  /// Entries below this many bytes are never taken for a bomb.
  ///
  /// - Stops: refusing small entries that merely repeat themselves.
  public static let ratioFloor: UInt64 = 4 << 20
  /// Bytes of an entry's name in an archive.
  ///
  /// - Stops: names of megabytes in every message.
  public static let entryName = 1_024
}
