import Billing
import Billmaking
import Contract
import Diagnostics
import EInvoice
import Foundation
import Languages
import TestSupport

/// Invoices set with the e-invoice layout, and the text of their pages read by a program that is not ours.
struct PageText: Sendable {
  /// The published example invoices beside the project; empty where they are not there.
  static let invoices: [URL] = {
    guard let folder = Project.shared("data/real-invoices"), let all = FileManager.default.enumerator(atPath: folder.path) else {
      return []
    }
    return all.compactMap { $0 as? String }.filter { $0.hasSuffix(".xml") }.sorted().map { folder.appendingPathComponent($0) }
  }()

  private let options: JobOptions

  /// - Parameter accepts: Codes of faults that are to be warnings.
  init(language: String, layout: String = "e-invoice", accepts: [String] = []) {
    options = JobOptions(layout: Project.path("Layouts/\(layout)"), fonts: [Project.fonts], language: language, accepts: accepts)
  }

  /// The text of an invoice's pages, in reading order and as the lines lie, all white space taken out; also the number of pages.
  func text(of xml: [UInt8]) throws -> (text: String, pages: Int) {
    let (pdf, pages) = try self.pdf(of: xml)
    let texts = try ["-raw", "-layout"].map { PageText.dense(try PageText.extract(pdf, $0)) }
    return (texts.joined(separator: "\u{1}"), pages)
  }

  /// The text of an invoice's pages, extracted in reading order and as the lines lie.
  func readings(of xml: [UInt8]) throws -> [String] {
    let pdf = try self.pdf(of: xml).pdf
    return try ["-raw", "-layout"].map { try PageText.extract(pdf, $0) }
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

  /// The pages of an invoice; set once for all tests that look at the same ones.
  private func pdf(of xml: [UInt8]) throws -> (pdf: [UInt8], pages: Int) {
    guard let language = options.language.flatMap(LanguageTag.init) else { throw CocoaError(.featureUnsupported) }
    return try PrintedInvoices.shared.pages(of: PrintedInvoices.Request(options: options, xml: xml)) {
      let accepts = options.isAccepted(.sumMismatch)
      return try pdf(ofRecord: try EInvoiceRecord.record(from: xml, language: language, acceptsSumMismatch: accepts).json)
    }
  }

  private func pdf(ofRecord json: [UInt8]) throws -> (pdf: [UInt8], pages: Int) {
    try PreparedRenderers.shared.use(for: options) { renderer in
      switch renderer.render(RecordInput(file: "test", input: 0, number: 1, offset: 0, identity: nil, bytes: json)) {
      case .reject(let fault, _): throw fault
      case .pieces(let pieces, _, _):
        guard let piece = pieces.first else { throw CocoaError(.featureUnsupported) }
        return (piece.bytes, piece.facts.pages)
      }
    }
  }

  private static func extract(_ pdf: [UInt8], _ mode: String) throws -> String {
    try Tool.run(["pdftotext", mode, "{}", "-"], on: pdf, withErrors: false).output
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
