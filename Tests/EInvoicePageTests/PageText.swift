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
  static let interpreter = ["/usr/bin/python3", "/usr/local/bin/python3"].first { FileManager.default.isExecutableFile(atPath: $0) }
  static var isPossible: Bool { extractor != nil && !invoices.isEmpty }
  /// Where a test must not be skipped for want of a tool.
  static var mustRun: Bool { ProcessInfo.processInfo.environment["CI"] == "true" }

  private let renderer: any BillRenderer

  init(language: String, layout: String = "e-invoice") throws {
    let options = JobOptions(
      layout: PageText.root.appendingPathComponent("Layouts/\(layout)").path, fonts: PageText.root.appendingPathComponent("Fonts").path,
      language: language)
    let prepared = try Workshop.prepare(options)
    renderer = try Workshop.makeRenderer(WorkerJob(options: options, payload: prepared.payload))
    self.language = LanguageTag(language)
  }

  private let language: LanguageTag?

  /// The text of an invoice's pages, in reading order and as the lines lie, all white space taken out; also the number of pages.
  func text(of xml: [UInt8]) throws -> (text: String, pages: Int) {
    let (pdf, pages) = try self.pdf(of: xml)
    let texts = try ["-raw", "-layout"].map { PageText.dense(try PageText.extract(pdf, $0)) }
    return (texts.joined(separator: "\u{1}"), pages)
  }

  /// The text of an invoice's pages in reading order, as it is extracted.
  func raw(of xml: [UInt8]) throws -> String { try PageText.extract(try pdf(of: xml).pdf, "-raw") }

  /// The text of a record's pages, one space where there is white space.
  func plain(ofRecord json: [UInt8]) throws -> String {
    try PageText.extract(try pdf(ofRecord: json).pdf, "-raw").split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// The text of an invoice's pages, one space where there is white space.
  func plain(of xml: String) throws -> String {
    try raw(of: Array(xml.utf8)).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private func pdf(of xml: [UInt8]) throws -> (pdf: [UInt8], pages: Int) {
    guard let language else { throw CocoaError(.featureUnsupported) }
    return try pdf(ofRecord: try EInvoiceRecord.json(from: xml, language: language))
  }

  private func pdf(ofRecord json: [UInt8]) throws -> (pdf: [UInt8], pages: Int) {
    switch renderer.render(RecordInput(file: "test", input: 0, number: 1, offset: 0, identity: nil, bytes: json)) {
    case .reject(let fault, _): throw fault
    case .pieces(let pieces, _, _):
      guard let piece = pieces.first else { throw CocoaError(.featureUnsupported) }
      return (piece.bytes, piece.facts.pages)
    }
  }

  private static func extract(_ pdf: [UInt8], _ mode: String) throws -> String {
    guard let extractor else { throw CocoaError(.featureUnsupported) }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("page-\(UUID().uuidString).pdf")
    try Data(pdf).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try run(extractor, [mode, file.path, "-"]).output
  }

  /// Runs a program to its end.
  static func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
    let tool = Process()
    let output = Pipe()
    tool.executableURL = URL(fileURLWithPath: program)
    tool.arguments = arguments
    tool.standardOutput = output
    try tool.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    tool.waitUntilExit()
    return (tool.terminationStatus, String(decoding: data, as: UTF8.self))
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
