import Contract
import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Billmaking

/// E-mails before they are sent: in the preview, and where something is missing.
@Suite struct EmailPreviewTests {
  private static func options(
    _ purpose: JobOptions.Purpose, campaign: String? = Project.path("Samples/larkspur/campaign"),
    layout: String = Project.path("Layouts/larkspur"),
    key: String? = nil, pieces: [PieceKind] = [.bill, .email]
  ) -> JobOptions {
    JobOptions(layout: layout, campaign: campaign, tokenKey: key, fonts: [Project.fonts], pieces: pieces, purpose: purpose)
  }

  private static func record(_ changes: (String, String)...) throws -> [UInt8] {
    let all = try String(contentsOfFile: Project.path("Samples/larkspur/bills.jsonl"), encoding: .utf8)
    var first = String(try #require(all.split(separator: "\n").first))
    for (old, new) in changes {
      try #require(first.contains(old))
      first = first.replacing(old, with: new)
    }
    return Array(first.utf8)
  }

  /// Whom nothing can be sent to sees the message all the same, and why it is not sent.
  @Test func messageWithoutAnAddressIsShownWithTheFinding() throws {
    let previewer = BillPreviewer(try LayoutJob(Self.options(.preview)))
    #expect(previewer.layout.pieces.contains(.email) && previewer.layout.hasSpecimenCodes)
    func reply(_ output: PreviewRequest.Output, _ changes: (String, String)...) throws -> PreviewReply {
      var request = PreviewRequest(record: try Self.record(), file: "bills.jsonl", number: 1, output: output)
      for (old, new) in changes { request.record = Array(String(decoding: request.record, as: UTF8.self).replacing(old, with: new).utf8) }
      request.piece = .email
      return previewer.render(request)
    }
    let good = try reply(.findings)
    let message = try #require(good.message)
    #expect(good.isPiece && good.why.isEmpty && good.findings.isEmpty && good.facts?.kind == .email && good.pageCount == 0)
    #expect(message.html.contains("\"data:image/png;base64,") && !message.html.contains("cid:") && message.size > message.text.utf8.count)
    #expect(message.headers.first { $0.name == "Subject" }?.value.contains("Larkspur") == true)
    let file = try #require(try reply(.pdf).parts.first?.bytes)
    #expect(file.count == message.size && String(decoding: file, as: UTF8.self).contains("Subject: "))
    let odd = try reply(.findings, ("ana.petrovic@mail.example", "ana.petrovic"))
    #expect(!odd.isPiece && odd.facts == nil && odd.findings.map(\.id) == ["email-address"], "\(odd.findings)")
    #expect(odd.message?.text == message.text && odd.message?.headers.first { $0.name == "To" }?.value == "")
    #expect(try reply(.pdf, ("ana.petrovic@mail.example", "ana.petrovic")).parts.isEmpty)
    let none = try reply(.findings, ("\"ana.petrovic@mail.example\"", "null"))
    #expect(none.message == nil && none.why.hasPrefix("no e-mail: no rule of the campaign's e-mail"))
  }

  /// What a campaign sends needs templates, and its addresses a key; who only looks is warned.
  @Test func whatIsMissingIsSaid() throws {
    let bench = try TemporaryFolder([:])
    try FileManager.default.copyItem(atPath: Project.path("Layouts/larkspur"), toPath: bench.path + "/layout")
    for name in ["email.html", "email.txt"] { try FileManager.default.removeItem(atPath: bench.path + "/layout/\(name)") }
    let message =
      "the campaign sends e-mails, and the layout has no templates for them; expected 'email.html' and 'email.txt' in the layout's folder"
    let key = Project.path("Tests/BillmakingTests/Traces/shared/campaign/token.key")
    let fault = try #require(throws: DiagnosticList.self) { try LayoutJob(Self.options(.print, layout: bench.path + "/layout", key: key)) }
    #expect(fault.diagnostics.map(\.id) == ["email-missing"] && fault.diagnostics.map(\.message) == [message])
    let looking = try LayoutJob(Self.options(.check, layout: bench.path + "/layout"))
    #expect(looking.warnings.filter { $0.id == "email-missing" }.map(\.severity) == [.warning])
    // The way out has a place for the token, and the way in none.
    try FileManager.default.copyItem(atPath: Project.path("Samples/larkspur/campaign"), toPath: bench.path + "/campaign")
    let file = bench.path + "/campaign/campaign.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try text.replacing("/p/{token}", with: "/p").write(toFile: file, atomically: true, encoding: .utf8)
    let keyless = try #require(throws: DiagnosticList.self) { try LayoutJob(Self.options(.print, campaign: file)) }
    #expect(
      keyless.diagnostics.map(\.message)
        == ["'list-unsubscribe' of the campaign's e-mails has '{token}'; expected '--token-key FILE' with 32 bytes or more"])
    // Bills of that campaign need none.
    _ = try LayoutJob(Self.options(.print, campaign: file, pieces: [.bill]))
  }
}
