internal import CICU

/// Lines, columns and the offsets in a file of a text's bytes. Remembers some of them, since an invoice may have a finding on every line.
final class TextPlaces {
  /// What is known of one byte.
  struct Place {
    /// Bytes from the start of the text.
    var offset = 0
    /// From 1.
    var line = 1
    /// Unicode scalars since the start of the line.
    var column = 0
    /// Bytes from the start of the file, in its own encoding.
    var fileOffset: Int
  }

  private let utf8: [UInt8]
  private let encoding: SourceEncoding
  private let start: Place
  /// Of every 4 KiB the first byte that begins a scalar.
  private lazy var marks: [Place] = {
    var (marks, last) = ([start], start)
    while last.offset + TextPlaces.stride < utf8.count {
      var next = last.offset + TextPlaces.stride
      while next < utf8.count, utf8[next] & 0xC0 == 0x80 { next += 1 }
      last = moved(last, to: next)
      marks.append(last)
    }
    return marks
  }()

  private static let stride = 4 << 10

  init(_ utf8: [UInt8], encoding: SourceEncoding, mark: Int) {
    (self.utf8, self.encoding) = (utf8, encoding)
    start = Place(fileOffset: mark)
  }

  /// The place of a byte.
  ///
  /// - Complexity: O(bytes) the first time, then O(log bytes).
  func place(of offset: Int) -> Place {
    var (low, high) = (0, marks.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if marks[middle].offset <= offset { low = middle } else { high = middle - 1 }
    }
    return moved(marks[low], to: offset)
  }

  private func moved(_ from: Place, to end: Int) -> Place {
    var place = from
    for index in from.offset..<end {
      let byte = utf8[index]
      // Lines end in LF, CR LF or CR (XML 1.0, 2.11).
      if byte == 0x0A || (byte == 0x0D && (index + 1 == utf8.count || utf8[index + 1] != 0x0A)) {
        (place.line, place.column) = (place.line + 1, 0)
      } else if byte & 0xC0 != 0x80 {
        place.column += 1
      }
    }
    place.offset = end
    place.fileOffset += fileBytes(utf8[from.offset..<end])
    return place
  }

  /// How many bytes a piece of the text takes in the file.
  private func fileBytes(_ piece: ArraySlice<UInt8>) -> Int {
    switch encoding {
    case .utf8: return piece.count
    case .utf16: return 2 * String(decoding: piece, as: UTF8.self).utf16.count
    case .named(let name):
      let length = piece.withUnsafeBytes { bytes in
        cicu_encoded_length(name, bytes.bindMemory(to: CChar.self).baseAddress, Int32(clamping: bytes.count))
      }
      return length < 0 ? piece.count : Int(length)
    }
  }
}
