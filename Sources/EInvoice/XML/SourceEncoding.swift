internal import Billing
internal import CICU
internal import Diagnostics
internal import Glibc

/// How the bytes of an XML file are to be read: by its byte order mark, else by its first bytes, else by what its declaration names
/// (XML 1.0, appendix F).
enum SourceEncoding: Hashable {
  case utf8
  case utf16(isBigEndian: Bool)
  /// Any other, by a name that ICU is asked for.
  case named(String)

  /// The longest name of an encoding that is looked up; the longest registered one has 45 characters.
  ///
  /// - Stops: the name of an encoding as long as the file.
  private static let longestName = 60

  /// The encoding of a file and how many of its first bytes are a byte order mark.
  ///
  /// A declaration that names UTF-16 or UTF-32 but can be read byte by byte is not in that encoding: writers that build the text in memory
  /// leave the name behind. What is declared to be in one of the parts of ISO 8859 that a page of Windows extends is read as that
  /// (``DeclaredEncoding``).
  static func of(_ bytes: [UInt8]) -> (encoding: SourceEncoding, mark: Int) {
    // Tools that add a mark without a look leave two.
    var mark = 0
    while mark < 12, bytes[mark...].starts(with: [0xEF, 0xBB, 0xBF]) { mark += 3 }
    if mark > 0 { return (.utf8, mark) }
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) { return (.named("UTF-32LE"), 4) }
    if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return (.named("UTF-32BE"), 4) }
    if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16(isBigEndian: true), 2) }
    if bytes.starts(with: [0xFF, 0xFE]) { return (.utf16(isBigEndian: false), 2) }
    // XML begins with '<' or white space, which in UTF-16 has a zero beside it.
    if bytes.count >= 4 {
      if bytes[0] == 0, bytes[1] != 0, bytes[1] < 0x80, bytes[2] == 0 { return (.utf16(isBigEndian: true), 0) }
      if bytes[0] != 0, bytes[0] < 0x80, bytes[1] == 0, bytes[3] == 0, bytes[2] != 0 { return (.utf16(isBigEndian: false), 0) }
    }
    if bytes.starts(with: DeclaredEncoding.ebcdicMark) { return (.named(DeclaredEncoding.inEBCDIC(bytes) ?? "IBM037"), 0) }
    guard let name = DeclaredEncoding.name(in: bytes) else { return (.utf8, 0) }
    switch name.uppercased() {
    case "", "UTF-8", "UTF8": return (.utf8, 0)
    case let wide where wide.hasPrefix("UTF-16") || wide.hasPrefix("UTF-32") || wide.hasPrefix("UCS-") || wide.hasPrefix("ISO-10646"):
      return (.utf8, 0)
    default: break
    }
    // Text of seven bits under that name is UTF-8, too; what is neither is the page of Windows.
    if DeclaredEncoding.isASCII(name), firstInvalid(bytes) == nil { return (.utf8, 0) }
    return (.named(DeclaredEncoding.page(for: name) ?? name), 0)
  }

  /// The file in UTF-8 without a byte order mark.
  ///
  /// - Throws: `invalid-utf8` where the bytes are not what they are said to be, with the place of the first wrong one, or where ICU does not
  ///   know the encoding.
  /// - Complexity: O(bytes).
  static func decoded(_ bytes: [UInt8]) throws(RecordFault) -> SourceText {
    let (encoding, mark) = of(bytes)
    switch encoding {
    case .utf8:
      let text = mark == 0 ? bytes : Array(bytes.dropFirst(mark))
      guard let wrong = firstInvalid(text) else { return SourceText(utf8: text, encoding: encoding, mark: mark) }
      throw wrongBytes("UTF-8", bytes, at: mark + wrong, before: SourceText(utf8: Array(text[..<wrong]), encoding: encoding, mark: mark))
    case .utf16(let isBigEndian):
      let (text, wrong) = utf16(bytes.dropFirst(mark), isBigEndian: isBigEndian)
      guard let wrong else { return SourceText(utf8: text, encoding: encoding, mark: mark) }
      throw wrongBytes("UTF-16", bytes, at: wrong, before: SourceText(utf8: text, encoding: encoding, mark: mark))
    case .named(let name):
      var text = SourceText(utf8: try converted(bytes, from: name, mark: mark), encoding: encoding, mark: mark)
      guard mark == 0, let declared = DeclaredEncoding.name(in: bytes), DeclaredEncoding.page(for: declared) != nil,
        let offset = DeclaredEncoding.contradiction(in: bytes, to: declared)
      else { return text }
      // Of a page of Windows each byte is a letter.
      let before = try converted(Array(bytes[..<offset]), from: name, mark: 0)
      text.contradiction = SourceText.Contradiction(declared: declared, page: name, byte: bytes[offset], offset: before.count)
      return text
    }
  }

  private static func wrongBytes(_ name: String, _ bytes: [UInt8], at wrong: Int, before: SourceText) -> RecordFault {
    let place = before.place(of: before.utf8.count)
    let found = bytes[min(wrong, bytes.count)...].prefix(4).map {
      String($0 >> 4, radix: 16, uppercase: true) + String($0 & 15, radix: 16, uppercase: true)
    }
    let what = found.isEmpty ? "the file ends inside a character" : "found \(found.joined(separator: " "))"
    let told = before.told(place, at: before.utf8.count)
    return RecordFault(
      .invalidUTF8, FindingStatement("the XML is not valid \(name): \(what) at byte \(wrong)", origin: .document(told)), path: "/",
      offset: wrong)
  }

  // MARK: UTF-8

  /// The offset of the first bytes that are no UTF-8.
  private static func firstInvalid(_ bytes: [UInt8]) -> Int? {
    guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
    var parser = Unicode.UTF8.ForwardParser()
    var input = bytes.makeIterator()
    var offset = 0
    while true {
      switch parser.parseScalar(from: &input) {
      case .valid(let scalar): offset += scalar.count
      case .error: return offset
      case .emptyInput: return nil
      }
    }
  }

  // MARK: UTF-16

  /// The text up to the first wrong unit, and the offset of that.
  private static func utf16(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) -> (text: [UInt8], wrong: Int?) {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var index = bytes.startIndex
    while index + 1 < bytes.endIndex {
      let (a, b) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      units.append(isBigEndian ? a << 8 | b : b << 8 | a)
      index += 2
    }
    let tail = index < bytes.endIndex ? index : nil
    if let text = String(validating: units, as: UTF16.self) { return (Array(text.utf8), tail) }
    var parser = Unicode.UTF16.ForwardParser()
    var input = units.makeIterator()
    var count = 0
    while case .valid(let scalar) = parser.parseScalar(from: &input) { count += scalar.count }
    return (Array(String(decoding: units[..<count], as: UTF16.self).utf8), bytes.startIndex + 2 * count)
  }

  // MARK: Others

  private static func converted(_ bytes: [UInt8], from name: String, mark: Int) throws(RecordFault) -> [UInt8] {
    var text: UnsafeMutablePointer<CChar>?
    var (length, wrong): (Int32, Int32) = (0, 0)
    var outcome = CICU_ENCODING_UNKNOWN
    if isName(name) {
      outcome = bytes.withUnsafeBufferPointer { bytes in
        Int(cicu_decode(name, bytes.baseAddress.map { $0 + mark }, Int32(clamping: bytes.count - mark), &text, &length, &wrong))
      }
    }
    defer { free(text) }
    switch outcome {
    case CICU_DECODED: break
    case CICU_BYTES_WRONG:
      let offset = mark + Int(wrong)
      let before = try converted(Array(bytes[..<offset]), from: name, mark: mark)
      throw wrongBytes(name, bytes, at: offset, before: SourceText(utf8: before, encoding: .named(name), mark: mark))
    case CICU_ENCODING_REFUSED:
      throw RecordFault(
        .invalidUTF8,
        "the XML is in the encoding '\(name.prefix(40))', in which one byte may be several letters; it is not read, expected one such as UTF-8",
        path: "/", offset: 0)
    case CICU_ENCODING_UNKNOWN:
      throw RecordFault(
        .invalidUTF8, "the XML is in the encoding '\(name.prefix(40))', which is not known; expected one such as UTF-8 or windows-1252",
        path: "/", offset: 0)
    default:
      throw RecordFault(.invalidUTF8, "the XML cannot be read as '\(name.prefix(40))'", path: "/", offset: 0)
    }
    var result: [UInt8] = []
    if let text { result = Array(UnsafeRawBufferPointer(start: text, count: Int(length))) }
    let isEBCDIC = bytes.starts(with: DeclaredEncoding.ebcdicMark)
    // The declaration was read as ASCII: an encoding in which it is something else is not the file's.
    guard mark > 0 || bytes.count < 5 || (isEBCDIC ? result.starts(with: "<?xml".utf8) : result.starts(with: bytes.prefix(5))) else {
      throw RecordFault(.invalidUTF8, "the XML says that its encoding is '\(name.prefix(40))', but it is not", path: "/", offset: 0)
    }
    guard mark == 0 else { return result }
    if isEBCDIC { result = lines(result) }
    if let control = firstControl(result) {
      let before = SourceText(utf8: Array(result[..<control]), encoding: .named(name), mark: mark)
      var fault = wrongBytes(name, bytes, at: before.place(of: control).offset, before: before)
      fault.suggestion = DeclaredEncoding.likelyPage(for: name).map { "is it \($0)?" }
      throw fault
    }
    return result
  }

  /// The first control character from U+0080 to U+009F: tables give these to bytes that are no letters of theirs.
  private static func firstControl(_ text: [UInt8]) -> Int? {
    text.indices.dropLast().first { text[$0] == 0xC2 && text[$0 + 1] < 0xA0 }
  }

  /// A text of EBCDIC, whose lines end in U+0085.
  private static func lines(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    for (index, byte) in text.enumerated() {
      if byte == 0x85, index > 0, text[index - 1] == 0xC2 { result[result.count - 1] = 0x0A } else { result.append(byte) }
    }
    return result
  }

  /// Whether a name may be given to ICU, which takes more than names: options, and paths of tables.
  private static func isName(_ name: String) -> Bool {
    name.utf8.count <= longestName
      && name.utf8.allSatisfy { byte in
        switch byte {
        case 0x41...0x5A, 0x61...0x7A, 0x30...0x39: true
        default: "-_.:+".utf8.contains(byte)
        }
      }
  }
}
