internal import Billing
internal import Diagnostics

/// An XML file in UTF-8, and the way from there back to the places of the file as it was given.
struct SourceText {
  /// The text without a byte order mark.
  let utf8: [UInt8]
  let encoding: SourceEncoding
  /// How many bytes of the file a byte order mark takes.
  let mark: Int

  /// Bytes that are no letters of the declared encoding.
  struct Contradiction {
    /// The encoding that the declaration names.
    var declared: String
    /// The page of Windows it is read as.
    var page: String
    /// The first such byte, and where in ``SourceText/utf8`` its letter is.
    var byte: UInt8
    var offset: Int
  }

  /// Where the file is not in the encoding it is declared to be in; `nil` where nothing says so.
  var contradiction: Contradiction?

  /// What is odd about the encoding.
  var warnings: [RecordWarning] {
    guard let contradiction else { return [] }
    let byte = String(contradiction.byte, radix: 16, uppercase: true)
    return [
      RecordWarning(
        .encodingDiffers,
        FindingStatement(
          "the XML says that its encoding is '\(contradiction.declared.prefix(40))', where byte \(byte) is no letter; it is read as "
            + contradiction.page, origin: .document(told(place(of: contradiction.offset), at: contradiction.offset))), path: "/")
    ]
  }

  private let places: TextPlaces

  init(utf8: [UInt8], encoding: SourceEncoding, mark: Int) {
    (self.utf8, self.encoding, self.mark) = (utf8, encoding, mark)
    places = TextPlaces(utf8, encoding: encoding, mark: mark)
  }

  /// The place of a byte of ``utf8``.
  ///
  /// - Complexity: O(bytes) the first time, then constant.
  func place(of offset: Int) -> XMLPlace {
    let offset = min(max(0, offset), utf8.count)
    let found = places.place(of: offset)
    return XMLPlace(offset: found.fileOffset, line: found.line, column: found.column + 1, excerpt: excerpt(at: offset))
  }

  /// A fault at a byte of ``utf8``: its offset is that in the file, its statement has line, column and what stands there.
  func fault(_ code: RecordFault.Code, _ message: String, path: String, at offset: Int) -> RecordFault {
    let place = place(of: offset)
    return RecordFault(code, FindingStatement(message, origin: .document(told(place, at: offset))), path: path, offset: place.offset)
  }

  /// A place as a fault tells it; at the end of the text, or before bytes that mean nothing, with what stands before it.
  func told(_ place: XMLPlace, at offset: Int) -> DocumentPlace {
    DocumentPlace(
      line: place.line, column: place.column, excerpt: place.excerpt, before: place.excerpt.isEmpty ? excerpt(before: offset) : "")
  }

  /// Characters of an excerpt.
  ///
  /// - Stops: a customer's text in a message, and messages of megabytes.
  private static let longestExcerpt = 40

  /// What stands at a place: a tag as a whole, other text to the end of its line or the next tag.
  private func excerpt(at offset: Int) -> String {
    var end = offset
    if offset < utf8.count {
      let isTag = utf8[offset] == UInt8(ascii: "<")
      end += 1
      while end < utf8.count, end - offset < 4 * SourceText.longestExcerpt {
        let byte = utf8[end]
        if isTag ? byte == UInt8(ascii: ">") : byte == UInt8(ascii: "<") || byte == 0x0A || byte == 0x0D {
          if isTag { end += 1 }
          break
        }
        if isTag, byte == UInt8(ascii: "<") { break }
        end += 1
      }
    }
    let whole = InvoiceText.collapsed(utf8[offset..<end]).unicodeScalars
    return SourceText.shown(whole.prefix(SourceText.longestExcerpt)) + (whole.count > SourceText.longestExcerpt ? "…" : "")
  }

  /// What stands before a place on its line, the end of it.
  private func excerpt(before offset: Int) -> String {
    var start = offset
    while start > 0, offset - start < 4 * SourceText.longestExcerpt, utf8[start - 1] != 0x0A, utf8[start - 1] != 0x0D { start -= 1 }
    let line = InvoiceText.collapsed(utf8[start..<offset]).unicodeScalars
    return (line.count > SourceText.longestExcerpt / 2 ? "…" : "") + SourceText.shown(line.suffix(SourceText.longestExcerpt / 2))
  }

  private static func shown(_ text: some Sequence<Unicode.Scalar>) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text {
      // What is invisible, or turns the text round, has no business in a message.
      let isShown: Bool =
        switch scalar.properties.generalCategory {
        case .control, .format, .privateUse, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator: false
        default: true
        }
      result.append(isShown ? scalar : "\u{FFFD}")
    }
    return String(result)
  }
}
