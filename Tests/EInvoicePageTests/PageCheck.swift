import Foundation
import TestSupport

/// A script in `Check` that holds pages against invoices, run once for many of them: to start it takes longer than to look at a page.
struct PageCheck {
  /// What it says of one invoice: 1 where something is wrong, and its lines.
  typealias Finding = (code: Int32, lines: [String])

  private let words: [String]
  private let folder: TemporaryFolder
  private var files: [[String]] = []

  /// - Parameter options: What stands before the invoices.
  init(_ script: String, _ options: [String]) throws {
    words = [Tool.python, "-B", Project.path("Tests/EInvoicePageTests/Check/\(script)")] + options
    folder = try TemporaryFolder()
  }

  /// Adds an invoice and the text of its pages, in one or several readings.
  mutating func add(_ invoice: URL, _ readings: [String]) throws {
    let pages = try readings.enumerated().map { try folder.write("\(files.count)-\($0.offset).txt", $0.element) }
    files.append([invoice.path] + pages)
  }

  /// The same of an invoice that is no file yet.
  mutating func add(_ invoice: SmallInvoice, _ readings: [String]) throws {
    try add(URL(fileURLWithPath: try folder.write("\(files.count).xml", invoice.xml)), readings)
  }

  /// What the script says of each, in their order.
  ///
  /// - Throws: ``TestFailure`` where it does not speak of each of them.
  func findings() throws -> [Finding] {
    let run = try Tool.run(words + Array(files.joined(separator: ["--"])))
    var findings: [Finding] = []
    var lines: [String] = []
    for line in run.output.split(separator: "\n").map(String.init) {
      guard line == "-- 0" || line == "-- 1" else {
        lines.append(line)
        continue
      }
      findings.append((line == "-- 1" ? 1 : 0, lines))
      lines = []
    }
    guard findings.count == files.count, lines.isEmpty, run.code == findings.map(\.code).max() ?? 0 else {
      throw TestFailure("the script ended with \(run.code): \(run.output)")
    }
    return findings
  }
}
