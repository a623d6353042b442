import Foundation
import TestSupport
import Testing

/// E-mails in a real browser: `Browser/email_look.py` measures them in headless Chromium, at two widths, light and dark, with pictures and without.
@Suite(.serialized, .onOwnThreads) struct EmailLookTests {
  @Test(
    .enabled(
      if: BrowserTests.missing.isEmpty,
      "skipped for want of \(BrowserTests.missing.joined(separator: ", ")); Scripts/setup installs chromium and chromium-driver"),
    .timeLimit(.minutes(5)))
  func wordsAreReadAndButtonsAreMetOnAnyScreen() async throws {
    let folder = try TemporaryFolder(["key": String(repeating: "k", count: 32)])
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.path("key"))
    // English, and Spanish in large print.
    let rendered = try await ChildRun.run(
      BuiltProgram.path("billfold"),
      [
        "render", "--layout", Project.path("Layouts/larkspur"), "--campaign", Project.path("Samples/larkspur/campaign"), "--token-key",
        folder.path("key"), "--data", Project.path("Samples/larkspur/bills.jsonl"), "--out", folder.path("out"), "--pieces", "email",
        "--only", "4400-1000-00", "--only", "4400-1222-78", "--jobs", "1",
      ], seconds: 120)
    try #require(rendered.code == 0, "\(rendered.output)")
    let looked = try await ChildRun.run(
      "python3", ["-B", Project.path("Tests/PreviewTests/Browser/email_look.py"), folder.path("out/emails")], seconds: 240)
    #expect(looked.code == 0 && looked.output.contains("2 messages on 16 screens"), "\(looked.output)")
  }
}
