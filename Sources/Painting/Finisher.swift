/// What the finisher adds to cairo's file and cannot read from it.
public struct SideList: Hashable, Sendable {
  /// The creation date as PDF writes it, `D:20261123000000Z`.
  public var created: String
  /// The document's language as a BCP 47 tag; empty for none.
  public var language: String
  /// Makes a side list.
  public init(created: String, language: String = "") { (self.created, self.language) = (created, language) }
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

  /// The finished file: the creation date with the `D:` prefix that cairo 1.16 leaves out, and the language in the catalog.
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
    return try structure.applying(edits, to: pdf)
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
