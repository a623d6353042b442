internal import Billing
internal import Money

/// A worker's answer as the parent sees it; `pdf` points into the message.
enum WorkerResult {
  case piece(PieceFacts, digest: String, pdf: UnsafeRawBufferPointer)
  case reject(RecordFault, warnings: [RecordWarning])

  /// The message of an outcome. `digest` is that of the PDF's bytes.
  static func message(ticket: Int, _ facts: PieceFacts, digest: String, pdf: [UInt8]) -> [UInt8] {
    var out = WireWriter(.piece, capacity: 1024 + pdf.count)
    out.int(ticket)
    facts.write(to: &out)
    out.text(digest)
    out.blob(pdf)
    return out.finish()
  }

  static func message(ticket: Int, _ fault: RecordFault, warnings: [RecordWarning]) -> [UInt8] {
    var out = WireWriter(.reject)
    out.int(ticket)
    out.text(fault.code.rawValue)
    out.text(fault.message)
    out.text(fault.path)
    out.optional(fault.offset) { $0.int($1) }
    out.optional(fault.suggestion) { $0.text($1) }
    write(warnings, to: &out)
    return out.finish()
  }

  static func read(_ kind: Wire.Kind, _ bytes: UnsafeRawBufferPointer) throws(WireFailure) -> (ticket: Int, result: WorkerResult) {
    var reader = WireReader(bytes)
    let ticket = try reader.int()
    let result: WorkerResult
    switch kind {
    case .piece:
      let facts = try PieceFacts(&reader)
      result = .piece(facts, digest: try reader.text(), pdf: try reader.view())
    case .reject:
      var fault = RecordFault(RecordFault.Code(rawValue: try reader.text()), try reader.text(), path: try reader.text())
      fault.offset = try reader.optional { reader throws(WireFailure) in try reader.int() }
      fault.suggestion = try reader.optional { reader throws(WireFailure) in try reader.text() }
      result = .reject(fault, warnings: try warnings(from: &reader))
    default: throw .malformed
    }
    try reader.finish()
    return (ticket, result)
  }

  fileprivate static func write(_ warnings: [RecordWarning], to out: inout WireWriter) {
    out.list(warnings) { out, warning in
      out.text(warning.code.rawValue)
      out.text(warning.message)
      out.text(warning.path)
    }
  }

  fileprivate static func warnings(from reader: inout WireReader) throws(WireFailure) -> [RecordWarning] {
    try reader.list { reader throws(WireFailure) in
      RecordWarning(RecordFault.Code(rawValue: try reader.text()), try reader.text(), path: try reader.text())
    }
  }
}

extension PieceFacts {
  fileprivate func write(to out: inout WireWriter) {
    out.text(kind.rawValue)
    out.text(billKind.rawValue)
    out.text(channel.rawValue)
    out.text(account)
    out.text(invoice)
    out.text(content)
    out.int(firstPage)
    out.int(pages)
    for amount in [charges, due] {
      out.int(Int(amount.mantissa))
      out.int(Int(amount.scale))
    }
    out.text(currency.code)
    out.text(language)
    out.text(format.rawValue)
    out.optional(notice) { out, notice in
      out.text(notice.variant)
      out.text(notice.phase)
      out.text(notice.rule)
      out.text(notice.wordsDigest)
      out.int(notice.page)
      out.double(notice.area)
      out.double(notice.contrast)
      out.double(notice.headingRatio)
    }
    out.optional(terms) { out, terms in
      out.text(terms.version)
      out.text(terms.digest)
      out.int(terms.firstPage)
    }
    WorkerResult.write(warnings, to: &out)
  }

  fileprivate init(_ reader: inout WireReader) throws(WireFailure) {
    func amount(_ reader: inout WireReader) throws(WireFailure) -> Amount {
      let (mantissa, scale) = (try reader.int(), try reader.int())
      guard (0...Amount.maximumScale).contains(scale) else { throw .malformed }
      return Amount(mantissa: Int64(mantissa), scale: scale)
    }
    let kind = try reader.name(Kind.self)
    let billKind = try reader.name(Bill.Kind.self)
    let channel = try reader.name(Channel.self)
    let (account, invoice, content) = (try reader.text(), try reader.text(), try reader.text())
    let (firstPage, pages) = (try reader.int(), try reader.int())
    let (charges, due) = (try amount(&reader), try amount(&reader))
    guard let currency = Currency(code: try reader.text()) else { throw .malformed }
    self.init(
      kind: kind, billKind: billKind, channel: channel, account: account, invoice: invoice, content: content, firstPage: firstPage,
      pages: pages, charges: charges, due: due, currency: currency, language: try reader.text(),
      format: try reader.name(Bill.Format.self))
    notice = try reader.optional { reader throws(WireFailure) in
      NoticeFacts(
        variant: try reader.text(), phase: try reader.text(), rule: try reader.text(), wordsDigest: try reader.text(),
        page: try reader.int(), area: try reader.double(), contrast: try reader.double(), headingRatio: try reader.double())
    }
    terms = try reader.optional { reader throws(WireFailure) in
      TermsFacts(version: try reader.text(), digest: try reader.text(), firstPage: try reader.int())
    }
    warnings = try WorkerResult.warnings(from: &reader)
  }
}
