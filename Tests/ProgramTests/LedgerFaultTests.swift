import Foundation
import TestSupport
import Testing

/// Ledgers that `check` and `render` cannot take as an input, and what they say of each, to the letter: at start, with nothing written.
@Suite(.onOwnThreads) struct LedgerFaultTests {
  /// A small layout with a campaign of the company Quarry, a record and a ledger of that company's.
  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for name in ["layout.xml", "new.md", "old.md", "strings"] {
      try FileManager.default.copyItem(
        at: Project.url("Tests/GalleryTests/Shared/\(name)"), to: folder.url.appendingPathComponent(name))
    }
    let campaign = try Project.text("Tests/GalleryTests/Shared/campaign.yaml")
    try folder.write("without.yaml", campaign)
    try folder.write("campaign.yaml", campaign.replacing("id: ", with: "company: Quarry\nid: "))
    try folder.write("bills.jsonl", Project.text("Tests/GalleryTests/Shared/record.json"))
    try folder.write("key", "a key for tests, never for real bills")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.path("key"))
    let made = try run(folder, ["ledger", "create", "--ledger", "ledger", "--company", "Quarry"])
    #expect(made.code == 0, "\(made.output)")
    return folder
  }

  private static func run(_ folder: TemporaryFolder, _ arguments: [String]) throws -> (code: Int32, output: String) {
    try Tool.run([BuiltProgram.path("billfold")] + arguments, in: folder.url)
  }

  private static func alter(_ folder: TemporaryFolder, _ sql: String) throws {
    let script = "import sqlite3, sys\ndb = sqlite3.connect('ledger')\ndb.execute(sys.argv[1])\ndb.commit()"
    let ran = try Tool.run([Tool.python, "-c", script, sql], in: folder.url)
    #expect(ran.code == 0, "\(ran.output)")
  }

  private static func replace(_ folder: TemporaryFolder, company: String) throws {
    try FileManager.default.removeItem(atPath: folder.path("ledger"))
    #expect(try run(folder, ["ledger", "create", "--ledger", "ledger", "--company", company]).code == 0)
  }

  /// What is done to the ledger, the campaign that is named, and what is said.
  private static let faults: [(@Sendable (TemporaryFolder) throws -> Void, campaign: String, told: String)] = [
    (
      { try replace($0, company: "Quarry Water") }, "campaign.yaml",
      "the ledger 'ledger' is that of 'Quarry Water', and the campaign that of 'Quarry' [ledger-other-company]"
    ),
    (
      { _ in }, "without.yaml",
      "the campaign does not say whose it is, which a ledger asks for; expected 'company: NAME' in 'without.yaml', the name that was given to 'ledger create' [company-missing]"
    ),
    (
      { try FileManager.default.removeItem(atPath: $0.path("ledger")) }, "campaign.yaml",
      "there is no ledger 'ledger'; 'billfold ledger create' makes one [ledger-missing]"
    ),
    (
      { try alter($0, "INSERT INTO grdb_migrations VALUES ('2')") }, "campaign.yaml",
      "the ledger 'ledger' was written by a newer version of Billfold; use that one, or a later one [ledger-newer]"
    ),
    (
      { try alter($0, "DROP TABLE event") }, "campaign.yaml",
      "the ledger 'ledger' is damaged: its tables are not those of a ledger; put the last good copy of it in its place [ledger-damaged]"
    ),
    (
      { folder in
        var bytes = try folder.bytes("ledger")
        bytes.replaceSubrange(2 * 4096..<2 * 4096 + 16, with: repeatElement(0xEE, count: 16))
        try folder.write("ledger", bytes)
      }, "campaign.yaml",
      "the ledger 'ledger' is damaged: Page 3: btreeInitPage() returns error code 11; put the last good copy of it in its place [ledger-damaged]"
    ),
    ({ try $0.write("ledger", "account,state\n") }, "campaign.yaml", "'ledger' is no ledger of Billfold's [ledger-foreign]"),
    (
      { folder in
        try FileManager.default.moveItem(atPath: folder.path("ledger"), toPath: folder.path("other"))
        try FileManager.default.createSymbolicLink(atPath: folder.path("ledger"), withDestinationPath: "other")
      }, "campaign.yaml", "the ledger 'ledger' is a symbolic link, which is not followed; name the file itself [ledger-link]"
    ),
  ]

  @Test(.needs(Tool.python), arguments: faults.indices) func ledgerThatCannotBeReadIsToldAtStart(_ index: Int) throws {
    let (harm, campaign, told) = Self.faults[index]
    let folder = try Self.folder()
    try harm(folder)
    let before = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    let job = [
      "--layout", ".", "--campaign", campaign, "--token-key", "key", "--data", "bills.jsonl", "--fonts", Project.fonts, "--ledger",
      "ledger",
    ]
    let checked = try Self.run(folder, ["check"] + job)
    #expect(checked.code == 78 && checked.output == "error: \(told)\nlayout and campaign: 1 error\n")
    let rendered = try Self.run(folder, ["render"] + job + ["--out", "out"])
    #expect(rendered.code == 78 && rendered.output == "error: \(told)\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == before)
  }

  /// With the ledger as it is made, the same commands have nothing to say of it; without a campaign it has no use.
  @Test func rightLedgerIsTaken() throws {
    let folder = try Self.folder()
    let job = ["--layout", ".", "--data", "bills.jsonl", "--fonts", Project.fonts, "--ledger", "ledger"]
    let checked = try Self.run(folder, ["check", "--campaign", "campaign.yaml", "--token-key", "key"] + job)
    #expect(checked.code == 0 && checked.output == "1 bill, no faults\n")
    for command in [["check"], ["render", "--out", "out"]] {
      let ran = try Self.run(folder, command + job)
      #expect(ran.code == 64)
      #expect(ran.output.hasPrefix("Error: '--ledger' says where customers stand in a campaign: it needs '--campaign'.\n"))
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path("out")))
  }
}
