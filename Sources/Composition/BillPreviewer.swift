internal import Billing
internal import Campaigns
internal import Dates
public import Diagnostics
internal import Foundation
internal import Geometry
internal import Layout
internal import LayoutLanguage
internal import Money
internal import Painting
public import Pipeline
public import Preview

extension Composer {
  /// Makes a preview worker's renderer: reads layout, campaign, fonts and key, and makes do with specimen codes where there is no key.
  public static func makePreviewRenderer(_ options: JobOptions) throws(DiagnosticList) -> any PreviewRenderer {
    var options = options
    // Only what paints needs a key.
    options.paints = false
    return BillPreviewer(try LayoutJob(options))
  }
}

/// Shows bills in a preview worker through the very steps of ``BillMaker``.
final class BillPreviewer: PreviewRenderer {
  private let job: LayoutJob
  private let maker: BillMaker
  private let reader: BillReader
  /// As given on the command line; a scenario departs from it for one bill.
  private let options: JobOptions
  private var places: MessagePlaces

  init(_ job: LayoutJob) {
    self.job = job
    options = job.options
    maker = BillMaker(job)
    reader = BillReader(strictLines: options.strictLines)
    places = MessagePlaces(folders: job.folders)
  }

  var layout: PreviewLayout {
    let campaign = job.campaign?.campaign
    let phases = Phase.allCases.compactMap { phase in
      campaign.map { PreviewLayout.PhaseDay(name: phase.rawValue, day: $0.phases[phase].iso) }
    }
    var folders = job.folders
    if let fonts = try? FontFolder.find(options) { folders.append(fonts) }
    return PreviewLayout(
      languages: job.template.languages, formats: job.template.formats, phases: phases,
      hasSpecimenCodes: campaign?.optIn.needsToken == true && job.campaign?.key == nil, folders: folders,
      warnings: job.warnings.map { PreviewFinding($0) })
  }

  func render(_ request: PreviewRequest) -> PreviewReply {
    job.options.asOf = request.scenario.asOf ?? options.asOf
    job.options.language = request.scenario.language ?? options.language
    job.options.paints = request.output == .pdf
    var reply = PreviewReply()
    reply.width = job.template.paper.size.width.points
    reply.height = job.template.paper.size.height.points
    var warnings: [RecordWarning] = []
    do throws(RecordFault) {
      let read = try reader.read(request.record)
      warnings = read.warnings
      let laidOut = try maker.layOut(try maker.compose(bill(read.bill, in: request.scenario), &warnings))
      reply.pageCount = laidOut.pagination.count
      // The pages come first: a designer wants to see what is too wide.
      try show(laidOut, request.output, &reply)
      try maker.judge(laidOut, &warnings)
      if case .piece(let facts, let pdf) = try maker.finish(laidOut, &warnings) {
        reply.isPiece = true
        reply.facts = facts.json
        if request.output == .pdf { reply.parts = [pdf] }
      }
    } catch {
      reply.findings.append(places.finding(error.diagnostic(file: request.file, record: request.number)))
    }
    reply.findings += warnings.map { places.finding($0.diagnostic(file: request.file, record: request.number)) }
    return reply
  }

  private func bill(_ bill: Bill, in scenario: PreviewScenario) -> Bill {
    var bill = bill
    if let delivery = scenario.delivery.flatMap(Bill.Delivery.init(rawValue:)) { bill.delivery = delivery }
    if let format = scenario.format.flatMap(Bill.Format.init(rawValue:)) { bill.format = format }
    switch scenario.consent {
    case .given where bill.consent == nil: bill.consent = Bill.Consent(date: bill.issued)
    case PreviewScenario.Consent.none?: bill.consent = nil
    default: break
    }
    return bill
  }

  // MARK: Painting

  private func show(_ laidOut: LaidOutBill, _ output: PreviewRequest.Output, _ reply: inout PreviewReply) throws(RecordFault) {
    let wanted: ClosedRange<Int>
    let dpi: Double?
    switch output {
    case .pages(let first, let count): (wanted, dpi) = (first...max(first, first + count - 1), nil)
    case .thumbnail(let page, let resolution): (wanted, dpi) = (page...page, Double(resolution))
    case .pdf, .findings: return
    }
    var map = SourceMapWriter(job.template)
    var parts: [[UInt8]] = []
    do {
      try laidOut.pagination.forEachPage { number, page in
        guard wanted.contains(number) else { return }
        if let dpi {
          let canvas = PNGCanvas(dpi: dpi, press: job.press)
          try Painter.paint(page, on: canvas, number: number)
          parts.append(try canvas.pngBytes())
        } else {
          let canvas = SVGCanvas(press: job.press)
          try Painter.paint(page, on: canvas, number: number)
          parts.append(try canvas.svgBytes())
          map.add(page, number: number)
        }
      }
    } catch {
      throw RecordFault("painting-failed", "\(error)")
    }
    reply.parts = parts
    if dpi == nil { reply.sourceMap = map.finished() }
  }
}

/// Writes what was drawn where, from which element and which record path: `{"elements":[…],"pages":[…]}`.
private struct SourceMapWriter {
  private let template: Template
  private var pages = JSONWriter(capacity: 1 << 14)
  private var used: Set<Int> = []

  init(_ template: Template) {
    self.template = template
    pages.beginList()
  }

  mutating func add(_ page: Frame, number: Int) {
    var boxes = JSONWriter(capacity: 1 << 14)
    boxes.beginList()
    FrameWalker.walk(page) { step in
      guard case .enter(let frame, let at) = step, let tag = frame.tag, template.nodes.indices.contains(tag.source) else { return }
      used.insert(tag.source)
      boxes.beginObject()
      boxes.member("element", tag.source)
      boxes.key("box")
      boxes.beginList()
      for length in [at.x, at.y, frame.size.width, frame.size.height] {
        boxes.value(digits: String((length.points * 100).rounded() / 100))
      }
      boxes.endList()
      boxes.member("path", tag.path?.text)
      boxes.endObject()
    }
    boxes.endList()
    pages.beginObject()
    pages.member("page", number)
    pages.key("boxes")
    pages.raw(boxes.bytes)
    pages.endObject()
  }

  consuming func finished() -> [UInt8] {
    pages.endList()
    var json = JSONWriter(capacity: pages.bytes.count + 4096)
    json.beginObject()
    json.key("elements")
    json.beginList()
    for element in used.sorted() {
      let node = template.nodes[element]
      let position = node.nameRange.file.position(of: node.nameRange.bytes.lowerBound)
      json.beginObject()
      json.member("element", element)
      json.member("name", node.element)
      json.member("label", node.label)
      json.member("file", node.nameRange.file.name)
      json.member("line", position.line)
      json.member("column", position.column)
      json.endObject()
    }
    json.endList()
    json.key("pages")
    json.raw(pages.bytes)
    json.endObject()
    return json.bytes
  }
}

/// Finds the place a message about a bill names, `(layout.xml:12:4)`, and gives the finding its excerpt.
private struct MessagePlaces {
  /// Larger layout files are not opened for an excerpt.
  private static let fileLimit = 4 << 20
  let folders: [String]
  private var files: [String: SourceFile] = [:]

  init(folders: [String]) { self.folders = folders }

  mutating func finding(_ diagnostic: Diagnostic) -> PreviewFinding {
    var diagnostic = diagnostic
    if diagnostic.range == nil, let place = place(in: diagnostic.message) { diagnostic.range = place }
    return PreviewFinding(diagnostic)
  }

  private mutating func place(in message: String) -> SourceRange? {
    for part in message.split(separator: "(").dropFirst() {
      let words = part.prefix { $0 != ")" }.split(separator: ":")
      guard words.count == 3, let line = Int(words[1]), let column = Int(words[2]), line > 0, column > 0 else { continue }
      guard let file = file(String(words[0])) else { continue }
      var (offset, current) = (0, 1)
      while current < line, let end = file.bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) {
        (offset, current) = (end + 1, current + 1)
      }
      guard current == line else { continue }
      offset += file.text(ofLine: line).prefix(column - 1).utf8.count
      let name = file.bytes[min(offset, file.bytes.count)...].prefix { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 == 0x2D }
      return SourceRange(file: file, bytes: offset..<offset + max(1, name.count))
    }
    return nil
  }

  private mutating func file(_ name: String) -> SourceFile? {
    if let known = files[name] { return known }
    guard !name.split(separator: "/").contains("..") else { return nil }
    for folder in folders {
      let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      guard let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int, size <= Self.fileLimit,
        let bytes = FileManager.default.contents(atPath: path)
      else { continue }
      let file = SourceFile(name: path, bytes: Array(bytes))
      files[name] = file
      return file
    }
    return nil
  }
}

extension PieceFacts {
  /// What the page says of a bill.
  fileprivate var json: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.member("account", account)
    json.member("invoice", invoice)
    json.member("kind", billKind.rawValue)
    json.member("channel", channel.rawValue)
    json.member("language", language)
    json.member("format", format.rawValue)
    json.member("charges", charges.description)
    json.member("due", due.description)
    json.member("currency", currency.code)
    json.key("notice")
    if let notice {
      json.beginObject()
      json.member("phase", notice.phase)
      json.member("page", notice.page)
      json.member("area", Int((notice.area * 1000).rounded()))
      json.member("contrast", Int((notice.contrast * 10).rounded()))
      json.member("heading", Int((notice.headingRatio * 100).rounded()))
      json.endObject()
    } else {
      json.null()
    }
    json.key("terms")
    if let terms {
      json.beginObject()
      json.member("version", terms.version)
      json.member("page", terms.firstPage)
      json.endObject()
    } else {
      json.null()
    }
    json.endObject()
    return json.bytes
  }
}
