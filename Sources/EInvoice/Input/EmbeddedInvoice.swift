internal import Billing
public import Diagnostics
internal import Recognition

/// Finds the e-invoice inside a Factur-X, ZUGFeRD or other hybrid PDF.
///
/// The PDF's structure is asked through libqpdf for its attachments; which of them is the invoice, their content and then their name decide.
/// Where qpdf cannot open the file, the structure names no attachment, or a damaged structure only ones without an invoice, the streams of
/// the file are looked through in order. Works on bytes in memory, in any process; all work is bounded by ``InvoiceLimits``.
public enum EmbeddedInvoice {
  /// Names that standards give the invoice, the most telling first: Factur-X and ZUGFeRD 2.1, XRechnung, ZUGFeRD 2.0 and 1.0; compared
  /// without regard to case.
  private static let names = ["factur-x.xml", "xrechnung.xml", "zugferd-invoice.xml"]

  /// The XML of the invoice in a PDF, in whichever encoding it is there.
  ///
  /// - Parameter pdf: The whole file.
  /// - Throws: `no-invoice-in-pdf`, which says what is there instead, or that the file needs a password; `too-long`.
  /// - Complexity: O(bytes) in time; in memory the file's objects and up to twice ``InvoiceLimits/bytes``. A file made to do harm may take
  ///   libqpdf longer and more than that, which only the bounds of a process can hold.
  public static func xml(in pdf: [UInt8]) throws(RecordFault) -> [UInt8] { try invoice(in: pdf).xml }

  /// The invoice in a PDF, and the other files in it.
  ///
  /// - Throws: Like ``xml(in:)``.
  /// - Complexity: That of ``xml(in:)``.
  public static func invoice(in pdf: [UInt8]) throws(RecordFault) -> HybridInvoice {
    guard pdf.count <= InvoiceLimits.pdfBytes else {
      throw RecordFault(.tooLong, "the PDF has \(pdf.count) bytes, more than the \(InvoiceLimits.pdfBytes) allowed", path: "/")
    }
    if let danger = PDFStreamScan.danger(in: pdf) { throw none("\(danger); it is not opened") }
    var survey: Survey
    do throws(PDFDocument.Failure) {
      survey = try structure(of: pdf)
    } catch {
      switch error {
      case .password: throw none("the PDF is encrypted with a password; only files that open without one are read")
      case .unsupported: throw none("the PDF is encrypted in a way that needs a certificate or another program; it cannot be read")
      case .memory: throw RecordFault(.tooLong, "opening the PDF takes more memory than is allowed", path: "/")
      case .damaged: survey = Survey(isDamaged: true, isOpened: false)
      }
    }
    if survey.invoices.isEmpty, survey.isDamaged || survey.others.isEmpty {
      let open = try openStreams(of: pdf)
      (survey.invoices, survey.isByPlace) = (open.invoices, true)
      if survey.others.isEmpty { survey.others = open.others }
    }
    return HybridInvoice(xml: try survey.invoice(), files: survey.files)
  }

  private static func none(_ message: String) -> RecordFault { RecordFault(.noInvoiceInPDF, message, path: "/") }

  // MARK: What is there

  /// What a PDF holds.
  private struct Survey {
    /// The invoices, with their names.
    var invoices: [(name: String, xml: [UInt8])] = []
    /// What is not an invoice, each in words: `'photo.jpg' is a JPEG picture`.
    var others: [String] = []
    /// The same, of those that have a name and can be unpacked, by their place in the PDF.
    var placedFiles: [(place: Int, file: EnclosedFile)] = []
    var files: [EnclosedFile] { placedFiles.sorted { $0.place < $1.place }.map(\.file) }
    /// Whether the file is not what the standard demands; most such files have all their parts.
    var isDamaged = false
    /// Whether the structure could be read at all.
    var isOpened = true
    /// Whether a bound kept some of the file from being looked at.
    var isPartial = false
    /// Whether the names tell nothing, and the last invoice is the one of the newest version.
    var isByPlace = false

    /// The invoice.
    func invoice() throws(RecordFault) -> [UInt8] {
      if let last = invoices.last, isByPlace || invoices.count == 1 { return last.xml }
      for name in EmbeddedInvoice.names {
        // Of several with one name the last counts, as the newest.
        if let named = invoices.last(where: { EmbeddedInvoice.plain($0.name) == name }) { return named.xml }
      }
      if let first = invoices.first {
        guard isOne else {
          let names = invoices.prefix(4).map { "'\($0.name.prefix(60))'" }.joined(separator: ", ")
          throw none(
            "the PDF holds \(invoices.count) e-invoices (\(names)\(invoices.count > 4 ? ", …" : "")), none of them under a name that says "
              + "which is its own, such as factur-x.xml; give the XML files themselves")
        }
        return first.xml
      }
      if isPartial, others.isEmpty {
        throw none("no e-invoice is among the \(InvoiceLimits.pdfObjects) objects of the PDF that are looked at")
      }
      guard let first = others.first else {
        throw none(
          isOpened
            ? "the PDF has no attachment; an e-invoice (UBL 2.1 or CII D16B) would be one"
            : "the PDF is damaged, and no e-invoice can be found in it")
      }
      if others.count == 1 { throw none("the PDF holds no e-invoice: its attachment \(first)") }
      throw none(
        "the PDF holds no e-invoice in its \(others.count) attachments: \(others.prefix(3).joined(separator: "; "))\(others.count > 3 ? "; …" : "")"
      )
    }

    /// Whether all invoices are one, as a whole or by their number: some writers attach it in both syntaxes.
    private var isOne: Bool {
      guard let first = invoices.first, !invoices.allSatisfy({ $0.xml == first.xml }) else { return true }
      let numbers = Set(invoices.map { Survey.number($0.xml) })
      return numbers.count == 1 && !numbers.contains(nil)
    }

    /// The number of an invoice (BT-1).
    private static func number(_ xml: [UInt8]) -> String? {
      guard let root = (try? InvoiceXMLReader.tree(of: xml))?.root else { return nil }
      return (root.first("ID") ?? root.first("ExchangedDocument", "ID"))?.text
    }

    /// Notes an attachment that is no invoice.
    mutating func enclose(_ attachment: PDFAttachments.Attachment, at place: Int) {
      if let file = EnclosedFile(attachment) { placedFiles.append((place, file)) }
    }

    /// Takes a look at an attachment.
    mutating func add(_ name: String, _ xml: [UInt8]) {
      guard let text = try? SourceEncoding.decoded(xml).utf8, let root = XMLRoot(of: text) else {
        // What calls itself the invoice is given out, so that its own faults are told, with line and column.
        if EmbeddedInvoice.names.contains(EmbeddedInvoice.plain(name)) {
          invoices.append((name, xml))
        } else {
          others.append("\(quoted(name)) is XML that cannot be read")
        }
        return
      }
      switch DocumentKind(root) {
      case .invoice, .envelope: invoices.append((name, xml))
      case .other(let words): others.append("\(quoted(name)) is \(words)")
      case .unknown: others.append("\(quoted(name)) is XML with the root element '\(root.name.prefix(60))'")
      }
    }

    /// Takes a look at a stream that is not known to be an attachment: forms and metadata are XML too, and no matter.
    mutating func addOpen(_ xml: [UInt8]) {
      guard let text = try? SourceEncoding.decoded(xml).utf8, let root = XMLRoot(of: text) else { return }
      switch DocumentKind(root) {
      case .invoice, .envelope: invoices.append(("", xml))
      case .other(let words) where root.namespace != "adobe:ns:meta/": others.append("without a name is \(words)")
      case .other, .unknown: break
      }
    }

    func quoted(_ name: String) -> String { name.isEmpty ? "without a name" : "'\(name.prefix(80))'" }
  }

  /// A name without folders, in small letters.
  private static func plain(_ name: String) -> String {
    (name.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? name).lowercased()
  }

  // MARK: By the structure

  private static func structure(of pdf: [UInt8]) throws(PDFDocument.Failure) -> Survey {
    let result: Result<Survey, PDFDocument.Failure> = pdf.withUnsafeBufferPointer { bytes in
      do throws(PDFDocument.Failure) {
        let document = try PDFDocument(bytes)
        return .success(look(through: PDFAttachments(of: document), document))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private static func look(through attachments: PDFAttachments, _ document: PDFDocument) -> Survey {
    var survey = Survey()
    // By name, so that the invoice is found first and the bound on what is unpacked hits others.
    let ranked = attachments.found.enumerated().sorted { (rank($0.element.name), $0.offset) < (rank($1.element.name), $1.offset) }
    var remaining = 2 * InvoiceLimits.bytes
    for (place, attachment) in ranked {
      guard remaining > 0 else {
        survey.isPartial = true
        break
      }
      let invoices = survey.invoices.count
      defer { if survey.invoices.count == invoices { survey.enclose(attachment, at: place) } }
      let name = attachment.name
      let head = PDFFilter.unpacked(attachment.stream, limit: InvoiceLimits.peek)
      switch head {
      case .cut([]), .damaged:
        survey.others.append("\(survey.quoted(name)) is damaged and cannot be unpacked")
        continue
      case .unknown(let filter):
        survey.others.append("\(survey.quoted(name)) is packed with the filter \(filter.prefix(40)), which is not for data")
        continue
      default: break
      }
      let kind = FileKind(head.bytes)
      guard kind.mayBeXML else {
        survey.others.append("\(survey.quoted(name)) is \(kind.words)")
        continue
      }
      let whole: PDFFilter.Outcome
      if case .complete = head { whole = head } else { whole = PDFFilter.unpacked(attachment.stream, limit: InvoiceLimits.bytes) }
      switch whole {
      // A stream without its end is given out: whether the XML in it is complete, its reader sees.
      case .complete(let xml), .cut(let xml):
        remaining -= xml.count
        survey.add(name, xml)
      case .tooLong:
        remaining -= InvoiceLimits.bytes
        survey.others.append("\(survey.quoted(name)) unpacks to more than the \(InvoiceLimits.bytes) bytes allowed")
      case .damaged, .unknown:
        survey.others.append("\(survey.quoted(name)) is damaged and cannot be unpacked")
      }
    }
    for name in attachments.missing.prefix(InvoiceLimits.pdfAttachments) {
      survey.others.append("\(survey.quoted(name)) is named, but not in the file")
    }
    survey.isDamaged = document.isDamaged
    survey.isPartial = survey.isPartial || document.isExhausted
    return survey
  }

  private static func rank(_ name: String) -> Int {
    let name = plain(name)
    return names.firstIndex(of: name) ?? (name.hasSuffix(".xml") ? names.count : names.count + 1)
  }

  // MARK: By looking through

  private static func openStreams(of pdf: [UInt8]) throws(RecordFault) -> Survey {
    var survey = Survey()
    var scan = PDFStreamScan(pdf)
    var count = 0
    var remaining = 4 * InvoiceLimits.bytes
    while let stream = scan.next() {
      count += 1
      guard count <= InvoiceLimits.pdfStreams else {
        throw none("the PDF has more than the \(InvoiceLimits.pdfStreams) streams that are looked into")
      }
      switch scan.xml(of: stream) {
      case .complete(let xml), .cut(let xml):
        remaining -= xml.count
        survey.addOpen(xml)
      case .tooLong:
        throw RecordFault(.tooLong, "XML in the PDF unpacks to more than the \(InvoiceLimits.bytes) bytes allowed", path: "/")
      case .damaged:
        survey.others.append("without a name is damaged and cannot be unpacked")
      case .unknown, nil: break
      }
      guard remaining > 0 else { throw none("the PDF's streams unpack to more than is looked at") }
    }
    return survey
  }
}
