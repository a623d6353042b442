import Contract
import Diagnostics
import Foundation
import Layout
import TestSupport
import Testing

@testable import Billmaking

/// Pictures among words, from the layout to the page.
@Suite struct InlinePictureTests {
  private static let shared = Project.url("Tests/BillmakingTests/Traces/shared")
  private static let logo = "<image src=\"images/logo.svg\" height=\"8pt\" describe=\"the logo\"/>"

  private func layout(_ body: String, strings: [String: String] = ["en-US": ""]) throws -> TrialLayout {
    try TrialLayout(TrialLayout.xml(body), strings: strings, shared: Self.shared)
  }

  /// The words and pictures of a bill's first page in the order they are painted, a picture as `*`.
  private func marks(_ page: Frame) -> String {
    var found = ""
    FrameWalker.walk(page) { step in
      guard case .item(let item, _) = step else { return }
      switch item {
      case .run(let run, _): found += run.text
      case .image: found += "*"
      default: break
      }
    }
    return found
  }

  @Test(arguments: [
    ("en-US", "Pay by card * or * at our page"), ("de-DE", "* * nimmt unsere Seite"),
  ])
  func pictureStandsWhereTheStringSays(language: String, words: String) throws {
    let layout = try layout(
      """
      <text><t key="pay" where="our page"><image name="card" src="images/logo.svg" height="6pt" describe="a card"/>
      <image name="cash" src="images/colour.png" height="6pt" describe="cash"/></t></text>
      """,
      strings: [
        "en-US": "pay: \"Pay by card {card} or {cash} at {where}\"\n",
        "de-DE": "pay: \"{cash} {card} nimmt {where, select, page {-} other {unsere Seite}}\"\n",
      ])
    var record = TestRecord()
    (record.language, record.currency) = (language, language == "de-DE" ? "EUR" : "USD")
    #expect(marks(try #require(try layout.pages(record.json).first)) == words)
    let structure = try #require(try layout.structure(record.json))
    // Each with its own words, in the order of the language.
    let order = ["a card", "cash"].map { structure.range(of: "alt=\"\($0)\"")?.lowerBound }
    let (card, cash) = (try #require(order[0]), try #require(order[1]))
    #expect((card < cash) == (language == "en-US"))
  }

  @Test func whiteSpaceBesidePicturesIsThatOfWords() throws {
    for (text, expected) in [
      ("a\(Self.logo)b", "a*b"), ("a \(Self.logo) b", "a * b"), ("a  \(Self.logo)\n  b", "a * b"), (" \(Self.logo) ", "*"),
      ("a <b> \(Self.logo)</b> b", "a * b"), ("a <if test=\"period\">\(Self.logo)</if> b", "a b"), ("\(Self.logo)\(Self.logo)", "**"),
      ("a<br/> \(Self.logo)", "a*"), ("<each each=\"s in sections\">{s.title}\(Self.logo) </each>.", "Charges* ."),
    ] {
      #expect(marks(try #require(try layout("<text>\(text)</text>").pages(TestRecord().json).first)) == expected, "\(text)")
    }
  }

  @Test(.needs("qpdf")) func sameBillHasTheSameBytesWhateverWasMadeBefore() throws {
    let body = """
      <text>{customer.name} \(Self.logo) <link href="https://a.example">see <image src="images/colour.png" height="90%" align="middle"
      describe="{customer.name}"/></link> {page}/{pages} <image src="images/orientation-6.jpg" height="7pt" decorative="yes"/></text>
      <text turn="90">up \(Self.logo)</text>
      """
    var other = TestRecord()
    other.name = "Another Customer"
    let (first, second) = (try layout(body), try layout(body))
    let alone = try first.print(TestRecord().json)
    _ = try second.print(other.json)
    _ = try second.print(other.json)
    let later = try second.print(TestRecord().json)
    #expect(alone.pdf == later.pdf && alone.facts.content == later.facts.content)
    #expect(try second.print(other.json).pdf != later.pdf)
    #expect(try Tool.faults(of: alone.pdf) == "")
  }

  @Test func pictureInAZoneIsFound() throws {
    let layout = try TrialLayout(
      """
      <bill paper="200mm 200mm" style="body" xmlns="urn:billfold:layout:1">
        <style name="body" font="Inter" size="10pt" line-height="14pt"/>
        <page name="next" margin="10mm"><zone name="omr" kind="clear" x="0" y="9mm" width="50mm" height="10mm"/></page>
        <body><text>\(Self.logo)</text><text margin-top="20mm">\(Self.logo)</text></body>
      </bill>
      """, shared: Self.shared)
    guard case .pieces(_, _, let warnings) = layout.outcome(TestRecord().json) else {
      Issue.record("rejected")
      return
    }
    #expect(warnings.map(\.code.rawValue) == ["zone-text"])
    #expect(warnings[0].message.contains("a picture into the clear area 'omr'"), "\(warnings[0].message)")
  }

  @Test(arguments: [("90", 1), ("-90", -1)]) func turnedPictureIsPaintedTurned(turn: String, sign: Int) throws {
    // Green on its left half, white on its right; turned clockwise green is above.
    let pictures = try TemporaryFolder([
      "half.svg":
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\"><path d=\"M0 0h20v20H0z\" fill=\"#0B6E4F\"/></svg>"
    ])
    let layout = try TrialLayout(
      TrialLayout.xml("<text turn=\"\(turn)\"><image src=\"half.svg\" height=\"20pt\" describe=\"half\"/></text>"),
      shared: pictures.url)
    let pdf = try layout.print(TestRecord().json).pdf
    let pixels = try Tool.greyRows(of: pdf)
    // The picture is 20 pt wide and 40 pt high from the margin of 10 pt.
    let green = pixels.enumerated().filter { $0.element[20] < 200 }.map(\.offset)
    let (low, high) = (try #require(green.first), try #require(green.last))
    #expect(high - low > 17 && high - low < 22)
    #expect(sign > 0 ? low < 15 : high > 40, "green from \(low) to \(high)")
  }
}

extension Tool {
  /// The first page at one pixel a point, as rows of grey values.
  fileprivate static func greyRows(of pdf: [UInt8]) throws -> [[UInt8]] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("billfold-grey-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let place = folder.appendingPathComponent("a.pdf")
    try Data(pdf).write(to: place)
    _ = try run(["pdftoppm", "-r", "72", "-gray", "-singlefile", place.path, folder.appendingPathComponent("a").path])
    let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent("a.pgm")))
    // P5, width, height, greatest value, each ended by one white space.
    var numbers: [Int] = []
    var at = 2
    while numbers.count < 3, at < bytes.count {
      let start = at + 1
      at = start
      while at < bytes.count, (0x30...0x39).contains(bytes[at]) { at += 1 }
      numbers.append(Int(String(decoding: bytes[start..<at], as: UTF8.self)) ?? 0)
    }
    guard numbers.count == 3, bytes.count == at + 1 + numbers[0] * numbers[1] else { throw TestFailure("no PGM") }
    return (0..<numbers[1]).map { Array(bytes[at + 1 + $0 * numbers[0]..<at + 1 + ($0 + 1) * numbers[0]]) }
  }
}
