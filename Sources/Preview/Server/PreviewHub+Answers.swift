internal import Consents
internal import Contract
internal import CLinux
internal import Dates
internal import Diagnostics
internal import JSON

/// What the page is told: JSON, pictures, PDFs.
extension PreviewHub {
  // MARK: One piece

  /// A piece as it would be printed: facts, findings, and pictures of the pages in sight. `nil`: no such record (yet).
  ///
  /// - Parameter scale: Pixels to a point.
  func piece(_ piece: ShownPiece, pages: ClosedRange<Int>, scale: Double) async -> [UInt8]? {
    let start = bf_monotonic_nanoseconds()
    let output = PreviewRequest.Output.bill(pages: pages, scale: scale)
    guard let (outcome, generation) = await ask(piece, output, on: foreground, urgency: .bill) else { return nil }
    return answer(outcome, piece, generation, first: pages.lowerBound, since: start)
  }

  /// One page as a small picture, with facts and findings; made while nothing more urgent waits.
  func thumbnail(_ piece: ShownPiece, page: Int, scale: Double) async -> [UInt8]? {
    let start = bf_monotonic_nanoseconds()
    let output = PreviewRequest.Output.picture(page: page, scale: scale)
    guard let (outcome, generation) = await ask(piece, output, on: background, urgency: .picture) else { return nil }
    return answer(outcome, piece, generation, first: page, since: start)
  }

  /// One part of a piece made for itself: a page's picture, its SVG, its source map. `nil`: there is none, or not of that generation any more.
  func part(
    _ piece: ShownPiece, _ output: PreviewRequest.Output, generation: Int?, isQuiet: Bool
  ) async -> [UInt8]? {
    let lane = isQuiet ? background : foreground
    guard let (outcome, _) = await ask(piece, output, on: lane, urgency: .picture, wanted: generation) else { return nil }
    guard case .reply(let reply) = outcome else { return nil }
    return reply.parts.first?.bytes
  }

  private func answer(_ outcome: WorkerLane.Outcome, _ piece: ShownPiece, _ generation: Int, first: Int, since start: Int64) -> [UInt8] {
    let bill = piece.bill
    var json = JSONWriter(capacity: 4096)
    json.beginObject()
    json.member("generation", generation)
    write(bill, to: &json)
    json.member("piece", piece.kind.rawValue)
    if let record = shown(bill) {
      json.key("record")
      write(record, bill, to: &json)
    }
    switch outcome {
    case .reply(let reply):
      json.member("status", "shown")
      json.member("isPiece", reply.isPiece)
      json.member("why", reply.why)
      json.member("pageCount", reply.pageCount)
      json.key("width")
      json.value(digits: String(reply.width))
      json.key("height")
      json.value(digits: String(reply.height))
      json.key("bleed")
      json.value(digits: String(reply.bleed))
      let id = pictures.add(PictureStore.Pictures(first: first, parts: reply.parts.map(\.bytes)))
      json.key("pages")
      json.beginList()
      for page in reply.parts.indices {
        json.beginObject()
        json.member("page", first + page)
        json.member("url", "/page/\(run)/\(id)/\(first + page).png")
        json.endObject()
      }
      json.endList()
      json.key("facts")
      if let facts = reply.facts {
        JSONFieldWriter.write(facts, for: .page, to: &json)
      } else {
        json.beginObject()
        json.endObject()
      }
      json.key("message")
      if let message = reply.message { write(message, to: &json) } else { json.null() }
      json.key("enclosures")
      json.beginList()
      for file in reply.enclosures { json.value(file) }
      json.endList()
      write(reply.findings, to: &json)
    case .refused(let findings):
      json.member("status", "refused")
      write(findings, to: &json)
    case .lost(let why):
      json.member("status", "lost")
      write([PreviewFinding(severity: .error, id: "worker-lost", message: why)], to: &json)
    case .superseded, .layout:
      json.member("status", "superseded")
      write([], to: &json)
    }
    json.member("microseconds", Int((bf_monotonic_nanoseconds() - start) / 1000))
    json.endObject()
    return json.bytes
  }

  /// The file `render` would write, a PDF or a message, and the name to save it under; `nil` where there is none.
  func file(_ piece: ShownPiece) async -> (bytes: [UInt8], name: String)? {
    guard let (outcome, _) = await ask(piece, .pdf, on: foreground, urgency: .bill), let record = shown(piece.bill) else { return nil }
    guard case .reply(let reply) = outcome, reply.isPiece, let bytes = reply.parts.first?.bytes else { return nil }
    let plain = "\(record.account)_\(record.invoice)".map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "-" }
    let noun = piece.kind == .bill ? "" : "_\(piece.kind.traits.noun)"
    // Neither a leaflet nor a card has a code of the customer's; a card's barcode is numbered once all cards are known.
    let label =
      switch piece.kind {
      case .bill where layout?.hasSpecimenCodes == true: "_specimen-codes"
      case .email where layout?.hasSpecimenCodes == true: "_specimen-codes"
      case .postcard where reply.facts?.mailing?.imb.isEmpty == false: "_specimen-serial"
      case .bill, .terms, .postcard, .email: ""
      }
    return (bytes, "\(String(plain.prefix(120)))\(noun)\(label).\(piece.kind == .email ? "eml" : "pdf")")
  }

  /// A picture made before.
  func picture(_ id: Int, page: Int) -> [UInt8]? {
    guard let set = pictures[id], set.parts.indices.contains(page - set.first) else { return nil }
    return set.parts[page - set.first]
  }

  // MARK: Layout and data

  /// What layout and campaign offer, what is wrong with them, and how far the data is read.
  func state() -> [UInt8] {
    var json = JSONWriter(capacity: 2048)
    json.beginObject()
    json.member("run", run)
    json.member("generation", generation)
    json.member("layout", options.job.layout)
    json.member("campaign", options.job.campaign)
    json.member("asOf", options.job.asOf?.iso)
    json.member("language", options.job.language)
    json.member("languages", layout?.languages ?? [])
    json.member("formats", layout?.formats ?? [])
    json.member("pieces", (layout?.pieces ?? [.bill]).map(\.rawValue))
    json.key("phases")
    json.beginList()
    for phase in layout?.phases ?? [] {
      json.beginObject()
      json.member("name", phase.name)
      json.member("day", phase.day)
      json.endObject()
    }
    json.endList()
    json.member("rules", layout?.rules ?? [])
    json.member("states", layout?.phases.isEmpty == false ? CustomerState.allCases.map(\.rawValue) : [])
    json.key("notices")
    json.beginList()
    for notice in layout?.notices ?? [] {
      json.beginObject()
      json.member("name", notice.name)
      json.member("variants", notice.variants)
      json.endObject()
    }
    json.endList()
    json.member("ledger", options.job.ledger)
    json.member("hasSpecimenCodes", layout?.hasSpecimenCodes ?? false)
    json.member("isUsable", refusal.isEmpty)
    write(refusal.isEmpty ? layout?.warnings ?? [] : refusal, to: &json)
    writeProgress(to: &json)
    json.endObject()
    return json.bytes
  }

  private func writeProgress(to json: inout JSONWriter) {
    let progress = index.progress
    json.key("data")
    json.beginObject()
    json.member("count", progress.count)
    json.member("readBytes", progress.readBytes)
    json.member("totalBytes", progress.totalBytes)
    json.member("isDone", progress.isDone)
    json.member("fault", progress.fault)
    json.endObject()
  }

  /// Records in the order of the data.
  func records(from start: Int, count: Int) -> [UInt8] {
    let start = max(0, start)
    let entries = index.entries(from: start, count: count)
    return list(entries.indices.map { (start + $0, entries[$0]) }, total: index.progress.count)
  }

  /// Records that a search finds.
  func search(_ query: String, limit: Int) -> [UInt8] {
    let (indexes, total) = index.search(query, limit: limit)
    return list(indexes.compactMap { number in index.entry(number).map { (number, $0) } }, total: total)
  }

  private func list(_ entries: [(Int, RecordEntry)], total: Int) -> [UInt8] {
    var json = JSONWriter(capacity: 64 + entries.count * 160)
    json.beginObject()
    json.member("total", total)
    json.key("records")
    json.beginList()
    for (number, entry) in entries { write(shown(entry), .data(number), to: &json) }
    json.endList()
    writeProgress(to: &json)
    json.endObject()
    return json.bytes
  }

  // MARK: Extremes and problems

  /// The extremes found so far, and those made up.
  func extremes() async -> [UInt8] {
    await makeExtremes()
    var json = JSONWriter(capacity: 8192)
    json.beginObject()
    json.key("extremes")
    json.beginList()
    for found in index.extremes { write(found.kind.rawValue, found.detail, .data(found.index), to: &json) }
    json.endList()
    json.key("made")
    json.beginList()
    for (number, bill) in made.bills.enumerated() { write(bill.extreme.kind, bill.extreme.detail, .made(number), to: &json) }
    json.endList()
    writeProgress(to: &json)
    json.endObject()
    return json.bytes
  }

  private func write(_ kind: String, _ detail: String, _ bill: BillName, to json: inout JSONWriter) {
    json.beginObject()
    json.member("kind", kind)
    json.member("detail", detail)
    write(bill, to: &json)
    json.endObject()
  }

  /// The problems found so far, by cause.
  func problemList() -> [UInt8] {
    var json = JSONWriter(capacity: 4096)
    json.beginObject()
    json.member("done", problems.done)
    json.member("rejects", problems.rejects)
    json.member("total", index.progress.count)
    json.member("isDone", index.progress.isDone && problems.done >= index.progress.count)
    json.key("groups")
    json.beginList()
    for group in problems.sorted {
      json.beginObject()
      json.key("finding")
      JSONFieldWriter.write(group.finding, for: .page, to: &json)
      json.member("count", group.count)
      json.key("bills")
      json.beginList()
      for bill in group.bills { json.value(bill) }
      json.endList()
      json.endObject()
    }
    json.endList()
    json.endObject()
    return json.bytes
  }

  // MARK: Parts of answers

  /// What the page says of a record.
  private func shown(_ bill: BillName) -> ShownRecord? {
    switch bill {
    case .data(let number): index.entry(number).map { shown($0) }
    case .made(let number): made.bills.indices.contains(number) ? made.bills[number].record : nil
    }
  }

  private func shown(_ entry: RecordEntry) -> ShownRecord {
    ShownRecord(
      account: entry.account, invoice: entry.invoice, summary: entry.summary, language: entry.language, file: entry.source,
      line: entry.number)
  }

  private func write(_ bill: BillName, to json: inout JSONWriter) {
    switch bill {
    case .data(let number): json.member("bill", number)
    case .made: json.member("bill", bill.text)
    }
  }

  private func write(_ record: ShownRecord, _ bill: BillName, to json: inout JSONWriter) {
    json.beginObject()
    write(bill, to: &json)
    json.member("account", record.account)
    json.member("invoice", record.invoice)
    switch record.summary {
    case .bill(let customer, let due):
      json.member("name", customer)
      json.member("due", due)
    case .fault(let message, let code):
      json.member("name", message)
      json.member("due", code)
    }
    json.member("language", record.language)
    json.member("isFaulty", record.summary.isFault)
    json.member("file", record.file)
    json.member("line", record.line)
    if let made = record.made { json.member("made", made) }
    json.endObject()
  }

  /// An e-mail; its HTML is fetched by the frames that show it.
  private func write(_ message: PreviewMessage, to json: inout JSONWriter) {
    let modes = MessageFrame.Mode.allCases
    let id = pictures.add(PictureStore.Pictures(first: 0, parts: modes.map { MessageFrame.document(message.html, $0) }))
    json.beginObject()
    json.member("subject", message.subject)
    json.member("preheader", message.preheader)
    json.key("headers")
    json.beginList()
    for header in message.headers {
      json.beginObject()
      json.member("name", header.name)
      json.member("value", header.value)
      json.endObject()
    }
    json.endList()
    json.member("text", message.text)
    json.member("size", message.size)
    for (place, mode) in modes.enumerated() { json.member(mode.rawValue, "/message/\(run)/\(id)/\(place).html") }
    json.endObject()
  }

  private func write(_ findings: [PreviewFinding], to json: inout JSONWriter) {
    json.key("findings")
    json.beginList()
    for finding in findings { JSONFieldWriter.write(finding, for: .page, to: &json) }
    json.endList()
  }
}
