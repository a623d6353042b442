import Contract
import Diagnostics
import Digests
import Foundation
import TestSupport
import Testing

@testable import Billmaking

/// Fonts that cannot be used are told by their file before the first bill.
@Suite struct FontTrialTests {
  private static func hebrew() throws -> [UInt8] {
    Array(try Data(contentsOf: Project.root.appendingPathComponent("Fonts/NotoSansHebrew/NotoSansHebrew-Regular.ttf")))
  }

  /// The font with the beginning of one of its tables overwritten.
  private static func damaged(_ tag: String, by byte: UInt8 = 0xFF) throws -> [UInt8] {
    var font = try hebrew()
    func number(_ at: Int, _ bytes: Int) -> Int { font[at..<at + bytes].reduce(0) { $0 << 8 | Int($1) } }
    for index in 0..<number(4, 2) where font[(12 + 16 * index)..<(16 + 16 * index)].elementsEqual(tag.utf8) {
      let (offset, length) = (number(12 + 16 * index + 8, 4), number(12 + 16 * index + 12, 4))
      for place in offset..<offset + min(length, 2_000) { font[place] = byte }
    }
    return font
  }

  /// What the trial says of a layout with that font of its own, and in what order it took fonts up.
  private func trial(_ font: [UInt8]) throws -> (faults: [Diagnostic], begun: [String]) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("billfold-fonts-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder.appendingPathComponent("fonts"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(font).write(to: folder.appendingPathComponent("fonts/own.ttf"))
    var begun: [String] = []
    let fonts = Project.root.appendingPathComponent("Fonts/OCRB").path
    return (try Workshop.tryFonts(JobOptions(layout: folder.path, fonts: [fonts])) { begun.append($0) }, begun)
  }

  @Test func wholeFontsPass() throws {
    let (faults, begun) = try trial(try Self.hebrew())
    #expect(faults.isEmpty, "\(faults)")
    #expect(begun.contains("fonts/own.ttf") && begun.contains("OCRB.otf") && Set(begun).count == begun.count, "\(begun)")
  }

  @Test(arguments: ["cmap", "glyf", "head", "maxp"]) func damagedTableNamesTheFont(_ table: String) throws {
    let (faults, begun) = try trial(try Self.damaged(table))
    #expect(begun.contains("fonts/own.ttf"))
    #expect(faults.map(\.id) == ["font-damaged"], "\(faults)")
    #expect(faults.first?.message.contains("'fonts/own.ttf'") == true, "\(faults)")
  }

  @Test func stockFontsPass() throws {
    let options = JobOptions(layout: Project.root.path + "/Layouts/larkspur", fonts: [Project.root.path + "/Fonts"])
    var begun = 0
    #expect(try FontTrial(try FontSet(options), known: []).run { _ in begun += 1 }.isEmpty)
    #expect(begun > 10)
  }

  /// They are left out of the trial, and nothing else is: neither another font beside the layout, nor one of them with a byte changed.
  @Test func onlyTheStockFontsAreNotTried() throws {
    let fonts = Project.root.appendingPathComponent("Fonts")
    let names = try #require(FileManager.default.enumerator(atPath: fonts.path)).compactMap { $0 as? String }
      .filter { $0.hasSuffix(".otf") || $0.hasSuffix(".ttf") }
    let found = Set(try names.map { Digest256.hex(Array(try Data(contentsOf: fonts.appendingPathComponent($0)))) })
    #expect(found == StockFonts.digests)
    let layout = Project.root.path + "/Layouts/larkspur"
    #expect(!Workshop.hasForeignFonts(JobOptions(layout: layout, fonts: [fonts.path])))
    #expect(Workshop.hasForeignFonts(JobOptions(layout: layout, fonts: [Project.root.path + "/Fonts/none"])))
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("billfold-fonts-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var font = try Self.hebrew()
    try Data(font).write(to: folder.appendingPathComponent("a.ttf"))
    #expect(!Workshop.hasForeignFonts(JobOptions(layout: layout, fonts: [folder.path])))
    font[font.count - 1] ^= 1
    try Data(font).write(to: folder.appendingPathComponent("b.ttf"))
    #expect(Workshop.hasForeignFonts(JobOptions(layout: layout, fonts: [folder.path])))
  }
}
