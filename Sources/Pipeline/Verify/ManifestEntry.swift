internal import Billing
internal import Contract
internal import Diagnostics
internal import Intake
internal import JSON
internal import Languages
internal import Money

/// What run.json says that lines of the manifest and of the rejects must agree with.
struct RunFacts: Sendable {
  var cycle: String
  var isSpecimen: Bool
  /// How many data files the run had.
  var inputs: Int
  /// SHA-256 of run.json.
  var digest: String
  /// The kinds of pieces that were asked for.
  var kinds: Set<PieceKind>

  init(_ folder: FinishedFolder) {
    cycle = folder.run.json("cycle")?.text ?? ""
    isSpecimen = folder.run.json("specimen")?.flag ?? false
    inputs = folder.run.inputCount
    digest = folder.run.digest
    kinds = folder.run.kinds
  }
}

/// One line of `manifest.jsonl`, read back.
struct ManifestEntry: Sendable {
  /// Pages of a piece at most: no file that is read has so many.
  ///
  /// - Stops: a manifest whose figures overflow the sums.
  private static let mostPages = 1_000_000_000

  /// The line without its end.
  let line: [UInt8]
  /// What the line says; the charges, which it does not say, are 0, and of a warning only its code is known.
  let facts: PieceFacts

  /// Reads a line.
  ///
  /// - Throws: What keeps it from being a line of a manifest.
  init(line: [UInt8]) throws(EntryFault) {
    self.line = line
    let entry = try EntryReader(line: line)
    guard try entry.integer("v", from: 1) == 1 else { throw entry.expected("1", "v") }
    guard let currency = Currency(code: try entry.text("currency")) else { throw entry.expected("a currency of ISO 4217", "currency") }
    let due: Amount
    do { due = try Amount(try entry.text("amount_due")) } catch { throw entry.expected("an amount", "amount_due") }
    let language = try entry.text("language")
    guard LanguageTag(language)?.text == language else { throw entry.expected("a language tag", "language") }
    let pages = try entry.integer("pages", from: 1, to: ManifestEntry.mostPages)
    var facts = PieceFacts(
      kind: try entry.word("kind", PieceKind.self), billKind: try entry.word("bill_kind", Bill.Kind.self),
      channel: try entry.word("channel", PieceKind.Channel.self), account: try entry.text("account"), invoice: try entry.text("invoice"),
      content: try entry.digest("content"), firstPage: try entry.integer("first_page", from: 1, to: ManifestEntry.mostPages), pages: pages,
      charges: .zero, due: due,
      currency: currency, language: language, format: try entry.word("format", Bill.Format.self))
    facts.cycle = try entry.text("cycle")
    if entry.has("series") { facts.series = try entry.text("series") }
    if entry.has("copy") { facts.copy = try entry.integer("copy", from: 2) }
    (facts.file, facts.sha256) = (try entry.text("file"), try entry.digest("sha256"))
    facts.bytes = try entry.integer("bytes", from: 1)
    guard try entry.integer("sheets", from: 1, to: ManifestEntry.mostPages) == facts.sheets else {
      throw EntryFault(.lineContradicts, "\(pages) pages are on \(facts.sheets) sheets", path: "$.sheets")
    }
    (facts.rule, facts.state) = (try entry.optionalText("rule"), try entry.optionalText("state"))
    facts.phase = try entry.optionalText("phase")
    if let notice = try entry.optionalObject("notice") {
      facts.notice = NoticeFacts(
        name: try notice.text("name"), variant: try notice.text("variant"), phase: try notice.text("phase"), rule: try notice.text("rule"),
        wordsDigest: try notice.digest("words_digest"), page: try notice.integer("page", from: 1, to: ManifestEntry.mostPages),
        area: try notice.measure("area"),
        contrast: try notice.measure("contrast"), headingRatio: try notice.measure("heading_ratio"),
        textSize: try notice.measure("text_size"))
    }
    if let terms = try entry.optionalObject("terms") {
      facts.terms = TermsFacts(
        version: try terms.text("version"), digest: try terms.digest("digest"),
        firstPage: try terms.integer("first_page", from: 1, to: ManifestEntry.mostPages))
    }
    if facts.kind == .postcard {
      let card = try entry.object("card")
      guard let post = try card.value("post").text else { throw card.expected("a text", "post") }
      facts.card = CardFacts(
        rank: try card.integer("rank", from: 1), width: try card.measure("width"), height: try card.measure("height"),
        post: post, recipient: CardFacts.Recipient(name: "", address: []), issued: .blank)
    }
    if facts.kind == .email {
      let email = try entry.object("email")
      facts.email = EmailFacts(messageID: try email.text("message_id"), returnPath: try email.text("return_path"))
    }
    if entry.has("fit") {
      facts.fit = try entry.text("fit")
      guard !facts.fit.isEmpty else { throw entry.expected("the name of a step", "fit") }
    }
    let record = try entry.object("record")
    facts.record = PieceFacts.Source(
      file: try record.text("file"), input: try record.integer("input", from: 0, to: RecordPlace.maximumInputs - 1),
      number: try record.integer("number", from: 1))
    let codes = try entry.texts("warnings")
    facts.warnings = codes.map { RecordWarning(RecordFault.Code(rawValue: $0), "", path: "$") }
    guard facts.warningCodes == codes else {
      throw EntryFault(.lineContradicts, "expected each code once, sorted", path: "$.warnings")
    }
    let findings = try entry.objects("findings")
    guard findings.count <= PieceFinding.limit else { throw entry.expected("at most \(PieceFinding.limit) findings", "findings") }
    var found: Set<String> = []
    for finding in findings {
      found.insert(try finding.text("code"))
      _ = (try finding.text("path"), try finding.integer("count", from: 1))
    }
    guard found.isSubset(of: codes) else { throw EntryFault(.lineContradicts, "has a code that 'warnings' lacks", path: "$.findings") }
    if entry.has("specimen") {
      guard try entry.value("specimen") == .flag(true) else { throw entry.expected("true", "specimen") }
      facts.isSpecimen = true
    }
    self.facts = facts
  }

  /// What its file must be called, with the series' digest and without: whether the run has an invoice in several series, one line cannot say.
  private var names: [String] {
    switch facts.kind.traits.naming {
    case .record:
      [false, true].map { PieceName.file(of: identity, kind: facts.kind, hasSeveralSeries: $0, copy: facts.copy) }
    case .edition: [facts.kind.file(language: facts.language, format: facts.format)]
    }
  }

  /// Whose piece it is.
  var identity: RecordIdentity {
    RecordIdentity(account: Array(facts.account.utf8), invoice: Array(facts.invoice.utf8), series: Array(facts.series.utf8))
  }

  /// Whether the file is called as a piece of this identity is; only then is it looked at.
  var hasItsName: Bool { names.contains { $0.utf8.elementsEqual(facts.file.utf8) } }

  /// What in it disagrees with itself and with its run.
  func contradictions(_ run: RunFacts) -> [EntryFault] {
    var faults: [EntryFault] = []
    func expect(_ holds: Bool, _ message: String, _ path: String) {
      if !holds { faults.append(EntryFault(.lineContradicts, message, path: path)) }
    }
    expect(facts.cycle.utf8.elementsEqual(run.cycle.utf8), "the run's cycle is '\(run.cycle)'", "$.cycle")
    expect(hasItsName, "the file of this account and invoice would be '\(names[0])'", "$.file")
    expect(facts.record.input < run.inputs, "the run has \(run.inputs) data files", "$.record.input")
    expect(facts.isSpecimen == run.isSpecimen, "the run was made with\(run.isSpecimen ? "" : "out") '--specimen'", "$.specimen")
    expect(run.kinds.contains(facts.kind), "the run was made without '--pieces \(facts.kind.rawValue)'", "$.kind")
    if facts.kind == .terms {
      expect(facts.channel == .print, "a leaflet goes with what is printed", "$.channel")
      expect(facts.terms != nil && facts.notice == nil, "a leaflet carries the terms, and no notice", "$.terms")
    }
    if facts.kind == .postcard {
      expect(facts.channel == .print, "a postcard is printed", "$.channel")
      expect(facts.pages == 2, "a postcard has two sides", "$.pages")
      expect(facts.notice != nil && facts.terms == nil, "a postcard carries a notice, and no terms", "$.notice")
    }
    if facts.kind == .email {
      expect(facts.channel == .electronic, "an e-mail is not printed", "$.channel")
      expect(facts.pages == 1, "an e-mail is one page", "$.pages")
      expect(facts.notice != nil && facts.terms == nil, "an e-mail carries a notice, and no terms", "$.notice")
    }
    let last = facts.firstPage + facts.pages - 1
    if let notice = facts.notice { expect(notice.page <= last, "the piece ends on page \(last)", "$.notice.page") }
    expect(
      (facts.rule == nil) == (facts.state == nil) && (facts.rule == nil) == (facts.phase == nil),
      "rule, state and phase are there together, or none of them", "$.rule")
    if let notice = facts.notice {
      expect(notice.rule == facts.rule && notice.phase == facts.phase, "the line has another rule or phase", "$.notice")
    }
    if let terms = facts.terms { expect(terms.firstPage <= last, "the piece ends on page \(last)", "$.terms.first_page") }
    return faults
  }

  /// Whether it stands before another in a manifest: by account, invoice, series, copy, kind.
  func precedes(_ other: ManifestEntry) -> Bool {
    if identity != other.identity { return identity < other.identity }
    if facts.copy != other.facts.copy { return facts.copy < other.facts.copy }
    return facts.kind.rawValue.utf8.lexicographicallyPrecedes(other.facts.kind.rawValue.utf8)
  }
}

/// One line of `rejects.jsonl`, read back.
struct RejectEntry: Sendable {
  let place: RecordPlace
  let kind: PieceKind
  let code: String

  /// Reads a line; the record in it, which is whatever the data held, is passed over.
  init(line: [UInt8], _ run: RunFacts) throws(EntryFault) {
    // Quotes within texts are escaped, and only texts and numbers stand before it.
    let mark = Array(",\"record\":".utf8)
    let record = line.firstRange(of: mark)
    let entry = try EntryReader(line: record.map { Array(line[..<$0.lowerBound]) + [UInt8(ascii: "}")] } ?? line)
    place = RecordPlace(
      input: try entry.integer("input", from: 0, to: RecordPlace.maximumInputs - 1), number: try entry.integer("number", from: 1))
    guard place.input < run.inputs else {
      throw EntryFault(.lineContradicts, "the run has \(run.inputs) data files", path: "$.input")
    }
    kind = try entry.word("kind", PieceKind.self)
    code = try entry.text("code")
    _ = (try entry.text("file"), try entry.integer("offset", from: 0), try entry.integer("length", from: 0))
    _ = (try entry.text("message"), try entry.text("path"))
    guard (record != nil) != entry.has("raw"), line.last == UInt8(ascii: "}") else {
      throw EntryFault(.lineMalformed, "expected either 'record' or 'raw'")
    }
  }
}
