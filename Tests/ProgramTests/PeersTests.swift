import Foundation
import TestSupport
import Testing

/// What `Scripts/bench --peers` compares Billfold with: the texts that peers are given, and the program that replays our glyph runs. Nothing is
/// timed here.
@Suite struct PeersTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try act([Tool.python, "-B", Project.path("Layouts/bench/records.py"), "1", "records.jsonl"])
  }

  /// Runs a program in the test's folder; it has to end with 0.
  @discardableResult private func act(_ words: [String]) throws -> String {
    let ran = try Tool.run(words, in: folder.url, withErrors: false)
    #expect(ran.code == 0, "\(words): \(ran.output)")
    return ran.output
  }

  private func json(_ name: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(folder.bytes(name))) as? [String: Any])
  }

  /// Text without white space, since lines end elsewhere in a PDF.
  private func compact(_ text: String) -> String { text.filter { !$0.isWhitespace } }

  private func prepare(_ more: [String] = []) throws {
    try act([Tool.python, "-B", Project.path("Scripts/peers/texts.py"), Project.path("Layouts/bench"), "records.jsonl", "."] + more)
  }

  @Test(.needs(Tool.python, "clang", "pkg-config", "pdftotext")) func replayShowsTheFormattedTextsOfPeers() throws {
    try prepare()
    let key = try folder.write("key", String(repeating: "A", count: 32))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
    let layout = Project.path("Layouts/bench")
    let runs = try act([BuiltProgram.path("billfold-bench"), layout, layout + "/campaign/campaign.yaml", key, "records.jsonl", "runs"])
    try folder.write("runs.txt", runs)

    let flags = try act(["pkg-config", "--cflags", "--libs", "cairo", "cairo-ft", "cairo-pdf", "freetype2"]).split(separator: " ")
    let libraries = flags.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) } + ["-lm"]
    try act(["clang", "-Wall", "-Werror", Project.path("Scripts/peers/replay.c"), "-o", "replay"] + libraries)
    let said = try act(["./replay", "runs.txt", Project.fonts, "1", "floor.pdf"])
    let figures = try #require(JSONSerialization.jsonObject(with: Data(said.utf8)) as? [String: Any])
    #expect((figures["bytes"] as? Int ?? 0) > (figures["empty_bytes"] as? Int ?? .max))

    // What the layout formats is what peers are given, cell by cell.
    let shown = compact(try act(["pdftotext", "-raw", "floor.pdf", "-"]))
    let bill = try json("bills.jsonl")
    let cells = try #require(bill["lines"] as? [[String]]).flatMap { $0 }
    #expect(cells.count == 38 * 5)
    let usage = try #require(bill["usage"] as? [[Any]]).flatMap { $0.compactMap { $0 as? String } }
    let rest = bill.filter { $0.key != "address_code" }.values.compactMap { $0 as? String }
    let terms = try #require(try json("texts.json")["terms"] as? [[String: String]]).compactMap { $0["text"] }
    for text in cells + usage + rest + terms { #expect(shown.contains(compact(text)), "\(text)") }
  }

  @Test(.needs(Tool.python)) func sharedTextsTakeThePlaceOfTheLayouts() throws {
    let terms = ["Now other terms hold.", "1. Paper. It stays."]
    let content: [String: Any] = [
      "company": "Harbor \"Light\"", "company_lines": ["Box 1", "Town", "Phone"], "doc_title": "Statement",
      "notice_heading": "Choose",
      "notice_body": ["It is so. Nothing is asked. Open the page. Then confirm.", "Or call."], "notice_url_label": "At",
      "chart_title": "Used", "table_title": "Charges", "table_columns": ["D", "T", "Q", "P", "A"], "total_label": "Sum",
      "terms_heading": "Terms", "terms": terms,
      "coupon_detach": "Detach", "coupon_payee": ["Harbor", "Center", "Box 2", "Town"], "coupon_enclosed": "Enclosed",
      "coupon_check": "Check",
    ]
    try folder.write("content.json", [UInt8](JSONSerialization.data(withJSONObject: content)))
    try prepare(["content.json"])
    let texts = try json("texts.json")
    #expect(texts["company"] as? String == "Harbor \"Light\"")
    #expect(texts["notice-body"] as? String == "It is so. Nothing is asked. Open the page. Then confirm. Or call.")
    let items = [["number": "", "text": terms[0]], ["number": "1.", "text": "Paper. It stays."]]
    #expect(texts["terms"] as? [[String: String]] == items)
    let campaign = try folder.text("layout/campaign/campaign.yaml")
    #expect(campaign.contains(#"action: "Open the page. Then confirm.""#))
    // The project's own stays as it is.
    #expect(try !Project.text("Layouts/bench/strings/en-US.yaml").contains("Harbor"))
  }
}
