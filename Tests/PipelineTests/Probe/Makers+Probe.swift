internal import Billing
internal import Commands
internal import Contract
internal import Diagnostics
internal import Glibc
internal import JSON
internal import Languages

extension Makers {
  /// Only where a test asks for a trial, and in the process that does it.
  private static var hasFonts: Bool { CommandLine.arguments.contains { $0 == "font-worker" || $0.hasPrefix("fonts-") } }

  /// A trial whose fonts are what the folder's name says.
  @Sendable private static func trial(_ options: JobOptions, begin: (String) throws -> Void) throws -> [Diagnostic] {
    try begin("good.ttf")
    try begin("last.ttf")
    switch options.fonts.first {
    case "fonts-crashing": abort()
    case "fonts-ending": exit(3)
    case "fonts-eating":
      while true {
        UnsafeMutableRawPointer.allocate(byteCount: 1 << 24, alignment: 1).initializeMemory(as: UInt8.self, repeating: 1, count: 1 << 24)
      }
    case "fonts-faulty": return [Diagnostic(id: "font-damaged", "font file 'last.ttf' is damaged: for this test")]
    default: return []
    }
  }

  private static func name(of options: JobOptions) -> String { options.layout.split(separator: "/").last.map(String.init) ?? "" }

  static var probe: Makers {
    Makers(
      version: "probe",
      prepare: { options throws(DiagnosticList) in
        // The layout's name stands for its contents.
        guard access(options.layout, F_OK) == 0 else {
          throw DiagnosticList([Diagnostic(id: "layout-unreadable", "cannot read the layout '\(options.layout)'")])
        }
        let name = name(of: options)
        return PreparedRun(
          layoutDigest: "digest of \(name)", campaignDigest: options.campaign.map { "digest of \($0)" }, fontsDigest: "none",
          keyCheck: nil, engines: [PreparedRun.Engine("probe", "1")], payload: Array(name.utf8))
      },
      makeRenderer: { options throws(WorkerStartFailure) in
        let name = name(of: options)
        switch name {
        case "changing": throw WorkerStartFailure(.inputsChanged, [Diagnostic(id: "layout-changed", "the layout has changed")])
        case "changed": return MadeRenderer(ProbeRenderer(options), payload: Array("another".utf8))
        case "dying": abort()
        default: return MadeRenderer(ProbeRenderer(options), payload: Array(name.utf8))
        }
      }, tryFonts: hasFonts ? trial : nil)
  }
}

/// Makes a text of a bill that passes for a PDF.
final class ProbeRenderer: BillRenderer {
  private let options: JobOptions
  private let reader: BillReader

  init(_ options: JobOptions) {
    self.options = options
    reader = BillReader(options)
  }

  func render(_ record: borrowing RecordInput) -> Outcome {
    if let card = record.card { return painted(card) }
    let bill: Bill
    let warnings: [RecordWarning]
    do throws(RecordFault) { (bill, warnings) = try reader.read(record.bytes) } catch { return .reject(error) }
    var (pages, account, leaflet, card) = (2, bill.account, 0, 0)
    if case .object(let members) = bill.extra {
      for member in members {
        guard case .text(let text) = member.value, let number = Int(text) else { continue }
        switch member.name {
        case "pages": pages = number
        case "leaflet": leaflet = number
        case "card": card = number
        case "missing": return .reject(RecordFault(.leafletFailed, "for this test"))
        case "lie": account = "somebody else"
        case "microseconds": usleep(UInt32(number))
        case "shout": fatalError("\(bill.customer.name), \(bill.customer.address)")
        case "spin": spin(milliseconds: number)
        case "keep": keep(mebibytes: number)
        default: break
        }
      }
    }
    let text = "\(bill.account) \(bill.invoice) \(bill.customer.name) \(bill.totals.due) cycle\n"
    let pdf = ProbePDF.bytes(pages: max(1, pages)) { String(repeating: text, count: 100) + "page \($0)\n" }
    let notice: NoticeFacts? =
      bill.isPrinted
      ? NoticeFacts(
        phase: "announce", wordsDigest: String(repeating: "d", count: 64), page: 1, area: 0.1, contrast: 7.05, headingRatio: 1.4,
        textSize: 9.5) : nil
    let facts = PieceFacts(
      billKind: bill.kind, channel: bill.isPrinted ? .print : .electronic, account: account, invoice: bill.invoice,
      content: String(repeating: "c", count: 64),
      pages: pages, charges: bill.totals.charges, due: bill.totals.due, currency: bill.currency, language: bill.language.text,
      format: bill.format, rule: notice?.rule, state: notice.map { _ in "undecided" }, phase: notice?.phase, notice: notice,
      terms: notice.map { _ in TermsFacts(version: "1", digest: String(repeating: "e", count: 64), firstPage: min(2, pages)) },
      warnings: warnings)
    let paints = options.purpose == .print
    var pieces = [Piece(facts: facts, bytes: paints && options.pieces.contains(.bill) ? pdf : [])]
    if leaflet > 0 { pieces.append(self.leaflet(pages: leaflet, beside: facts, paints: paints)) }
    guard card > 0, record.isFirst, options.pieces.contains(.postcard) else { return .pieces(pieces, warnings: warnings) }
    if card == Self.faultyCard { return .pieces(pieces, faults: [PieceFault(.postcard, RecordFault("postcard-sides", "for this test"))]) }
    let draft = self.card(card, of: bill, beside: facts, rank: record.cardRank)
    if record.cardRank > 0, paints { return add(painted(draft), to: pieces) }
    return .pieces(pieces + [Piece(facts: draft, bytes: [])], warnings: warnings)
  }

  /// A card that cannot be laid out, one that cannot be painted, and one whose painting ends the worker.
  private static let (faultyCard, unpaintableCard, deadlyCard) = (2, 3, 4)

  private func card(_ number: Int, of bill: Bill, beside facts: PieceFacts, rank: Int) -> PieceFacts {
    var facts = facts
    (facts.kind, facts.channel, facts.pages, facts.content, facts.terms) = (.postcard, .print, 2, "", nil)
    facts.card = CardFacts(
      rank: rank, width: 648, height: 432, post: "usps", recipient: .init(name: "\(number)", address: bill.customer.address),
      issued: bill.issued)
    return facts
  }

  private func painted(_ facts: PieceFacts) -> Outcome {
    guard let card = facts.card else { return .reject(RecordFault(.defect, "no card")) }
    switch Int(card.recipient.name) {
    case Self.unpaintableCard?: return .reject(RecordFault("painting-failed", "for this test"))
    case Self.deadlyCard?: fatalError("for this test")
    default: break
    }
    var facts = facts
    facts.content = String(repeating: "c", count: 64)
    return .pieces([Piece(facts: facts, bytes: ProbePDF.bytes(pages: 2) { "card \(card.rank) side \($0)\n" })])
  }

  private func add(_ outcome: Outcome, to pieces: [Piece]) -> Outcome {
    guard case .pieces(let more, _, _) = outcome else { return outcome }
    return .pieces(pieces + more)
  }

  /// The same for all bills of a language; with nine pages each worker makes another.
  private func leaflet(pages: Int, beside bill: PieceFacts, paints: Bool) -> Piece {
    var facts = bill
    (facts.kind, facts.channel, facts.pages, facts.notice) = (.terms, .print, pages, nil)
    facts.terms = TermsFacts(version: "1", digest: String(repeating: "e", count: 64), firstPage: 1)
    let own = pages == 9 ? "\(getpid())" : ""
    return Piece(facts: facts, bytes: paints ? ProbePDF.bytes(pages: pages) { "terms \(own)\($0)\n" } : [])
  }

  private func spin(milliseconds: Int) {
    let end = clock() + milliseconds * Int(CLOCKS_PER_SEC) / 1000
    while clock() < end {}
  }

  private func keep(mebibytes: Int) {
    let block = UnsafeMutableRawPointer.allocate(byteCount: mebibytes << 20, alignment: 16)
    memset(block, 1, mebibytes << 20)
  }
}
