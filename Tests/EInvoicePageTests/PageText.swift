import Billing
import Billmaking
import Contract
import Diagnostics
import EInvoice
import Foundation
import Languages

/// Invoices set with the e-invoice layout, and the text of their pages read by a program that is not ours.
final class PageText {
  /// The project's root.
  static let root: URL = {
    var place = URL(fileURLWithPath: #filePath)
    while place.path != "/" {
      place.deleteLastPathComponent()
      if FileManager.default.fileExists(atPath: place.appendingPathComponent("Layouts/e-invoice/layout.xml").path) { return place }
    }
    return place
  }()

  /// The published example invoices beside the project; empty where they are not there.
  static let invoices: [URL] = {
    var place = root
    while place.path != "/" {
      let folder = place.appendingPathComponent("shared/data/real-invoices")
      if let all = FileManager.default.enumerator(atPath: folder.path) {
        let names = all.compactMap { $0 as? String }.filter { $0.hasSuffix(".xml") }.sorted()
        if !names.isEmpty { return names.map { folder.appendingPathComponent($0) } }
      }
      place.deleteLastPathComponent()
    }
    return []
  }()

  static let extractor = ["/usr/bin/pdftotext", "/usr/local/bin/pdftotext"].first { FileManager.default.isExecutableFile(atPath: $0) }
  static var isPossible: Bool { extractor != nil && !invoices.isEmpty }

  private let renderer: any BillRenderer

  init(language: String) throws {
    let options = JobOptions(
      layout: PageText.root.appendingPathComponent("Layouts/e-invoice").path, fonts: PageText.root.appendingPathComponent("Fonts").path,
      language: language)
    let prepared = try Workshop.prepare(options)
    renderer = try Workshop.makeRenderer(WorkerJob(options: options, payload: prepared.payload))
    self.language = LanguageTag(language)
  }

  private let language: LanguageTag?

  /// The text of an invoice's pages, in reading order and as the lines lie, all white space taken out; also the number of pages.
  func text(of xml: [UInt8]) throws -> (text: String, pages: Int) {
    guard let language, let extractor = PageText.extractor else { throw CocoaError(.featureUnsupported) }
    let json = try EInvoiceRecord.json(from: xml, language: language)
    switch renderer.render(RecordInput(file: "test", input: 0, number: 1, offset: 0, identity: nil, bytes: json)) {
    case .reject(let fault, _): throw fault
    case .pieces(let pieces, _, _):
      guard let piece = pieces.first else { throw CocoaError(.featureUnsupported) }
      let (facts, pdf) = (piece.facts, piece.bytes)
      let file = FileManager.default.temporaryDirectory.appendingPathComponent("page-\(UUID().uuidString).pdf")
      try Data(pdf).write(to: file)
      defer { try? FileManager.default.removeItem(at: file) }
      let texts = try ["-raw", "-layout"].map { mode in
        let tool = Process()
        let output = Pipe()
        tool.executableURL = URL(fileURLWithPath: extractor)
        tool.arguments = [mode, file.path, "-"]
        tool.standardOutput = output
        try tool.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        tool.waitUntilExit()
        return PageText.dense(String(decoding: data, as: UTF8.self))
      }
      return (texts.joined(separator: "\u{1}"), facts.pages)
    }
  }

  /// Without white space and soft hyphens, minus signs alike.
  static func dense(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where !scalar.properties.isWhitespace && scalar.value != 0xAD {
      result.append(scalar.value == 0x2212 ? "-" : scalar)
    }
    return String(result)
  }
}
