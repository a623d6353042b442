internal import CICU
internal import Glibc

/// What the declaration of an XML file says of its encoding, and what that is taken for.
enum DeclaredEncoding {
  /// The encoding a declaration names; white space before the declaration is passed over, although XML forbids it.
  static func name(in bytes: [UInt8]) -> String? {
    guard let start = bytes.firstIndex(where: { $0 > 0x20 }), bytes[start...].starts(with: "<?xml".utf8),
      let end = bytes[start...].prefix(512).firstIndex(of: UInt8(ascii: ">"))
    else { return nil }
    let declaration = Array(bytes[start..<end])
    let key = Array("encoding".utf8)
    guard let found = declaration.indices.first(where: { declaration[$0...].starts(with: key) }) else { return nil }
    var index = found + key.count
    while index < declaration.count, declaration[index] <= 0x20 || declaration[index] == UInt8(ascii: "=") { index += 1 }
    guard index < declaration.count, declaration[index] == 0x22 || declaration[index] == 0x27 else { return nil }
    let quote = declaration[index]
    return String(decoding: declaration[(index + 1)...].prefix { $0 != quote }, as: UTF8.self)
  }

  // MARK: EBCDIC

  /// `<?xm` in every page of EBCDIC (XML 1.0, appendix F.1).
  static let ebcdicMark: [UInt8] = [0x4C, 0x6F, 0xA7, 0x94]

  /// The encoding that a declaration in EBCDIC names: its letters, digits and hyphens are the same in all pages.
  static func inEBCDIC(_ bytes: [UInt8]) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    var (length, wrong): (Int32, Int32) = (0, 0)
    let head = Array(bytes.prefix(512))
    let outcome = head.withUnsafeBufferPointer { Int(cicu_decode("IBM037", $0.baseAddress, Int32($0.count), &text, &length, &wrong)) }
    defer { free(text) }
    guard outcome == CICU_DECODED, let text else { return nil }
    return name(in: Array(UnsafeRawBufferPointer(start: text, count: Int(length))))
  }

  // MARK: Pages of Windows

  /// The page of Windows that an encoding is read as, as in web pages (WHATWG Encoding, 4.2): it has the same letters, and more in the place
  /// of control characters, or for pairs of bytes that have none.
  static func page(for name: String) -> String? { pages[plain(name)] ?? (isASCII(name) ? "windows-1252" : nil) }

  static func isASCII(_ name: String) -> Bool { ["ASCII", "USASCII", "ISO646US", "ANSIX341968"].contains(plain(name)) }

  /// The page of Windows that is often meant where an encoding is named that differs from it.
  static func likelyPage(for name: String) -> String? { likely[plain(name)] }

  /// The first byte that is no letter of the encoding a file is declared to be in, but is one of the page it is read as.
  static func contradiction(in bytes: [UInt8], to name: String) -> Int? {
    if isASCII(name) { return bytes.firstIndex { $0 >= 0x80 } }
    return singleBytes.contains(plain(name)) ? bytes.firstIndex { (0x80..<0xA0).contains($0) } : nil
  }

  /// A name without case and the marks in it, as ICU compares names.
  private static func plain(_ name: String) -> String { name.uppercased().filter { $0.isLetter || $0.isNumber } }

  private static let latin = ["ISO88591", "LATIN1", "L1", "88591", "ISOIR100", "CP819", "IBM819", "CSISOLATIN1", "ISO885911987"]
  private static let turkish = ["ISO88599", "LATIN5", "L5", "88599", "ISOIR148", "CSISOLATIN5", "ISO885991989"]
  private static let thai = ["ISO885911", "TIS620", "885911"]
  private static let singleBytes = Set(latin + turkish + thai)

  private static let pages = Dictionary(
    latin.map { ($0, "windows-1252") } + turkish.map { ($0, "windows-1254") } + thai.map { ($0, "windows-874") }
      + [("GB2312", "GB18030"), ("GB231280", "GB18030"), ("GBK", "GB18030"), ("EUCCN", "GB18030")]
      + [("EUCKR", "windows-949"), ("KSC56011987", "windows-949"), ("SHIFTJIS", "windows-31j"), ("SJIS", "windows-31j")],
    uniquingKeysWith: { first, _ in first })

  private static let likely = [
    "ISO88592": "windows-1250", "ISO88594": "windows-1257", "ISO88595": "windows-1251", "ISO88596": "windows-1256",
    "ISO88597": "windows-1253", "ISO88598": "windows-1255", "ISO885913": "windows-1257", "ISO885915": "windows-1252",
  ]
}
