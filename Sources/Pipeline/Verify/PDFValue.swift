/// A value of a PDF (ISO 32000-1, 7.3) as far as the page tree and the bounds of streams need it; texts and numbers with decimals are passed
/// over.
enum PDFValue: Equatable {
  case integer(Int)
  case name([UInt8])
  case reference(Int)
  case list([PDFValue])
  case dictionary([Entry])
  case other

  struct Entry: Equatable {
    var key: [UInt8]
    var value: PDFValue
  }

  /// The value of a dictionary's first entry of that name.
  subscript(_ key: StaticString) -> PDFValue? {
    guard case .dictionary(let entries) = self else { return nil }
    return entries.first { $0.key.elementsEqual(UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount)) }?.value
  }

  /// Whether it is that name.
  func isName(_ name: StaticString) -> Bool {
    guard case .name(let bytes) = self else { return false }
    return bytes.elementsEqual(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
  }
}

/// Why a PDF cannot be read, as the end of a sentence that begins with its name.
struct PDFFault: Error, Equatable {
  var reason: String
  init(_ reason: String) { self.reason = reason }
}

/// Reads values of a PDF from a place on.
struct PDFScanner {
  /// Deeper nesting than this is no page's.
  ///
  /// - Stops: a PDF nested until the stack ends.
  private static let depthLimit = 64

  let bytes: [UInt8]
  var position: Int

  init(_ bytes: [UInt8], at position: Int) { (self.bytes, self.position) = (bytes, max(0, min(position, bytes.count))) }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private static func isWhite(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 || byte == 0x0C || byte == 0
  }

  private static func isRegular(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "["), UInt8(ascii: "]"),
      UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "/"), UInt8(ascii: "%"):
      false
    default: !isWhite(byte)
    }
  }

  /// Passes over white space and comments.
  mutating func skipWhite() {
    while let byte = next {
      if byte == UInt8(ascii: "%") {
        while let byte = next, byte != 0x0A, byte != 0x0D { position += 1 }
      } else if PDFScanner.isWhite(byte) {
        position += 1
      } else {
        return
      }
    }
  }

  /// Passes over a word behind white space; whether it stood there.
  mutating func take(_ word: StaticString) -> Bool {
    skipWhite()
    let count = word.utf8CodeUnitCount
    guard bytes.count - position >= count else { return false }
    for index in 0..<count where bytes[position + index] != word.utf8Start[index] { return false }
    position += count
    return true
  }

  /// A whole number without a sign behind white space; `nil`, and nothing passed over, where there is none.
  mutating func number() -> Int? {
    skipWhite()
    var (at, value) = (position, 0)
    while at < bytes.count, bytes[at] >= 0x30, bytes[at] <= 0x39 {
      guard at - position < 18 else { return nil }
      value = value * 10 + Int(bytes[at] - 0x30)
      at += 1
    }
    guard at > position, at == bytes.count || !PDFScanner.isRegular(bytes[at]) else { return nil }
    position = at
    return value
  }

  /// The value behind white space.
  mutating func value(depth: Int = 0) throws(PDFFault) -> PDFValue {
    guard depth < PDFScanner.depthLimit else { throw PDFFault("nests deeper than \(PDFScanner.depthLimit) levels") }
    skipWhite()
    guard let byte = next else { throw PDFFault("ends in the middle of an object") }
    switch byte {
    case UInt8(ascii: "/"):
      position += 1
      return .name(regular())
    case UInt8(ascii: "["):
      position += 1
      var list: [PDFValue] = []
      while !take("]") { list.append(try value(depth: depth + 1)) }
      return .list(list)
    case UInt8(ascii: "<"):
      if take("<<") { return try dictionary(depth) }
      while let byte = next, byte != UInt8(ascii: ">") { position += 1 }
      guard take(">") else { throw PDFFault("ends in the middle of a text") }
      return .other
    case UInt8(ascii: "("):
      try text()
      return .other
    default: break
    }
    if let first = number() {
      // Two numbers and `R` are a reference; one alone is itself.
      let end = position
      if number() != nil, take("R") { return .reference(first) }
      position = end
      return .integer(first)
    }
    guard !regular().isEmpty else { throw PDFFault("has no object at byte \(position)") }
    return .other
  }

  private mutating func regular() -> [UInt8] {
    let start = position
    while let byte = next, PDFScanner.isRegular(byte) { position += 1 }
    return Array(bytes[start..<position])
  }

  private mutating func dictionary(_ depth: Int) throws(PDFFault) -> PDFValue {
    var entries: [PDFValue.Entry] = []
    while !take(">>") {
      guard case .name(let key) = try value(depth: depth + 1) else { throw PDFFault("has a dictionary without a key at byte \(position)") }
      entries.append(PDFValue.Entry(key: key, value: try value(depth: depth + 1)))
    }
    return .dictionary(entries)
  }

  private mutating func text() throws(PDFFault) {
    var open = 0
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "\\"): position += 1
      case UInt8(ascii: "("): open += 1
      case UInt8(ascii: ")"):
        open -= 1
        if open == 0 { return }
      default: break
      }
    }
    throw PDFFault("ends in the middle of a text")
  }
}
