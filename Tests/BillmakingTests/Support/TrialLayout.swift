import Billing
import Composition
import Contract
import Diagnostics
import Foundation
import Geometry
import Layout
import Painting
import TestSupport

@testable import Billmaking

/// A small layout in a folder of its own, whose bills are made in this process: from the bytes of a record to those of a PDF.
final class TrialLayout {
  let folder: URL
  let job: LayoutJob
  let maker: BillMaker

  /// What a record became.
  struct Printed {
    var facts: PieceFacts
    var pdf: [UInt8]
  }

  /// Writes a layout and reads it as the program would.
  ///
  /// - Parameters:
  ///   - strings: The text of `strings/LANG.yaml` by language.
  ///   - shared: A folder whose content is put beside `layout.xml`.
  init(
    _ xml: String, strings: [String: String] = ["en-US": ""], shared: URL? = nil, campaign: String? = nil, tokenKey: String? = nil,
    accepts: [String] = [], pieces: [PieceKind] = [.bill], purpose: JobOptions.Purpose = .print, fonts: [String] = [Project.fonts]
  ) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("billfold-trial-\(UUID().uuidString)")
    let files = FileManager.default
    if let shared { try files.copyItem(at: shared, to: folder) }
    try files.createDirectory(at: folder.appendingPathComponent("strings"), withIntermediateDirectories: true)
    try Data(xml.utf8).write(to: folder.appendingPathComponent("layout.xml"))
    for (language, text) in strings { try Data(text.utf8).write(to: folder.appendingPathComponent("strings/\(language).yaml")) }
    job = try LayoutJob(
      JobOptions(
        layout: folder.path, campaign: campaign, tokenKey: tokenKey, fonts: fonts,
        accepts: accepts, pieces: pieces, purpose: purpose))
    maker = BillMaker(job)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// A layout of one body on small pages, in the fonts of the project.
  static func xml(_ body: String, paper: String = "300pt 200pt", margin: String = "10pt", declarations: String = "", bill: String = "")
    -> String
  {
    """
    <bill paper="\(paper)" style="body" \(bill) xmlns="urn:billfold:layout:1">
      <style name="body" font="Inter, Noto Sans, Noto Sans Arabic, Noto Sans Hebrew" size="10pt" line-height="14pt"/>
      \(declarations)
      <page name="next" margin="\(margin)"/>
      <body>\(body)</body>
    </bill>
    """
  }

  /// What becomes of a record.
  func outcome(_ record: String) -> Outcome { maker.outcome(record) }

  /// The piece a record becomes; a reject is thrown.
  func print(_ record: String) throws -> Printed { try maker.print(record) }

  /// Why a record is rejected; `nil` where it is not.
  func fault(_ record: String) -> RecordFault? {
    if case .reject(let fault, _) = outcome(record) { fault } else { nil }
  }

  /// The finished pages of a record.
  func pages(_ record: String) throws -> [Frame] { try maker.pages(record) }

  /// The pages as readable text, one line per drawing step, with the warnings or the fault below.
  func trace(_ record: String, showsMeaning: Bool = false) throws -> String {
    switch outcome(record) {
    case .reject(let fault, let warnings):
      return warnings.map { "warning \($0.code) \($0.path): \($0.message)\n" }.joined()
        + "reject \(fault.code) \(fault.path): \(fault.fullMessage)\n"
    case .pieces(_, _, let warnings):
      let canvas = TraceCanvas(fonts: job.press.fonts, images: job.stock.images, showsMeaning: showsMeaning)
      for page in try pages(record) { try Painter.paint(page, on: canvas) }
      return canvas.text + warnings.map { "warning \($0.code) \($0.path): \($0.message)\n" }.joined()
    }
  }
}

extension TrialLayout {
  /// What a reader of the bill's structure finds; `nil` where the record is rejected.
  func structure(_ record: String) throws -> String? {
    guard case .pieces = outcome(record) else { return nil }
    var warnings: [RecordWarning] = []
    let laidOut = try maker.layOut(try maker.compose(try maker.read(Array(record.utf8)), maker.occasion, &warnings))
    var pages: [Frame] = []
    try laidOut.pagination.forEachPage { _, page in pages.append(laidOut.marked(page)) }
    let tree = StructureTree(of: pages, language: laidOut.language, direction: laidOut.composer.direction)
    if let fault = tree.fault(on: pages) { throw TestFailure(fault) }
    return StructureText.text(of: pages, language: laidOut.language, direction: laidOut.composer.direction)
  }
}

extension BillMaker {
  func outcome(_ record: String) -> Outcome {
    render(RecordInput(file: "bills.jsonl", input: 0, number: 1, offset: 0, identity: nil, bytes: Array(record.utf8)))
  }

  func print(_ record: String) throws -> TrialLayout.Printed {
    switch outcome(record) {
    case .pieces(let pieces, _, _):
      guard let piece = pieces.first else { throw TestFailure("no piece") }
      return TrialLayout.Printed(facts: piece.facts, pdf: piece.bytes)
    case .reject(let fault, _): throw TestFailure("\(fault.code) \(fault.path): \(fault.fullMessage)")
    }
  }

  /// The finished pages of a record, whatever was found wrong with them.
  func pages(_ record: String) throws -> [Frame] {
    var warnings: [RecordWarning] = []
    let laidOut = try layOut(try compose(try read(Array(record.utf8)), occasion, &warnings))
    var pages: [Frame] = []
    try laidOut.pagination.forEachPage { _, page in pages.append(laidOut.marked(page)) }
    return pages
  }
}

extension Frame {
  /// The words of the page in painting order, a space between two runs.
  var words: String { PageFacts(page: self).texts.map(\.run.text).joined(separator: " ") }
}
