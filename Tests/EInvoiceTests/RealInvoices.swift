import Billing
import Diagnostics
import EInvoice
import Foundation
import JSON
import Languages
import TestSupport

/// The published example invoices beside the project, if they are there.
enum RealInvoices {
  /// `shared/data/real-invoices` beside any folder above this file; `nil` where there is none.
  static let folder = Project.shared("data/real-invoices")

  static var isThere: Bool { folder != nil }

  /// The XML files by their paths below the folder, sorted.
  static let names: [String] = {
    guard let folder, let all = FileManager.default.enumerator(atPath: folder.path) else { return [] }
    return all.compactMap { $0 as? String }.filter { $0.hasSuffix(".xml") }.sorted()
  }()

  static func bytes(_ name: String) throws -> [UInt8] {
    guard let folder else { return [] }
    return [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
  }
}

let english: LanguageTag = {
  guard let tag = LanguageTag("en") else { preconditionFailure("'en' is a language tag") }
  return tag
}()

/// The record of an invoice as JSON.
func record(_ xml: [UInt8]) throws -> JSONValue {
  try JSONValue(parsing: try EInvoiceRecord.json(from: xml, language: english))
}

/// The fault of an invoice; `nil` where it becomes a bill.
func fault(_ xml: String) -> RecordFault? { fault(Array(xml.utf8)) }

func fault(_ xml: [UInt8]) -> RecordFault? {
  do throws(RecordFault) {
    _ = try EInvoiceRecord.bill(from: xml, language: english)
    return nil
  } catch {
    return error
  }
}
