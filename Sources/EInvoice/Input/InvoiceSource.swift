internal import Billing
public import Diagnostics
internal import Recognition

/// A file of e-invoices that cannot be read at all.
public struct InvoiceSourceFailure: Error, Hashable, Sendable {
  /// One sentence in lower case.
  public var message: String
  init(message: String) { self.message = message }
}

/// The e-invoices of one file, one after the other: an XML file, a Factur-X or ZUGFeRD PDF, a ZIP archive of them, or one of these packed
/// by gzip. An archive may hold archives, but these no further ones, and JSON Lines, which are handed out as they are.
///
/// ```swift
/// let source = try InvoiceSource(path: path)
/// while let invoice = source.next() {
///   switch invoice.content {
///   case .xml(let xml): let json = try EInvoiceRecord.json(from: xml, language: tag)
///   case .pdf(let pdf):     // only with `opensPDFs: false`
///   case .lines(let lines): // JSON Lines: read them record by record
///   case .fault(let fault): // one reject
///   }
/// }
/// ```
/// Holds one invoice at a time, of an archive its directory beside. The order is that of the entries' names, by their bytes, so that the
/// same content gives the same order whatever packed it. Not `Sendable`: one owner reads.
public final class InvoiceSource {
  /// What a file is, by its first bytes.
  public enum Form: String, Sendable {
    case xml, pdf, zip, gzip
  }

  /// One invoice, or what stands in its place.
  public struct Invoice {
    /// What is there.
    public enum Content {
      /// The invoice's XML, of a PDF the embedded file.
      case xml([UInt8])
      /// A PDF, where PDFs are to be opened elsewhere (``EmbeddedInvoice/xml(in:)``).
      case pdf([UInt8])
      /// A file of JSON Lines.
      case lines(LineBytes)
      /// Why there is neither.
      case fault(RecordFault)
    }

    /// From 1, in the order of reading.
    public let number: Int
    /// The entry's name in an archive, behind that of the archive inside the archive where it is in one: `march.zip/sub/x.xml`; `nil` for a
    /// file that is one invoice.
    public let entry: String?
    /// What is there.
    public let content: Content
    /// Where there is a fault, the first bytes of what was to be read, unpacked: 4 KiB at most, and none where they cannot be unpacked.
    public let raw: [UInt8]

    /// The invoice's XML; or why there is none, which JSON Lines are a reason for.
    public var xml: Result<[UInt8], RecordFault> {
      switch content {
      case .xml(let bytes): .success(bytes)
      case .pdf(let bytes): Result { () throws(RecordFault) in try EmbeddedInvoice.xml(in: bytes) }
      case .lines: .failure(RecordFault(.notAnEInvoice, "the entry holds JSON Lines, no e-invoice", path: "/"))
      case .fault(let fault): .failure(fault)
      }
    }
  }

  /// Entries of archives that are no data, by the reason.
  public struct Ignored: Hashable, Sendable {
    /// Files that a system keeps for itself (``DataName/system``).
    public var system = 0
    /// Files whose names end in none of the endings of data (``DataName/other``).
    public var ending = 0
    /// None.
    public init() {}
  }

  /// Archives that are open, the outer first, and how far each has been read.
  private struct Level {
    var archive: InvoiceArchive
    /// The name of the archive and a slash, before the entries' names.
    var prefix: String
    var position = 0
  }

  private enum Content {
    /// A file that is no archive.
    case single(any ByteStream, name: DataName)
    case archive
    case done
  }

  private var content: Content
  private var levels: [Level] = []
  private let budget: InvoiceArchive.Budget
  private let opensPDFs: Bool
  private var number = 0
  /// The first bytes of what is being read.
  private var head: [UInt8] = []
  /// A reject in place of a file's or archive's content.
  private var pending: (entry: String?, fault: RecordFault)?

  /// How many invoices there are, faulty ones included; an archive inside an archive counts as one.
  public let count: Int

  /// The entries of archives that were passed over. Those of archives inside an archive are counted when these are opened, so that the count
  /// is complete once ``next()`` has given `nil`.
  public private(set) var ignored = Ignored()

  /// How much has been read, from 0 to 1.
  public var fraction: Double {
    guard let outer = levels.first, outer.archive.entries.count > 0 else { return number > 0 ? 1 : 0 }
    return Double(outer.position) / Double(outer.archive.entries.count)
  }

  /// How many first bytes ``form(of:)`` needs at most, but for files that begin with more white space than that.
  public static let headBytes = FileKind.headBytes

  /// Endings of names that are taken out of folders and archives.
  public static let suffixes = [".xml", ".pdf"]

  /// What a file that begins with `head` is; `nil` where it holds no e-invoices.
  public static func form(of head: some Collection<UInt8>) -> Form? {
    switch FileKind(head) {
    case .xml: .xml
    case .pdf: .pdf
    case .zip: .zip
    case .gzip: .gzip
    case .json, .empty, .other: nil
    }
  }

  /// Whether a file is to be read here, rather than as JSON Lines: ``FileKind/isOpenedUp(name:head:)``.
  ///
  /// - Parameters:
  ///   - name: Bytes of the file's name or path.
  ///   - head: Its first ``headBytes`` bytes, or all of them where it has fewer.
  public static func reads(name: some Collection<UInt8>, head: some Collection<UInt8>) -> Bool {
    FileKind.isOpenedUp(name: name, head: head)
  }

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: The bytes of the path, without the terminating zero.
  ///   - name: What the file is called, where the path does not say it, such as that of a copy.
  ///   - opensPDFs: Whether the invoice is taken out of a PDF here; else the PDF is handed out, to be opened in a process with bounds.
  /// - Throws: ``InvoiceSourceFailure`` where it cannot be read, or is an archive with a damaged directory or too many entries.
  public convenience init(path: [UInt8], name: [UInt8]? = nil, opensPDFs: Bool = true) throws(InvoiceSourceFailure) {
    let file = try FileStream(path: path)
    let head: [UInt8]
    do throws(RecordFault) { head = try file.head(limit: InvoiceSource.headBytes) } catch {
      throw InvoiceSourceFailure(message: error.message)
    }
    if FileKind(head) == .zip {
      let budget = InvoiceArchive.Budget()
      self.init(try InvoiceArchive(path: path, budget: budget), budget, opensPDFs)
    } else {
      self.init(try FileStream(path: path), name: DataName(of: name ?? path), opensPDFs)
    }
  }

  /// The invoices of bytes in memory: an XML file, a PDF, an archive or one of these packed by gzip.
  ///
  /// - Parameters:
  ///   - name: What the file is called; its ending decides what is said of bytes that are nothing of that.
  ///   - opensPDFs: Whether the invoice is taken out of a PDF here.
  public convenience init(bytes: [UInt8], name: [UInt8] = [], opensPDFs: Bool = true) {
    guard FileKind(bytes) == .zip else {
      self.init(MemoryStream(bytes), name: DataName(of: name), opensPDFs)
      return
    }
    let budget = InvoiceArchive.Budget()
    do throws(RecordFault) { self.init(try InvoiceArchive(bytes: bytes, budget: budget), budget, opensPDFs) } catch { self.init(error) }
  }

  private init(_ stream: any ByteStream, name: DataName, _ opensPDFs: Bool) {
    self.opensPDFs = opensPDFs
    content = .single(stream, name: name)
    budget = InvoiceArchive.Budget()
    count = 1
  }

  private init(_ fault: RecordFault) {
    content = .done
    opensPDFs = true
    budget = InvoiceArchive.Budget()
    count = 1
    pending = (nil, fault)
  }

  private init(_ archive: InvoiceArchive, _ budget: InvoiceArchive.Budget, _ opensPDFs: Bool) {
    self.opensPDFs = opensPDFs
    content = .archive
    self.budget = budget
    count = max(1, archive.entries.count)
    enter(archive, prefix: "", entry: nil)
  }

  /// The next invoice; `nil` after the last.
  public func next() -> Invoice? {
    while upcoming() != nil { if let invoice = read() { return invoice } }
    return nil
  }

  /// What is read next; `nil` after the last. Nothing of it is touched yet.
  public func upcoming() -> Step? {
    if let pending { return Step(number: 0, entry: pending.entry) }
    switch content {
    case .done: return nil
    case .single: return Step(number: 0, entry: nil)
    case .archive:
      while let level = levels.last, level.position >= level.archive.entries.count {
        // The outermost stays, for what has been read of it.
        guard levels.count > 1 else {
          content = .done
          return nil
        }
        levels.removeLast()
      }
      guard let level = levels.last, let outer = levels.first else { return nil }
      let entry = level.prefix + String(decoding: level.archive.entries[level.position].name, as: UTF8.self)
      let number =
        levels.count == 1
        ? Step.number(outer: level.position, inner: nil) : Step.number(outer: outer.position - 1, inner: level.position)
      return Step(number: number, entry: entry)
    }
  }

  /// Reads the step that comes next.
  ///
  /// - Returns: Its invoice; `nil` where it is an archive, whose entries are the next steps, or where there is no step.
  public func read() -> Invoice? {
    if let (entry, fault) = takePending() { return invoice(entry, .fault(fault)) }
    guard let step = upcoming() else { return nil }
    let found: Invoice.Content?
    if case .single(let stream, let name) = content {
      content = .done
      found = read(stream, name, "the file", entry: nil)
    } else if let index = levels.indices.last, let name = step.entry {
      let (archive, position) = (levels[index].archive, levels[index].position)
      levels[index].position += 1
      found = read(archive, archive.entries[position], name)
    } else {
      return nil
    }
    if let found { return invoice(step.entry, found) }
    // An archive without data is a fault in its own place.
    return takePending().map { invoice($0.entry, .fault($0.fault)) }
  }

  /// Passes over the step that comes next, without touching it.
  public func leaveOut() {
    pending = nil
    if case .single = content { content = .done } else if let index = levels.indices.last { levels[index].position += 1 }
  }

  private func takePending() -> (entry: String?, fault: RecordFault)? {
    defer { pending = nil }
    return pending
  }

  // MARK: Going on

  /// Where reading is now.
  public var bookmark: Bookmark {
    Bookmark(step: upcoming()?.number ?? .max, entries: budget.entries, unpacked: budget.unpacked, ignored: ignored)
  }

  /// Goes to where an earlier source of the same bytes was; to be called before anything is read. An archive around that place is opened, and
  /// nothing else.
  public func go(to bookmark: Bookmark) {
    guard bookmark.step > 0 else { return }
    // What is packed as a whole has to be unpacked to see that it is an archive.
    if case .single = content { _ = read() }
    guard bookmark.step != .max, !levels.isEmpty else {
      (content, pending, ignored) = (.done, nil, bookmark.ignored)
      return
    }
    let (outer, inner) = Step.place(of: bookmark.step)
    levels[0].position = outer
    if let inner, upcoming() != nil {
      _ = read()
      if levels.count > 1 { levels[1].position = inner }
    }
    (budget.entries, budget.unpacked, ignored) = (bookmark.entries, bookmark.unpacked, bookmark.ignored)
  }

  private func invoice(_ entry: String?, _ content: Invoice.Content) -> Invoice {
    number += 1
    defer { head = [] }
    if case .fault = content { return Invoice(number: number, entry: entry, content: content, raw: head) }
    return Invoice(number: number, entry: entry, content: content, raw: [])
  }

  // MARK: Archives

  private func enter(_ archive: InvoiceArchive, prefix: String, entry: String?) {
    ignored.system += archive.ignored.system
    ignored.ending += archive.ignored.ending
    levels.append(Level(archive: archive, prefix: prefix))
    guard archive.entries.isEmpty else { return }
    let others = archive.ignored.system + archive.ignored.ending
    let message =
      others == 0
      ? "the archive is empty" : "the archive holds no data: none of its \(others) files ends in .xml, .pdf, .jsonl, .ndjson or .zip"
    pending = (entry, RecordFault(.notAnEInvoice, message, path: "/"))
  }

  /// What an entry holds; `nil` where it is an archive, whose entries come next.
  private func read(_ archive: InvoiceArchive, _ entry: InvoiceArchive.Entry, _ name: String) -> Invoice.Content? {
    do throws(RecordFault) {
      return read(try archive.stream(of: entry), .data(entry.ending, isGzip: entry.isGzip), InvoiceArchive.subject(entry), entry: name)
    } catch {
      return .fault(error)
    }
  }

  // MARK: Files

  /// What a file holds; `nil` where it is an archive, whose entries come next.
  private func read(_ stream: any ByteStream, _ name: DataName, _ subject: String, entry: String?) -> Invoice.Content? {
    head = []
    do throws(RecordFault) { return try read(stream, name, subject, entry, isUnpacked: false) } catch { return .fault(error) }
  }

  private func read(
    _ stream: any ByteStream, _ name: DataName, _ subject: String, _ entry: String?, isUnpacked: Bool
  ) throws(RecordFault) -> Invoice.Content? {
    let stream = PeekStream(stream)
    head = try stream.peek(RecordLimits.rawRecord)
    let kind = FileKind(head)
    if kind == .gzip, !isUnpacked {
      return try read(GunzipStream(stream, subject: subject), name, subject, entry, isUnpacked: true)
    }
    switch (kind, name) {
    case (.xml, _), (.pdf, _), (.zip, _): break
    case (_, .data(.lines, _)): return .lines(LineBytes(stream))
    case (.empty, .data), (.json, .data): return .fault(InvoiceSource.nothing(kind, name, subject))
    // A name that says nothing is that of JSON Lines, as for files that are not packed.
    case (_, .system) where isUnpacked, (_, .other) where isUnpacked: return .lines(LineBytes(stream))
    default: break
    }
    let limit = kind == .zip ? InvoiceLimits.innerArchiveBytes : InvoiceLimits.pdfBytes
    guard let bytes = try stream.rest(limit: limit) else {
      return .fault(RecordFault(.tooLong, "\(subject) has more than the \(limit) bytes allowed", path: "/"))
    }
    // Of a file that begins with a long stretch of white space only the whole tells.
    switch (FileKind(bytes), name) {
    case (.pdf, _): return opensPDFs ? .xml(try EmbeddedInvoice.xml(in: bytes)) : .pdf(bytes)
    case (.zip, _):
      guard levels.count < InvoiceLimits.archiveDepth else {
        throw RecordFault(
          .archiveLimit, "\(subject) is an archive in an archive in an archive; expected one in another at most", path: "/")
      }
      enter(try InvoiceArchive(bytes: bytes, budget: budget), prefix: entry.map { $0 + "/" } ?? "", entry: entry)
      content = .archive
      return nil
    case (.xml, _): return .xml(bytes)
    case (let other, .data): return .fault(InvoiceSource.nothing(other, name, subject))
    case (_, .system), (_, .other): return .xml(bytes)
    }
  }

  /// The fault of a file that is not what its name says.
  private static func nothing(_ kind: FileKind, _ name: DataName, _ subject: String) -> RecordFault {
    let message: String
    switch (kind, name) {
    case (.empty, _): message = "\(subject) is empty"
    case (_, .data(.xml, _)): message = "\(subject) is no XML, but \(kind.words)"
    case (_, .data(.pdf, _)): message = "\(subject) is no PDF, but \(kind.words)"
    case (_, .data(.zip, _)): message = "\(subject) is no ZIP archive, but \(kind.words)"
    default: message = "\(subject) is no e-invoice, but \(kind.words)"
    }
    return RecordFault(.notAnEInvoice, message, path: "/")
  }
}
