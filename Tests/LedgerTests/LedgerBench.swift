import Consents
import Contract
import Dates
import Diagnostics
import Foundation
import Jurisdictions
import Ledger
import Reporting
import TestSupport
import Testing

/// A folder of its own with a ledger in it.
final class LedgerBench {
  static let company = "Larkspur Light & Power"
  static let header = "account,state,date,source,scope,evidence\n"
  let folder: TemporaryFolder
  var ledger: String { folder.path("ledger") }

  init(_ events: String? = nil) throws {
    folder = try TemporaryFolder()
    try LedgerCreation.create(folder.path("ledger"), company: Self.company)
    if let events { try take(events) }
  }

  /// Imports rows of events.
  @discardableResult
  func take(_ rows: String, rejects: String? = nil, report: @escaping (Diagnostic) -> Void = { _ in }) throws -> EventImport.Counts {
    let file = try folder.write("events.csv", Self.header + rows)
    return try EventImport(file, ledger: ledger, rejects: rejects.map(folder.path), report: report).run()
  }

  /// Records pieces.
  @discardableResult
  func record(_ pieces: [MailedPiece], conflict: (MailedPiece, MailedPiece) -> Void = { _, _ in }) throws -> PieceRecording.Counts {
    var rest = pieces[...]
    return try PieceRecording(ledger).record({ rest.popFirst() }, conflict: conflict)
  }

  /// What `ledger export` tells.
  func export(asOf day: String? = nil, rules: String? = nil) throws -> [String] {
    let book = try JurisdictionBook.load(rules)
    var lines: [String] = []
    try LedgerExport(ledger).forEachAccount(asOf: day.flatMap { PlainDate($0) }) {
      lines.append(String(decoding: $0.line(book).dropLast(), as: UTF8.self))
      return true
    }
    return lines
  }

  /// Runs the built program in the folder.
  func run(_ arguments: String..., withErrors: Bool = true) throws -> (code: Int32, output: String) {
    try Tool.run([BuiltProgram.path("billfold")] + arguments, in: folder.url, withErrors: withErrors)
  }

  /// What is told of a failure, the folder's path shortened, with the exit code before it.
  func told(_ body: () throws(RunFailure) -> Void) -> String {
    do throws(RunFailure) {
      try body()
      return "nothing"
    } catch {
      let text = error.diagnostics.map { DiagnosticRenderer.text($0) }.joined(separator: "\n")
      return "\(error.code.rawValue) " + text.replacingOccurrences(of: folder.path + "/", with: "")
    }
  }

  /// A piece of an account.
  static func piece(
    _ account: String, _ invoice: String = "1", cycle: String = "2026-11", kind: PieceKind = .bill, notice: String? = "standard",
    campaign: String? = "paperless-2027", places: [String]? = ["US"], mailed: String = "2026-11-25", digest: UInt8 = 7
  ) throws -> MailedPiece {
    let wording = MailedPiece.Wording(
      channel: .print, cycle: cycle, campaign: campaign, phase: notice == nil ? nil : "announce", rule: "undecided", notice: notice,
      variant: notice == nil ? nil : "full", termsVersion: "2027-03", termsDigest: String(repeating: "a1", count: 32),
      wordsDigest: notice == nil ? nil : String(repeating: "b2", count: 32), jurisdictions: places)
    return MailedPiece(
      account: account, invoice: invoice, kind: kind, wording: wording, sha256: Array(repeating: digest, count: 32),
      page: notice == nil ? nil : 1, area: notice == nil ? nil : 142, contrast: notice == nil ? nil : 12_250,
      textSize: notice == nil ? nil : 9_500, mailed: try #require(PlainDate(mailed)))
  }
}
