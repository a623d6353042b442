internal import Billing
internal import Diagnostics

/// Brings an XML file to UTF-8: by its byte order mark, else by what its declaration names.
enum SourceEncoding {
  /// The file in UTF-8 without a byte order mark.
  ///
  /// - Throws: `invalid-utf8` where the bytes are not what they are said to be, or in an encoding other than UTF-8, UTF-16, ISO 8859-1,
  ///   ASCII.
  static func utf8(_ bytes: [UInt8]) throws(RecordFault) -> [UInt8] {
    if bytes.starts(with: [0xFE, 0xFF]) { return try utf16(bytes.dropFirst(2), isBigEndian: true) }
    if bytes.starts(with: [0xFF, 0xFE]) { return try utf16(bytes.dropFirst(2), isBigEndian: false) }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return try checked(Array(bytes.dropFirst(3))) }
    switch declared(bytes) {
    case nil, "UTF-8", "UTF8", "US-ASCII", "ASCII": return try checked(bytes)
    case "ISO-8859-1", "ISO8859-1", "LATIN1", "LATIN-1":
      var result: [UInt8] = []
      result.reserveCapacity(bytes.count + bytes.count / 16)
      for byte in bytes {
        if byte < 0x80 { result.append(byte) } else { result += [0xC0 | byte >> 6, 0x80 | byte & 0x3F] }
      }
      return result
    case let name?:
      throw RecordFault(
        .invalidUTF8, "the XML is in the encoding '\(name.prefix(40))'; expected UTF-8, UTF-16 or ISO-8859-1", path: "/", offset: 0)
    }
  }

  private static func checked(_ bytes: [UInt8]) throws(RecordFault) -> [UInt8] {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw RecordFault(.invalidUTF8, "the XML is not valid UTF-8", path: "/")
    }
    return bytes
  }

  private static func utf16(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) throws(RecordFault) -> [UInt8] {
    let fault = RecordFault(.invalidUTF8, "the XML is not valid UTF-16", path: "/")
    guard bytes.count % 2 == 0 else { throw fault }
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let (a, b) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      units.append(isBigEndian ? a << 8 | b : b << 8 | a)
      index += 2
    }
    guard let text = String(validating: units, as: UTF16.self) else { throw fault }
    return Array(text.utf8)
  }

  /// The encoding an XML declaration names, in capitals.
  private static func declared(_ bytes: [UInt8]) -> String? {
    guard bytes.starts(with: Array("<?xml".utf8)), let end = bytes.prefix(256).firstIndex(of: UInt8(ascii: ">")) else { return nil }
    let declaration = Array(bytes[..<end])
    let key = Array("encoding".utf8)
    guard let start = declaration.indices.first(where: { declaration[$0...].starts(with: key) }) else { return nil }
    var index = start + key.count
    while index < declaration.count, declaration[index] == 0x20 || declaration[index] == UInt8(ascii: "=") { index += 1 }
    guard index < declaration.count, declaration[index] == 0x22 || declaration[index] == 0x27 else { return nil }
    let quote = declaration[index]
    let name = declaration[(index + 1)...].prefix { $0 != quote }
    return String(decoding: name.map { $0 >= 0x61 && $0 <= 0x7A ? $0 - 0x20 : $0 }, as: UTF8.self)
  }
}
