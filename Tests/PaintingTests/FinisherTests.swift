import Foundation
import Geometry
import Imaging
import Layout
import Painting
import TestSupport
import Testing

@Suite struct FinisherTests {
  private let fonts: TestFonts
  init() throws { fonts = try TestFonts() }

  /// A document as cairo writes it.
  private func raw(_ title: String = "Bill") throws -> [UInt8] {
    var about = metadata
    about.title = title
    let canvas = try PDFCanvas(pageSize: letter, metadata: about, press: Press(fonts: fonts, images: ImageTable()))
    try Painter.paint(page([(.run(try fonts.run("text"), .black), at(10, 10))]), on: canvas)
    return try canvas.finish()
  }
  private let side = SideList(created: "D:20261123000000Z", language: "sr-Latn-RS")

  @Test(
    .needs("qpdf"),
    arguments: ["Bill", "(unbalanced", "/CreationDate (D:1)", ")) >> endobj", "\\", "Račun št. 5", "<<>>"]) func offsetsStayRight(
      title: String
    ) throws
  {
    let before = try raw(title)
    let after = try Finisher.finish(before, side: side)
    let check = try Tool.run(["qpdf", "--check", "{}"], on: after)
    #expect(check.code == 0 && !check.output.contains("WARNING"), "\(check.output)")
    let text = String(decoding: after, as: UTF8.self)
    #expect(text.contains("/CreationDate (D:20261123000000Z)") && text.contains("/Lang (sr-Latn-RS)"))
    // Every entry of the table points at its object.
    let entries = try #require(text.range(of: "\nxref\n"))
    let lines = text[entries.upperBound...].split(separator: "\n")
    for number in 1..<(Int(lines[0].split(separator: " ")[1]) ?? 0) {
      let offset = try #require(Int(lines[number + 1].prefix(10)))
      #expect(String(decoding: after[offset..<(offset + 12)], as: UTF8.self).hasPrefix("\(number) 0 obj"))
    }
    // What stands before the information dictionary is untouched.
    let same = zip(before, after).prefix { $0 == $1 }.count
    #expect(same > before.count / 2)
  }

  /// Cairo lists a picture as often as it is drawn.
  @Test(.needs("qpdf")) func pictureDrawnTwiceIsListedOnce() throws {
    let images = ImageTable()
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><path d=\"M0 0h9v9z\"/></svg>"
    let numbers = try (1...2).map { try images.add(path: "\($0).svg", bytes: Array(svg.utf8)) }
    let document = try DocumentPainter(pageSize: letter, metadata: metadata, press: Press(fonts: fonts, images: images))
    for count in [3, 1, 2] {
      var items: [(Item, Point)] = []
      for place in 0..<count {
        for number in numbers {
          items.append((.image(ImageItem(image: number, size: size(9, 9))), at(Double(number * 40), Double(place * 20))))
        }
      }
      try document.addPage(page(items))
    }
    let pdf = try document.finish()
    let check = try Tool.run(["qpdf", "--check", "{}"], on: pdf)
    #expect(check.code == 0 && !check.output.contains("WARNING"), "\(check.output)")
    let text = String(decoding: pdf, as: UTF8.self)
    let lists = text.components(separatedBy: "/XObject <<").dropFirst().map {
      $0.prefix { $0 != ">" }.split(separator: "/").dropFirst().count
    }
    #expect(lists.filter { $0 > 0 } == [2, 2, 2])
  }

  @Test func finishingAgainChangesNothing() throws {
    let once = try Finisher.finish(raw(), side: side)
    #expect(try Finisher.finish(once, side: side) == once)
  }

  @Test func withoutALanguageNoneIsWritten() throws {
    let bytes = try Finisher.finish(raw(), side: SideList(created: "D:20261123000000Z"))
    #expect(!String(decoding: bytes, as: UTF8.self).contains("/Lang"))
  }

  @Test func languagesCannotSmuggleInMarkup() throws {
    let bytes = try raw()
    #expect(throws: PaintingError.self) {
      try Finisher.finish(bytes, side: SideList(created: "D:20261123000000Z", language: "en) /Evil ("))
    }
  }

  @Test func otherStructuresAreRefused() throws {
    let good = try raw()
    func refused(_ change: (inout String) -> Void) {
      // Latin-1 keeps every byte.
      var text = String(good.map { Character(Unicode.Scalar($0)) })
      change(&text)
      let bytes = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
      #expect(throws: PaintingError.self) { try Finisher.finish(bytes, side: side) }
    }
    refused { $0 = "" }
    refused { $0 = "%PDF-1.5" }
    refused {
      $0 = String($0.dropLast(10)) + ""; $0 = $0.replacingOccurrences(of: "startxref", with: "startxrex")
    }
    refused { $0 = $0.replacingOccurrences(of: "\nxref\n", with: "\nxreg\n") }
    refused { $0 = $0.replacingOccurrences(of: "/Root", with: "/Boot") }
    refused { $0 = $0.replacingOccurrences(of: "/Info", with: "/Inpo") }
    refused { $0 = $0.replacingOccurrences(of: "/CreationDate", with: "/CreationDade") }
    refused { $0 = $0.replacingOccurrences(of: "00000 n", with: "0000x n").replacingOccurrences(of: "0000000", with: "000000x") }
    refused { $0 = $0.replacingOccurrences(of: "trailer", with: "trayler") }
  }

  /// Damaged in any one place, a file is finished or refused, never a crash.
  @Test func damageNeverTraps() throws {
    let good = try raw()
    var refusals = 0
    for index in stride(from: max(0, good.count - 1_500), to: good.count, by: 1) {
      for value in [UInt8(ascii: "("), 0x39, 0x20, 0xFF] {
        var bytes = good
        bytes[index] = value
        do { _ = try Finisher.finish(bytes, side: side) } catch { refusals += 1 }
      }
      if index % 7 == 0 { do { _ = try Finisher.finish(Array(good.prefix(index)), side: side) } catch { refusals += 1 } }
    }
    #expect(refusals > 200)
  }
}
