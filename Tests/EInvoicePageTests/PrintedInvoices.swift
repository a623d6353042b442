import Contract
import Foundation

/// Pages of invoices that have been set already: several tests look at the same invoices in the same languages, and setting them is most of
/// their time.
///
/// `@unchecked Sendable`: guarded by `lock`.
final class PrintedInvoices: @unchecked Sendable {
  /// All that decides what the pages look like.
  struct Request: Hashable {
    let options: JobOptions
    let xml: [UInt8]
  }

  static let shared = PrintedInvoices()
  private let lock = NSLock()
  private var known: [Request: (pdf: [UInt8], pages: Int)] = [:]

  /// The pages of an invoice.
  ///
  /// - Parameter make: Sets them, where they are not known.
  /// - Throws: What `make` throws, each time anew.
  func pages(of request: Request, _ make: () throws -> (pdf: [UInt8], pages: Int)) rethrows -> (pdf: [UInt8], pages: Int) {
    if let pages = lock.withLock({ known[request] }) { return pages }
    let pages = try make()
    lock.withLock { known[request] = pages }
    return pages
  }
}
