import Diagnostics
import Foundation
import Geometry
import Layout
import TestSupport
import Testing

@testable import Typography

/// Which face sets what the style's own stack lacks, and what stands in the place of what no face has.
@Suite struct FallbackTests {
  private func families(_ studio: Studio, _ text: String, _ style: TextStyle? = nil, language: String = "en-US") -> [String] {
    let lines = studio.lines(studio.content(text, style) { $0.language = language }, 2_000)
    return lines.flatMap { $0.items }.compactMap { item in
      if case .run(let run, _) = item.item { studio.book.faces[run.font.index].family } else { nil }
    }
  }

  @Test(arguments: [
    ("Հայաստան", "Noto Sans Armenian"), ("ﬓ", "Noto Sans Armenian"), ("საქართველო", "Noto Sans Georgian"), ("ᲡᲐᲥ", "Noto Sans Georgian"),
    ("Ⴀⴀ", "Noto Sans Georgian"), ("हिन्दी क्षत्रिय", "Noto Sans Devanagari"), ("สมชาย ใจดี", "Noto Sans Thai"),
    ("ก๊วยเตี๋ยว", "Noto Sans Thai"), ("☎", "Noto Sans Symbols2"), ("☎\u{FE0E}", "Noto Sans Symbols2"), ("☎\u{FE0F}", "Noto Emoji"),
    ("𝕸𝖆𝖙𝖍", "Noto Sans Math"), ("⊗", "Noto Sans Math"), ("♃", "Noto Sans Symbols"), ("🌻", "Noto Emoji"), ("👨‍👩‍👧‍👦", "Noto Emoji"),
    ("👍🏽", "Noto Emoji"), ("🇩🇪", "Noto Emoji"),
    ("1\u{FE0F}\u{20E3}", "Noto Emoji"), ("👩🏿‍🚀", "Noto Emoji"), ("🏳️‍🌈", "Noto Emoji"), ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", "Noto Emoji"), ("שלום", "Noto Sans Hebrew"),
    ("مرحبا", "Noto Sans Arabic"),
    ("ℵ", "Noto Sans"), ("Ω", "Inter"), ("⠿", "Noto Sans Symbols2"),
  ]) func scripts(_ text: String, _ family: String) throws {
    let studio = try Studio()
    #expect(families(studio, text) == [family], "\(text)")
    // A heading, too; where there is no bold, the regular face serves.
    #expect(families(studio, text, studio.bold) == [family], "\(text)")
    #expect(studio.setter.takeMissingGlyphs().isEmpty)
    let line = studio.lines(studio.content(text), 2_000)[0]
    #expect(line.text == text && line.runs.allSatisfy { $0.run.isSound && $0.run.glyphs.allSatisfy { $0.id != 0 } })
  }

  @Test func sequencesAreOnePicture() throws {
    let studio = try Studio()
    for text in ["👨‍👩‍👧‍👦", "👍🏽", "🇩🇪", "1\u{FE0F}\u{20E3}", "👩🏿‍🚀", "🏳️‍🌈"] {
      let run = try #require(studio.lines(studio.content(text), 500)[0].runs.first?.run)
      #expect(run.clusters.count == 1, "\(text)")
      // What is left besides the picture has no width.
      let one = studio.width("🌻")
      #expect(studio.width(text) <= one * 1.5, "\(text): \(studio.width(text)) beside \(one)")
    }
  }

  @Test(arguments: ["a\u{591}", "e\u{E34}\u{591}", "ส\u{5B4}", "x\u{94D}\u{200D}", "क\u{E34}"])
  func clustersOfSeveralScriptsAreSetInParts(_ cluster: String) throws {
    let studio = try Studio()
    for text in [cluster, "w\(cluster) \(cluster)z"] {
      for width in [5.0, 200] {
        let lines = studio.lines(studio.content(text), width)
        #expect(lines.map(\.text).joined() == text && lines.allSatisfy { $0.runs.allSatisfy { $0.run.isSound } && $0.shapes.isEmpty })
      }
    }
    #expect(studio.setter.takeMissingGlyphs().isEmpty)
    // One character that is nowhere makes a box of the whole.
    _ = studio.lines(studio.content("a\u{1CD0}\u{591}漢\u{301}"), 200)
    #expect(studio.setter.takeMissingGlyphs().map(\.cluster).contains("漢\u{301}"))
  }

  @Test func boldIsNearestWeight() throws {
    let studio = try Studio()
    for (text, name) in [
      ("ქ", "NotoSansGeorgian-Bold"), ("ส", "NotoSansThai-Bold"), ("🌻", "NotoEmoji-Regular"), ("𝕸", "NotoSansMath-Regular"),
    ] {
      let run = try #require(studio.lines(studio.content(text, studio.bold), 500)[0].runs.first?.run)
      #expect(studio.book.faces[run.font.index].postScriptName == name)
    }
  }

  @Test func spacesBehindPicturesAreThoseOfTheText() throws {
    let studio = try Studio()
    let space = studio.width("a b") - studio.width("ab")
    #expect(abs(studio.width("🌻 🌻") - 2 * studio.width("🌻") - space) < 0.5)
    // Two foreign words are one run.
    #expect(families(studio, "สมชาย ใจดี GmbH") == ["Noto Sans Thai", "Inter"])
  }

  @Test func filesAreReadWhenTheyAreNeeded() throws {
    let studio = try Studio()
    _ = studio.lines(studio.content("Plain words, 12.50 €"), 500)
    #expect(studio.book.loadedFiles.map(\.name) == ["Inter/Inter-Regular.otf"])
    _ = studio.lines(studio.content("ส"), 500)
    #expect(studio.book.loadedFiles.map(\.name) == ["Inter/Inter-Regular.otf", "NotoSansThai/NotoSansThai-Regular.ttf"])
    _ = studio.lines(studio.content("漢"), 500)
    #expect(studio.book.loadedFiles.count == 2)
    // What could be needed is known all the same.
    #expect(studio.book.directories.count == studio.book.faces.count)
  }

  // MARK: Order

  @Test func listIsTheFolders() throws {
    let rows = try Project.text("Fonts/README.md").split(separator: "\n").filter { $0.hasPrefix("| ") }.map {
      $0.split(separator: "|", omittingEmptySubsequences: false)[1].trimmingCharacters(in: .whitespaces)
    }
    #expect(rows.dropFirst() == FallbackOrder.stock[...])
    let book = try FontBook(folder: Project.fonts)
    #expect(Set(FallbackOrder.stock) == Set(book.families))
    let families = book.families.map { (name: $0, rank: 1) }
    for region in FallbackOrder.Region.allCases { #expect(FallbackOrder.sorted(families, for: region) == FallbackOrder.stock) }
    // Each with its licence and origin, and all of them small enough to come along.
    let files = Project.files(below: "Fonts").filter { !($0 as NSString).pathExtension.isEmpty }
    for folder in Set(files.filter { $0.hasSuffix(".ttf") || $0.hasSuffix(".otf") }.map { ($0 as NSString).deletingLastPathComponent }) {
      let beside = files.filter { ($0 as NSString).deletingLastPathComponent == folder }
      #expect(beside.contains { $0.hasSuffix("/ORIGIN.md") } && beside.contains { $0.hasSuffix(".txt") }, "\(folder)")
    }
    let sizes = try files.map { try Project.bytes($0.hasPrefix("Fonts/") ? $0 : "Fonts/" + $0).count }
    #expect(files.count > 40 && sizes.reduce(0, +) < 8_000_000)
  }

  @Test func orderOfFoldersAndFamilies() {
    let families = [
      ("Noto Sans CJK HK", 2), ("Noto Sans CJK JP", 2), ("Noto Sans CJK KR", 2), ("Noto Sans CJK SC", 2), ("Noto Sans CJK TC", 2),
      ("Noto Sans Mono CJK JP", 2), ("Noto Serif CJK JP", 2), ("Inter", 3), ("Own", 0), ("A Named One", 1), ("Noto Sans Thai", 2),
    ].map { (name: $0.0, rank: $0.1) }
    func first(_ region: FallbackOrder.Region) -> [String] { FallbackOrder.sorted(families, for: region) }
    #expect(
      first(.japan) == [
        "Own", "A Named One", "Noto Sans Thai", "Noto Sans CJK JP", "Noto Sans CJK SC", "Noto Sans CJK TC", "Noto Sans CJK HK",
        "Noto Sans CJK KR", "Noto Serif CJK JP", "Noto Sans Mono CJK JP", "Inter",
      ])
    for (language, family) in [
      ("ja", "JP"), ("ja-JP", "JP"), ("ko-KR", "KR"), ("zh", "SC"), ("zh-CN", "SC"), ("zh-Hans-SG", "SC"), ("zh-TW", "TC"),
      ("zh-Hant", "TC"),
      ("zh-HK", "HK"), ("zh-Hant-MO", "HK"), ("yue", "HK"),
    ] {
      #expect(FallbackOrder.Region(language: language).map { first($0)[3] } == "Noto Sans CJK " + family, "\(language)")
    }
    #expect(FallbackOrder.Region(language: "en-US") == nil)
  }

  @Test func namedFoldersWinAndFirstOfThem() throws {
    let (one, two) = (try TemporaryFolder(), try TemporaryFolder())
    let hebrew = try Project.bytes("Fonts/NotoSansHebrew/NotoSansHebrew-Regular.ttf")
    one.write(hebrew, as: "one.ttf")
    two.write(hebrew, as: "two.ttf")
    two.write(try Project.bytes("Fonts/OCRB/OCRB.otf"), as: "ocrb.otf")
    let book = try FontBook(folders: [one.path, two.path, Project.fonts])
    let names = book.faces.filter { $0.family == "Noto Sans Hebrew" || $0.family == "OCR B" }.map(\.fileName)
    #expect(names == ["one.ttf", "NotoSansHebrew/NotoSansHebrew-Bold.ttf", "ocrb.otf"])
    // OCR B stands last in the list, but here it is from a folder that was named.
    let setter = TypographicSetter(book: book)
    let style = Studio.style { $0.families = ["Noto Sans Hebrew"] }
    let line = setter.lines(of: TextContent(spans: [.text("a", style)], style: style), from: .start, width: .pt(100))[0]
    #expect(line.runs.map { book.faces[$0.run.font.index].family } == ["OCR B"])
  }

  // MARK: Collections

  /// A collection of fonts, their tables at new places.
  private static func collection(_ fonts: [[UInt8]]) -> [UInt8] {
    func big(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) } }
    func number(_ font: [UInt8], _ at: Int, _ bytes: Int) -> Int { font[at..<at + bytes].reduce(0) { $0 << 8 | Int($1) } }
    var (starts, at, bodies): ([Int], Int, [UInt8]) = ([], 12 + 4 * fonts.count, [])
    for font in fonts {
      starts.append(at)
      var moved = font
      for record in 0..<number(font, 4, 2) {
        let place = 12 + 16 * record + 8
        moved.replaceSubrange(place..<place + 4, with: big(number(font, place, 4) + at))
      }
      bodies += moved
      at += moved.count
    }
    return Array("ttcf".utf8) + [0, 1, 0, 0] + big(fonts.count) + starts.flatMap(big) + bodies
  }

  @Test func facesOfACollectionAreFound() throws {
    let folder = try TemporaryFolder()
    let fonts = try ["NotoSansThai/NotoSansThai-Regular.ttf", "NotoSansHebrew/NotoSansHebrew-Bold.ttf"].map {
      try Project.bytes("Fonts/" + $0)
    }
    folder.write(Self.collection(fonts), as: "two.ttc")
    let book = try FontBook(folder: folder.path)
    #expect(book.faces.map(\.postScriptName) == ["NotoSansHebrew-Bold", "NotoSansThai-Regular"])
    #expect(book.faces.map(\.fileName) == ["two.ttc", "two.ttc"])
    #expect(try book.faces.map { try book.memory(of: $0.id).index } == [1, 0])
    #expect(try book.memory(of: book.faces[0].id).keeper === book.memory(of: book.faces[1].id).keeper)
    #expect(book.loadedFiles.map(\.name) == ["two.ttc"])
    let setter = TypographicSetter(book: book)
    let style = Studio.style { ($0.families, $0.weight) = (["Noto Sans Hebrew"], 700) }
    let line = setter.lines(of: TextContent(spans: [.text("שלום ส", style)], style: style), from: .start, width: .pt(200))[0]
    #expect(setter.takeMissingGlyphs().isEmpty)
    #expect(Set(line.runs.map { book.faces[$0.run.font.index].family }) == ["Noto Sans Hebrew", "Noto Sans Thai"])
    let alone = try Studio()
    let same = alone.lines(alone.content("ส", Studio.style { $0.families = ["Noto Sans Thai"] }), 200)[0]
    #expect(line.runs.first { $0.run.text == "ส" }?.run.glyphs.map(\.id) == same.runs[0].run.glyphs.map(\.id))
  }

  @Test func damagedCollectionsAreNamed() throws {
    let thai = try Project.bytes("Fonts/NotoSansThai/NotoSansThai-Regular.ttf")
    let whole = Self.collection([thai])
    var many = whole
    many.replaceSubrange(8..<12, with: [0xFF, 0xFF, 0xFF, 0xFF])
    var far = whole
    far.replaceSubrange(12..<16, with: [0x7F, 0xFF, 0xFF, 0xFF])
    for (bytes, id) in [
      (many, "not-a-font"), (far, "not-a-font"), (Array(whole.prefix(13)), "not-a-font"), (Array(whole.prefix(3_000)), "not-a-font"),
      (Self.collection([thai, thai]), "duplicate-face"), (Self.collection([whole]), "not-a-font"),
    ] {
      let folder = try TemporaryFolder()
      folder.write(bytes, as: "bad.ttc")
      let faults = try #require(throws: DiagnosticList.self) { try FontBook(folder: folder.path) }.diagnostics
      #expect(faults.map(\.id) == [id] && faults.allSatisfy { $0.message.contains("'bad.ttc'") }, "\(faults)")
    }
  }

  // MARK: What no face has

  @Test(
    arguments: [
      ("Ｌ", "L"), ("ﹶ", " \u{64E}"), ("㎡", "m2"), ("㏒", "log"), ("㋀", nil), ("漢", nil), ("가", nil), ("\u{E123}", nil), ("\u{FFFF}", nil),
      ("\u{378}", nil), ("\u{F0000}", nil), ("가\u{301}", nil), ("𒀀", nil), ("㍿", nil),
    ] as [(String, String?)]) func standIns(_ text: String, _ form: String?) throws
  {
    let studio = try Studio()
    let content = studio.content("a\(text)b")
    let line = studio.lines(content, 500)[0]
    let missing = studio.setter.takeMissingGlyphs()
    if missing.isEmpty { return #expect(form != nil && text == "ﹶ", "\(text) has a face") }
    #expect(missing == [MissingGlyph(cluster: text, families: ["Inter"], standIn: form)])
    // The text stays what it was.
    #expect(line.text == "a\(text)b" && line.runs.allSatisfy { $0.run.isSound && $0.run.glyphs.allSatisfy { $0.id != 0 } })
    #expect(line.shapes.count == (form == nil ? 1 : 0))
    if let form { #expect(abs(studio.width("a\(text)b") - studio.width("a") - studio.width("b") - studio.width(form)) < 1.5) }
  }

  @Test func trueGlyphsBeforeCompatibilityForms() throws {
    let studio = try Studio()
    for text in ["½", "№", "①", "⑳", "Ⓐ", "ﬁ", "𝓕", "™", "⅔", "℃"] {
      _ = studio.lines(studio.content(text), 500)
      #expect(studio.setter.takeMissingGlyphs().isEmpty, "\(text)")
    }
  }

  @Test func manyStandInsDoNotHideAMissingCharacter() throws {
    let studio = try Studio()
    let wide = String(String.UnicodeScalarView((0xFF21...0xFF5A).compactMap(Unicode.Scalar.init)))
    _ = studio.lines(studio.content(wide + "漢"), 500)
    let missing = studio.setter.takeMissingGlyphs()
    #expect(missing.count(where: { $0.standIn != nil }) == ParagraphBuilder.namedMissing)
    #expect(missing.filter { $0.standIn == nil }.map(\.cluster) == ["漢"])
  }

  @Test func privateUseIsForALayoutsOwnFonts() throws {
    // Inter keeps signs of its own there, which are not what the data mean; a layout's own font is there for its signs.
    let studio = try Studio()
    let inter = try studio.book.shapingFace(try studio.book.resolve(["Inter"], weight: 400, slant: .upright)[0].index)
    let scalar = try #require((0xE000...0xE3FF).first { inter.covers(UInt32($0)) }.flatMap { Unicode.Scalar(UInt32($0)) })
    _ = studio.lines(studio.content(String(scalar)), 500)
    #expect(studio.setter.takeMissingGlyphs().map(\.cluster) == [String(scalar)])
    let folder = try TemporaryFolder()
    folder.write(try Project.bytes("Fonts/Inter/Inter-Regular.otf"), as: "own.otf")
    let setter = TypographicSetter(book: try FontBook(folder: Project.fonts, layoutFolder: folder.path))
    _ = setter.lines(of: studio.content(String(scalar)), from: .start, width: .pt(100))
    #expect(setter.takeMissingGlyphs().isEmpty)
    // Another family is never asked for it.
    _ = setter.lines(of: studio.content(String(scalar), Studio.style { $0.families = ["Noto Sans Hebrew"] }), from: .start, width: .pt(100))
    #expect(setter.takeMissingGlyphs().map(\.cluster) == [String(scalar)])
  }

  /// Right to left as well: the box stands where the character would.
  @Test func boxesAndStandInsBreakAndTurnWithTheirText() throws {
    let studio = try Studio()
    let text = "שלום 漢字가나다라마바사 Ｌｔｄ ㎡㎡㎡㎡㎡㎡ שלום"
    for direction in [Direction.leftToRight, .rightToLeft] {
      for width in [20.0, 60, 300] {
        let content = studio.content(text) { $0.direction = direction }
        let lines = studio.lines(content, width)
        #expect(lines.flatMap { $0.runs }.allSatisfy { $0.run.isSound })
        #expect(lines.reduce(0) { $0 + $1.shapes.count } == 9)
        #expect(Set(lines.map(\.text).joined().unicodeScalars) == Set(text.unicodeScalars))
        for line in lines where !line.isCut {
          for (at, _) in line.shapes { #expect(at.x >= line.start - .pt(0.01) && at.x <= line.start + line.width, "\(line.text)") }
        }
      }
    }
  }

  // MARK: Lines

  @Test(arguments: [
    ("th", "ผู้ใช้ไฟฟ้าต้องชำระเงินภายในสิบสี่วัน", ["ผู้", "ใช้", "ไฟฟ้า", "ต้อง", "ชำระ", "เงิน", "ภายใน", "สิบ", "สี่", "วัน"]),
    ("en-US", "ใช้ไฟฟ้า", ["ใช้", "ไฟฟ้า"]),
  ]) func thaiLinesEndBetweenWords(_ language: String, _ text: String, _ words: [String]) throws {
    let studio = try Studio()
    var ends: Set<Int> = []
    var place = 0
    for word in words {
      place += word.utf8.count
      ends.insert(place)
    }
    for width in stride(from: 45.0, through: 200, by: 7) {
      let lines = studio.lines(studio.content(text) { $0.language = language }, width)
      #expect(lines.map(\.text).joined() == text)
      var offset = 0
      for line in lines {
        offset += line.text.utf8.count
        #expect(ends.contains(offset) && !line.isCut, "'\(line.text)' at \(width)")
      }
    }
  }

  @Test func indicSyllablesAreReorderedAndJoined() throws {
    let studio = try Studio()
    // The vowel sign i stands before its consonant; a conjunct is one glyph; the text stays in its order.
    for (text, most) in [("कि", 2), ("क्ष", 1), ("ज्ञ", 1), ("र्क", 2), ("श्री", 2)] {
      let run = try #require(studio.lines(studio.content(text), 500)[0].runs.first?.run)
      #expect(run.glyphs.count <= most && run.text == text, "\(text): \(run.glyphs.count)")
    }
  }
}
