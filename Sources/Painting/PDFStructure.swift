/// New bytes for a range of old ones.
struct PDFEdit {
  var range: Range<Int>
  var bytes: [UInt8]
}

/// Where things stand in a PDF with one plain cross-reference table, such as cairo 1.16 writes.
struct PDFStructure {
  /// The byte offset of each object, by its number; 0 for free entries; -1 for objects that cairo numbered and never wrote (1.16: the
  /// structure element of a link in an untagged document). The entries of these point at whatever stood next; readers that check complain,
  /// so they are made free.
  private let offsets: [Int]
  private let tableStart: Int
  private let entriesStart: Int
  private let startxref: Range<Int>
  let catalogObject: Int
  let informationObject: Int

  /// A dictionary's entries at its top level: where each value stands, and where the closing `>>` begins.
  struct Dictionary {
    fileprivate(set) var values: [(key: Range<Int>, value: Range<Int>)] = []
    fileprivate(set) var end = 0
    fileprivate let bytes: [UInt8]
    /// The range of that key's value, without white space around it.
    subscript(_ key: StaticString) -> Range<Int>? {
      values.first { entry in
        entry.key.count == key.utf8CodeUnitCount
          && bytes[entry.key].elementsEqual(UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
      }?.value
    }
  }

  init(_ pdf: [UInt8]) throws(PaintingError) {
    var cursor = PDFCursor(pdf, at: max(0, pdf.count - 64))
    guard let mark = cursor.find("startxref") else { throw .unexpectedStructure("no startxref") }
    cursor.position = mark + 9
    guard let table = cursor.number() else { throw .unexpectedStructure("no offset after startxref") }
    startxref = cursor.lastToken
    tableStart = table
    cursor.position = table
    guard cursor.skip("xref"), let first = cursor.number(), first == 0, let count = cursor.number(), count > 0, count <= pdf.count / 20
    else {
      throw .unexpectedStructure("no plain cross-reference table")
    }
    cursor.skipWhite()
    entriesStart = cursor.position
    guard entriesStart + count * 20 <= pdf.count else { throw .unexpectedStructure("the cross-reference table is cut off") }
    var offsets: [Int] = []
    offsets.reserveCapacity(count)
    for index in 0..<count {
      var value = 0
      for digit in pdf[(entriesStart + index * 20)..<(entriesStart + index * 20 + 10)] {
        guard digit >= 0x30, digit <= 0x39 else { throw .unexpectedStructure("cross-reference entry \(index)") }
        value = value * 10 + Int(digit - 0x30)
      }
      let isUsed = pdf[entriesStart + index * 20 + 17] == UInt8(ascii: "n")
      guard !isUsed || value < table else { throw .unexpectedStructure("cross-reference entry \(index)") }
      offsets.append(isUsed ? value : 0)
    }
    var unwritten: [Int] = []
    for number in 1..<count where offsets[number] > 0 {
      cursor.position = offsets[number]
      guard let found = cursor.number(), cursor.number() == 0, cursor.skip("obj") else {
        throw .unexpectedStructure("object \(number) is not where the table says")
      }
      if found == number { continue }
      guard found > 0, found < count, offsets[found] == offsets[number] else {
        throw .unexpectedStructure("object \(number) is not where the table says")
      }
      unwritten.append(number)
    }
    for number in unwritten { offsets[number] = -1 }
    self.offsets = offsets
    cursor.position = entriesStart + count * 20
    guard cursor.skip("trailer") else { throw .unexpectedStructure("no trailer") }
    let trailer = try cursor.dictionary()
    func object(_ range: Range<Int>?, _ name: String) throws(PaintingError) -> Int {
      var cursor = PDFCursor(pdf, at: range?.lowerBound ?? pdf.count)
      guard let number = cursor.number(), number > 0, number < offsets.count, offsets[number] > 0 else {
        throw .unexpectedStructure("no \(name) in the trailer")
      }
      return number
    }
    catalogObject = try object(trailer["Root"], "Root")
    informationObject = try object(trailer["Info"], "Info")
  }

  /// Whether the file has an object of that number.
  func isWritten(_ number: Int) -> Bool { offsets.indices.contains(number) && offsets[number] > 0 }

  /// The dictionary that is the object of that number.
  func dictionary(of object: Int, in pdf: [UInt8]) throws(PaintingError) -> Dictionary {
    var cursor = PDFCursor(pdf, at: offsets[object])
    guard cursor.number() == object, cursor.number() != nil, cursor.skip("obj") else { throw .unexpectedStructure("object \(object)") }
    return try cursor.dictionary()
  }

  /// The file with the edits made, the cross-reference table and its place set right. Edits lie within objects and do not overlap.
  func applying(_ edits: [PDFEdit], to pdf: [UInt8]) throws(PaintingError) -> [UInt8] {
    let edits = edits.sorted { $0.range.lowerBound < $1.range.lowerBound }
    /// How far what stood at `offset` has moved.
    func shift(_ offset: Int) -> Int {
      var total = 0
      for edit in edits where edit.range.lowerBound < offset { total += edit.bytes.count - edit.range.count }
      return total
    }
    var result: [UInt8] = []
    result.reserveCapacity(pdf.count + edits.reduce(0) { $0 + $1.bytes.count } + 16)
    var position = 0
    func copy(to end: Int) {
      result += pdf[position..<end]
      position = end
    }
    for edit in edits {
      guard edit.range.lowerBound >= position, edit.range.upperBound <= tableStart else { throw .unexpectedStructure("edits overlap") }
      copy(to: edit.range.lowerBound)
      result += edit.bytes
      position = edit.range.upperBound
    }
    let firstEdit = edits.first?.range.lowerBound ?? tableStart
    copy(to: entriesStart)
    for (index, offset) in offsets.enumerated() {
      let entry = entriesStart + index * 20
      if offset < 0 {
        copy(to: entry)
        result += "0000000000 65535 f".utf8
        position = entry + 18
        continue
      }
      guard offset > firstEdit else { continue }
      copy(to: entry)
      let digits = String(offset + shift(offset)).utf8
      result += repeatElement(0x30, count: 10 - digits.count)
      result += digits
      position = entry + 10
    }
    copy(to: startxref.lowerBound)
    result += String(tableStart + shift(tableStart)).utf8
    position = startxref.upperBound
    copy(to: pdf.count)
    return result
  }
}

/// Reads tokens of a PDF from a place on.
private struct PDFCursor {
  let bytes: [UInt8]
  var position: Int
  /// Where the token read last stands.
  var lastToken = 0..<0
  /// Deeper nesting than this is not cairo's: its dictionaries nest three or four deep.
  ///
  /// - Stops: a file that is not cairo's, nested until the stack ends.
  static let depthLimit = 32

  init(_ bytes: [UInt8], at position: Int) { (self.bytes, self.position) = (bytes, position) }

  private static func isWhite(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 || byte == 0x0C || byte == 0
  }
  private static func isDelimiter(_ byte: UInt8) -> Bool { "()<>[]{}/%".utf8.contains(byte) }

  /// Steps over white space and comments: cairo numbers the pages in some.
  mutating func skipWhite() {
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "%") {
        while position < bytes.count, bytes[position] != 0x0A, bytes[position] != 0x0D { position += 1 }
      } else if PDFCursor.isWhite(bytes[position]) {
        position += 1
      } else {
        return
      }
    }
  }

  func find(_ word: StaticString) -> Int? {
    let wanted = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    var start = position
    while start + wanted.count <= bytes.count {
      if bytes[start..<(start + wanted.count)].elementsEqual(wanted) { return start }
      start += 1
    }
    return nil
  }

  /// Steps over white space and that word; false (and no step) when something else stands there.
  mutating func skip(_ word: StaticString) -> Bool {
    skipWhite()
    let wanted = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    guard position >= 0, position + wanted.count <= bytes.count, bytes[position..<(position + wanted.count)].elementsEqual(wanted) else {
      return false
    }
    position += wanted.count
    return true
  }

  /// A whole number of at most 15 digits.
  mutating func number() -> Int? {
    skipWhite()
    let start = position
    var value = 0
    while position >= 0, position < bytes.count, bytes[position] >= 0x30, bytes[position] <= 0x39, position - start < 15 {
      value = value * 10 + Int(bytes[position] - 0x30)
      position += 1
    }
    lastToken = start..<position
    return position > start ? value : nil
  }

  /// A dictionary's top level.
  mutating func dictionary() throws(PaintingError) -> PDFStructure.Dictionary {
    guard skip("<<") else { throw .unexpectedStructure("no dictionary at byte \(position)") }
    var result = PDFStructure.Dictionary(bytes: bytes)
    while true {
      skipWhite()
      let end = position
      if skip(">>") {
        result.end = end
        return result
      }
      guard skip("/") else { throw .unexpectedStructure("no name at byte \(position)") }
      let key = regular()
      skipWhite()
      let start = position
      try skipValue(depth: 0)
      // An indirect reference is two numbers and an R.
      let afterNumber = position
      if number() != nil, skip("R") { lastToken = start..<position } else { position = afterNumber }
      result.values.append((key, start..<position))
    }
  }

  /// The regular characters from here on.
  private mutating func regular() -> Range<Int> {
    let start = position
    while position < bytes.count, !PDFCursor.isWhite(bytes[position]), !PDFCursor.isDelimiter(bytes[position]) { position += 1 }
    return start..<position
  }

  private mutating func skipValue(depth: Int) throws(PaintingError) {
    skipWhite()
    guard depth < PDFCursor.depthLimit, position < bytes.count else { throw .unexpectedStructure("a value at byte \(position)") }
    switch bytes[position] {
    case UInt8(ascii: "("): try skipLiteral()
    case UInt8(ascii: "["): try skipContainer("[", "]", depth: depth)
    case UInt8(ascii: "<"):
      if position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "<") {
        try skipContainer("<<", ">>", depth: depth)
      } else {
        while position < bytes.count, bytes[position] != UInt8(ascii: ">") { position += 1 }
        position += 1
      }
    case UInt8(ascii: "/"):
      position += 1
      _ = regular()
    default:
      if regular().isEmpty { throw .unexpectedStructure("a value at byte \(position)") }
    }
  }

  private mutating func skipContainer(_ open: StaticString, _ close: StaticString, depth: Int) throws(PaintingError) {
    _ = skip(open)
    while !skip(close) { try skipValue(depth: depth + 1) }
  }

  private mutating func skipLiteral() throws(PaintingError) {
    var depth = 0
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\\"): position += 1
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"):
        depth -= 1
        if depth == 0 {
          position += 1
          return
        }
      default: break
      }
      position += 1
    }
    throw .unexpectedStructure("a text without end")
  }
}
