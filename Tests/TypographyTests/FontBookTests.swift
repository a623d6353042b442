import Diagnostics
import Layout
import TestSupport
import Testing

@testable import Typography

#if canImport(Glibc)
  import Glibc
#endif

@Suite("Font book")
struct FontBookTests {
  @Test("the shipped faces are found by what their tables say")
  func shippedFaces() throws {
    let book = try FontBook(folder: try Studio.fontsFolder())
    #expect(book.families == FallbackOrder.stock.sorted())
    let inter = book.faces.filter { $0.family == "Inter" }
    #expect(
      inter.map(\.postScriptName) == [
        "Inter-Regular", "Inter-Italic", "Inter-Medium", "Inter-SemiBold", "Inter-SemiBoldItalic", "Inter-Bold", "Inter-BoldItalic",
      ])
    #expect(inter.map(\.weight) == [400, 400, 500, 600, 600, 700, 700])
    #expect(inter.map(\.slant) == [.upright, .italic, .upright, .upright, .italic, .upright, .italic])
    #expect(book.faces.enumerated().allSatisfy { $0.offset == $0.element.id.index })
    #expect(inter[0].fileName == "Inter/Inter-Regular.otf")
  }

  @Test("the shipped faces cover what bills need")
  func coverage() throws {
    let book = try FontBook(folder: try Studio.fontsFolder())
    let inter = try book.shapingFace(try book.resolve(["Inter"], weight: 400, slant: .upright)[0].index)
    for scalar in "−€\u{202F}\u{A0}₪–—‘’“”•§№".unicodeScalars {
      #expect(inter.covers(scalar.value), "U+\(String(scalar.value, radix: 16))")
    }
    for range in [0x20...0x7E, 0xA0...0x148, 0x14A...0x17F, 0x391...0x3A1, 0x3A3...0x3CE, 0x400...0x45F] as [ClosedRange<UInt32>] {
      #expect(range.allSatisfy(inter.covers))
    }
    let arabic = try book.shapingFace(try book.resolve(["Noto Sans Arabic"], weight: 400, slant: .upright)[0].index)
    #expect((0x621...0x64A).filter { $0 != 0x63B }.allSatisfy { $0 > 0x63A && $0 < 0x640 || arabic.covers(UInt32($0)) })
    #expect((0x660...0x66C).allSatisfy { arabic.covers(UInt32($0)) })
    let hebrew = try book.shapingFace(try book.resolve(["Noto Sans Hebrew"], weight: 700, slant: .upright)[0].index)
    #expect((0x5D0...0x5EA).allSatisfy { hebrew.covers(UInt32($0)) })
    #expect(!hebrew.covers(0x20AC))
  }

  @Test("a link that leads out of a folder of fonts is refused, one inside it is not; what is no regular file is not waited for")
  func linksAndPipes() throws {
    let (folder, other) = (try TemporaryFolder(), try TemporaryFolder())
    let font = try TemporaryFolder.read(try Studio.fontsFolder() + "/OCRB/OCRB.otf")
    other.write(font, as: "outside.otf")
    folder.write(font, as: "real.ttf")
    symlink("real.ttf", folder.path + "/near.dat")
    #expect(try FontBook(folder: folder.path).faces.count == 1)
    symlink(other.path + "/outside.otf", folder.path + "/far.otf")
    for (shared, own, name) in [(folder.path, nil, "'far.otf'"), (other.path, folder.path, "'fonts/far.otf'")]
      as [(String, String?, String)]
    {
      let error = try #require(throws: DiagnosticList.self) { try FontBook(folder: shared, layoutFolder: own) }
      #expect(error.diagnostics.map(\.id) == ["font-outside-folder"])
      #expect(error.diagnostics[0].message.contains(name) && error.diagnostics[0].message.contains("symbolic link"))
    }
    unlink(folder.path + "/far.otf")
    mkfifo(folder.path + "/pipe.otf", 0o600)
    let error = try #require(throws: DiagnosticList.self) { try FontBook(folder: folder.path) }
    #expect(error.diagnostics.map(\.id) == ["not-a-font"])
    unlink(folder.path + "/pipe.otf")
  }

  @Test("files are read when their faces are resolved, and only then")
  func loadedFiles() throws {
    let book = try FontBook(folder: try Studio.fontsFolder())
    #expect(book.loadedFiles.isEmpty)
    _ = try book.resolve(["Noto Sans", "Inter"], weight: 700, slant: .upright)
    #expect(book.loadedFiles.map(\.name) == ["Inter/Inter-Bold.otf", "NotoSans/NotoSans-Bold.ttf"])
    let file = try TemporaryFolder.read(try Studio.fontsFolder() + "/Inter/Inter-Bold.otf")
    #expect(book.loadedFiles[0].bytes == file)
    #expect(book.hyphenates("de-AT"))
    #expect(!book.hyphenates("en"))
    #expect(book.loadedFiles.map(\.name) == ["Hyphenation/hyph_de.dic", "Inter/Inter-Bold.otf", "NotoSans/NotoSans-Bold.ttf"])
  }

  @Test(
    "the nearest weight follows CSS",
    arguments: [
      (100, 400), (350, 400), (400, 400), (450, 500), (500, 500), (550, 600), (600, 600), (650, 700), (900, 700),
    ])
  func nearestWeight(wanted: Int, found: Int) throws {
    let book = try FontBook(folder: try Studio.fontsFolder())
    #expect(book.faces[try book.resolve(["inter"], weight: wanted, slant: .upright)[0].index].weight == found)
  }

  @Test("between regular and bold 500 goes down, 600 up")
  func nearestOfTwo() throws {
    let book = try FontBook(folder: try Studio.fontsFolder())
    #expect(book.faces[try book.resolve(["Noto Sans"], weight: 500, slant: .upright)[0].index].weight == 400)
    #expect(book.faces[try book.resolve(["Noto Sans"], weight: 501, slant: .upright)[0].index].weight == 700)
  }

  @Test("an unknown family is an error with a suggestion")
  func unknownFamily() throws {
    let book = try FontBook(folder: try Studio.fontsFolder())
    let fault = #expect(throws: FontFamilyFault.self) { try book.resolve(["Inter", "Noto Sans Hebrow"], weight: 400, slant: .upright) }
    #expect(fault?.family == "Noto Sans Hebrow")
    let finding = fault?.diagnostic(at: nil)
    #expect(finding?.id == "unknown-font-family")
    #expect(finding?.suggestion == "did you mean 'Noto Sans Hebrew'?")
  }

  @Test("a missing italic is an error, but behind a family that has one a script without italics stays upright")
  func missingItalic() throws {
    let book = try FontBook(folder: try Studio.fontsFolder())
    let fault = #expect(throws: FontFamilyFault.self) { try book.resolve(["OCR B"], weight: 400, slant: .italic) }
    #expect(fault?.reason == .missingSlant(.italic))
    #expect(fault?.diagnostic(at: nil).id == "missing-font-slant")
    let stack = try book.resolve(["Inter", "Noto Sans Arabic"], weight: 400, slant: .italic).map { book.faces[$0.index].postScriptName }
    #expect(stack == ["Inter-Italic", "NotoSansArabic-Regular"])
  }

  @Test("a layout's own face wins over the same face of the folder")
  func layoutFolderWins() throws {
    let folder = try TemporaryFolder()
    folder.write(try TemporaryFolder.read(try Studio.fontsFolder() + "/Inter/Inter-Regular.otf"), as: "mine.otf")
    let book = try FontBook(folder: try Studio.fontsFolder(), layoutFolder: folder.path)
    let names = book.faces.filter { $0.family == "Inter" && $0.weight == 400 }.map(\.fileName)
    #expect(names == ["fonts/mine.otf", "Inter/Inter-Italic.otf"])
    #expect(book.faces.count == (try FontBook(folder: try Studio.fontsFolder()).faces.count))
  }

  @Test("two files for one face, texts named like fonts, collections of nothing, cut files and giants are each named")
  func faultyFolder() throws {
    let folder = try TemporaryFolder()
    let font = try TemporaryFolder.read(try Studio.fontsFolder() + "/NotoSansHebrew/NotoSansHebrew-Regular.ttf")
    folder.write(font, as: "a.ttf")
    folder.write(font, as: "b.ttf")
    folder.write(Array("not a font at all".utf8), as: "c.otf")
    folder.write([], as: "d.ttf")
    folder.write(Array(font.prefix(2000)), as: "e.ttf")
    folder.write(Array("ttcf".utf8) + [UInt8](repeating: 0, count: 100), as: "f.ttf")
    folder.reserve(FontDescription.maximumFileSize + 1, as: "g.ttf")
    folder.write(Array("left alone".utf8), as: "readme.txt")
    let faults = #expect(throws: DiagnosticList.self) { try FontBook(folder: folder.path) }?.diagnostics ?? []
    #expect(faults.map(\.id) == ["duplicate-face", "not-a-font", "not-a-font", "not-a-font", "not-a-font", "not-a-font"])
    for (fault, name) in zip(faults, ["b.ttf", "c.otf", "d.ttf", "e.ttf", "f.ttf", "g.ttf"]) {
      #expect(fault.message.contains("'\(name)'"))
    }
  }

  @Test("a folder that is not there is an error; no folder at all gives an empty book")
  func missingFolder() throws {
    let faults = #expect(throws: DiagnosticList.self) { try FontBook(folder: "/no/such/folder") }
    #expect(faults?.diagnostics.map(\.id) == ["unreadable-folder"])
    #expect(try FontBook(folder: nil).faces.isEmpty)
  }

  @Test("a font that cairo would leave out of the PDF in silence is refused")
  func emptyOperator() throws {
    let path = try Studio.fontsFolder() + "/OCRB/OCRB.otf"
    var font = try TemporaryFolder.read(path)
    let entry = try #require((0..<20).first { font[12 + $0 * 16..<16 + $0 * 16].elementsEqual(Array("CFF ".utf8)) })
    let number = { (offset: Int) in font[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
    let (table, length) = (number(20 + entry * 16), number(24 + entry * 16))
    guard let file = OpenedFile(path: path, limit: 1 << 20) else { throw Studio.Missing(what: path) }
    let isFaulty = CompactFontCheck.hasEmptyOperator(in: file, at: table, length: length)
    #expect(!isFaulty)
    let found = CompactFontCheck.topDictionary(of: file, at: table, length: length)
    let top = try #require(found)
    let dictionary = try #require(CompactFontCheck.privateDictionary(top, at: table, length: length))
    #expect(dictionary.count > 10)
    // An empty BlueValues in front, in the place of the first operand's first byte.
    font[dictionary.lowerBound] = 6
    font[dictionary.lowerBound + 1] = 139
    let folder = try TemporaryFolder()
    folder.write(font, as: "ocr.otf")
    let faults = #expect(throws: DiagnosticList.self) { try FontBook(folder: folder.path) }
    #expect(faults?.diagnostics.map(\.id) == ["not-a-font"])
    #expect(faults?.diagnostics[0].message.contains("'CFF '") == true)
  }

  @Test("damaged tables never crash the reader")
  func damagedFonts() throws {
    let font = try TemporaryFolder.read(try Studio.fontsFolder() + "/NotoSansHebrew/NotoSansHebrew-Regular.ttf")
    let folder = try TemporaryFolder()
    var random = Seeded(7)
    var refused = 0
    for round in 0..<300 {
      var damaged = font
      for _ in 0..<(1 + round % 8) {
        // The directory and the name table are where a reader goes astray.
        let place = round % 2 == 0 ? Int.random(in: 0..<300, using: &random) : Int.random(in: 0..<damaged.count, using: &random)
        damaged[place] = UInt8.random(in: 0...255, using: &random)
      }
      if round % 10 == 0 { damaged.removeLast(Int.random(in: 1..<damaged.count, using: &random)) }
      folder.write(damaged, as: "x.ttf")
      do {
        let description = try FontDescription.faces(path: folder.path + "/x.ttf")[0]
        #expect((1...1000).contains(description.weight))
        if let bytes = FontBytes(path: folder.path + "/x.ttf", limit: 1 << 25), let face = ShapingFace(id: FontID(0), file: bytes) {
          _ = face.covers(0x5D0)
        }
      } catch { refused += 1 }
    }
    #expect(refused > 50 && refused < 300)
  }

  @Test(
    "features are checked",
    arguments: [("ss01", true), ("-liga", true), ("cv05=2", true), ("tnum", true), ("", false), ("not a feature", false)])
  func features(text: String, isFeature: Bool) { #expect(FontBook.isFeature(text) == isFeature) }
}
