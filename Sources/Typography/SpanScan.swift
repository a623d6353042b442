/// What a look at a span's bytes tells about the work it needs.
struct SpanScan: OptionSet {
  let rawValue: UInt8
  static let latin = SpanScan(rawValue: 1)
  static let cyrillic = SpanScan(rawValue: 2)
  static let greek = SpanScan(rawValue: 4)
  /// Characters that need ICU: other scripts, combining marks, whatever is not known here.
  static let complex = SpanScan(rawValue: 8)
  /// Characters of right-to-left scripts, or marks for them.
  static let rightToLeft = SpanScan(rawValue: 16)
  /// Characters that steer and are not set.
  static let steering = SpanScan(rawValue: 32)
  static let notASCII = SpanScan(rawValue: 64)
  /// Characters that were replaced.
  static let changed = SpanScan(rawValue: 128)

  /// Whether ICU has nothing to tell: at most one script, no marks.
  var isPlain: Bool {
    if contains(.complex) || contains(.rightToLeft) { return false }
    let scripts = rawValue & 7
    return scripts & (scripts &- 1) == 0
  }

  /// Appends a span's text to `buffer`, control characters and line separators replaced by white space of the same length, and reports on it.
  static func copy(_ text: UnsafeBufferPointer<UInt8>, into buffer: inout [UInt8]) -> SpanScan {
    let start = buffer.count
    buffer.append(contentsOf: text)
    var scan = SpanScan()
    buffer.withUnsafeMutableBufferPointer { all in
      let bytes = UnsafeMutableBufferPointer(rebasing: all[start...])
      var index = 0
      while index < bytes.count {
        let byte = bytes[index]
        if byte < 0x80 {
          if byte < 0x20 || byte == 0x7F {
            bytes[index] = 0x20
            scan.insert(.changed)
          } else if (byte | 0x20) >= 0x61, (byte | 0x20) <= 0x7A {
            scan.insert(.latin)
          }
          index += 1
          continue
        }
        scan.insert(.notASCII)
        let (scalar, length) = decode(bytes, at: index)
        switch scalar {
        case 0x80...0x9F:
          // A no-break space is as long in UTF-8 as a C1 control.
          (bytes[index], bytes[index + 1]) = (0xC2, 0xA0)
          scan.insert(.changed)
        case 0x2028, 0x2029:
          bytes[index + 2] = 0x84  // U+2004, a third of an em
          scan.insert(.changed)
        default: scan.formUnion(classify(scalar))
        }
        index += length
      }
    }
    return scan
  }

  /// Characters that are not set: they have done their work when lines are broken and the order is found.
  @inline(__always) static func isSteering(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xAD, 0x61C, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }

  /// A scalar and its length in bytes; the text is valid UTF-8.
  @inline(__always) static func decode(_ bytes: some RandomAccessCollection<UInt8>, at index: Int) -> (scalar: UInt32, length: Int) {
    let base = bytes.startIndex
    let at = { (offset: Int) in UInt32(bytes[bytes.index(base, offsetBy: offset)]) }
    let lead = at(index)
    if lead < 0x80 { return (lead, 1) }
    if lead < 0xE0 { return ((lead & 0x1F) << 6 | at(index + 1) & 0x3F, 2) }
    if lead < 0xF0 { return ((lead & 0x0F) << 12 | (at(index + 1) & 0x3F) << 6 | at(index + 2) & 0x3F, 3) }
    return ((lead & 7) << 18 | (at(index + 1) & 0x3F) << 12 | (at(index + 2) & 0x3F) << 6 | at(index + 3) & 0x3F, 4)
  }

  /// The kind of a character beyond ASCII. What is not plainly Latin, Cyrillic, Greek or common is left to ICU.
  static func classify(_ scalar: UInt32) -> SpanScan {
    switch scalar {
    case 0xAD, 0x200B, 0x2060, 0xFEFF: return .steering
    case 0x61C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: return [.steering, .rightToLeft]
    case 0xAA, 0xBA: return .latin
    case 0xA0...0xBF, 0xD7, 0xF7: return []
    case 0xC0...0x24F: return .latin
    case 0x386, 0x388...0x3E1: return .greek
    case 0x400...0x482, 0x48A...0x52F: return .cyrillic
    case 0x2000...0x200A, 0x2010...0x2027, 0x202F...0x205F, 0x20A0...0x20C0, 0x2116, 0x2122, 0x2190...0x22FF: return []
    case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFE, 0x10800...0x10FFF, 0x1E800...0x1EFFF: return [.complex, .rightToLeft]
    default: return .complex
    }
  }
}
