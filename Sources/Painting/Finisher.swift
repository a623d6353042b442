public import Geometry

/// What the finisher adds to cairo's file and cannot read from it.
public struct SideList: Hashable, Sendable {
  /// The creation date as PDF writes it, `D:20261123000000Z`.
  public var created: String
  /// The document's language as a BCP 47 tag; empty for none.
  public var language: String
  /// How far each page is painted beyond what is left of it when it is trimmed, on each side.
  public var bleed: Length
  /// The room round that for crop marks, on each side.
  public var slug: Length
  /// Whether a picture stands on some page more than once.
  public var repeatsPictures: Bool
  /// Makes a side list.
  public init(created: String, language: String = "", bleed: Length = .zero, slug: Length = .zero, repeatsPictures: Bool = false) {
    (self.created, self.language, self.bleed, self.slug) = (created, language, bleed, slug)
    self.repeatsPictures = repeatsPictures
  }
}

/// Completes the PDFs that cairo writes.
///
/// It reads only what cairo writes (a plain cross-reference table, every object outside of streams), parses no object into a tree, and
/// refuses what it does not know instead of guessing. The bytes before the first object it changes stay as they are.
public enum Finisher {
  /// The largest file that is taken, 1 GiB; a page is some 10 KB.
  ///
  /// - Stops: a bill of gigabytes held in memory.
  public static let sizeLimit = 1 << 30

  /// The finished file: the creation date with the `D:` prefix that cairo 1.16 leaves out, the language in the catalog, and with a bleed or crop marks each
  /// page's TrimBox and BleedBox (ISO 32000-1, 14.11.2). Where pictures stand more than once on a page, each is named once.
  ///
  /// - Complexity: O(objects) and one copy of the bytes.
  /// - Throws: ``PaintingError/unexpectedStructure(_:)``.
  public static func finish(_ pdf: [UInt8], side: SideList) throws(PaintingError) -> [UInt8] {
    guard pdf.count <= sizeLimit else { throw .unexpectedStructure("larger than \(sizeLimit) bytes") }
    let structure = try PDFStructure(pdf)
    var edits: [PDFEdit] = []

    let information = try structure.dictionary(of: structure.informationObject, in: pdf)
    guard let date = information["CreationDate"] else { throw .unexpectedStructure("no creation date") }
    edits.append(PDFEdit(range: date, bytes: Array("(\(side.created))".utf8)))

    if !side.language.isEmpty {
      guard side.language.utf8.allSatisfy(isTagByte) else { throw .unexpectedStructure("'\(side.language)' is not a language tag") }
      let catalog = try structure.dictionary(of: structure.catalogObject, in: pdf)
      if let language = catalog["Lang"] {
        edits.append(PDFEdit(range: language, bytes: Array("(\(side.language))".utf8)))
      } else {
        edits.append(PDFEdit(range: catalog.end..<catalog.end, bytes: Array("   /Lang (\(side.language))\n".utf8)))
      }
    }
    if side.repeatsPictures { edits += try structure.repeatedNames(in: pdf) }
    if side.bleed + side.slug > .zero { edits += try boxes(structure, side, in: pdf) }
    return try structure.applying(edits, to: pdf)
  }

  /// The boxes of all pages, behind their media boxes: those are what cairo painted on.
  private static func boxes(_ structure: PDFStructure, _ side: SideList, in pdf: [UInt8]) throws(PaintingError) -> [PDFEdit] {
    var edits: [PDFEdit] = []
    for page in try structure.pages(in: pdf) {
      let dictionary = try structure.dictionary(of: page, in: pdf)
      guard let place = dictionary["MediaBox"], let box = structure.numbers(place, in: pdf), box.count == 4 else {
        throw .unexpectedStructure("page object \(page) has no MediaBox")
      }
      func inset(by length: Length) -> [Double] {
        [box[0] + length.points, box[1] + length.points, box[2] - length.points, box[3] - length.points]
      }
      let (bled, trim) = (inset(by: side.slug), inset(by: side.slug + side.bleed))
      guard trim[0] < trim[2], trim[1] < trim[3] else { throw .unexpectedStructure("page object \(page) is smaller than its bleed") }
      let text = "\n      /BleedBox \(array(bled))\n      /TrimBox \(array(trim))"
      edits.append(PDFEdit(range: place.upperBound..<place.upperBound, bytes: Array(text.utf8)))
    }
    return edits
  }

  /// Numbers as PDF writes them: four decimals, a hundredth of what a cutter keeps.
  private static func array(_ numbers: [Double]) -> String {
    let texts = numbers.map { number in
      let parts = Int((abs(number) * 10_000).rounded())
      let decimals = String(parts % 10_000)
      var text = "\(parts / 10_000)." + String(repeating: "0", count: 4 - decimals.count) + decimals
      while text.hasSuffix("0") { text.removeLast() }
      if text.hasSuffix(".") { text.removeLast() }
      return (number < 0 && parts > 0 ? "-" : "") + text
    }
    return "[ " + texts.joined(separator: " ") + " ]"
  }

  private static func isTagByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
