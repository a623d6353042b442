package import Diagnostics

/// A string of the JSON text as it stands between its quotes, checked but not decoded.
package struct RawText {
  /// What a string holds besides plain characters.
  package struct Traits: OptionSet {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Escapes: the bytes must be decoded.
    package static let escaped = Traits(rawValue: 1)
    /// Bytes beyond ASCII.
    package static let wide = Traits(rawValue: 2)
    /// Control characters, line separators or bidi overrides, unescaped.
    package static let unclean = Traits(rawValue: 4)
    /// Characters from U+0300 on, among which combining marks are.
    package static let marks = Traits(rawValue: 8)
  }

  package var start: Int
  package var end: Int
  package var traits: Traits
}

extension JSONReader {
  private static var everyByte: UInt64 { 0x0101_0101_0101_0101 }
  private static var highBits: UInt64 { 0x8080_8080_8080_8080 }

  /// The high bit of each byte that is a quote, a backslash, a control character, DEL or beyond ASCII; exact for the lowest such byte.
  @inline(__always)
  private static func special(_ word: UInt64) -> UInt64 {
    let quote = word ^ (everyByte &* 0x22)
    let slash = word ^ (everyByte &* 0x5C)
    let delete = word ^ (everyByte &* 0x7F)
    let found =
      ((quote &- everyByte) & ~quote) | ((slash &- everyByte) & ~slash) | ((delete &- everyByte) & ~delete)
      | ((word &- everyByte &* 0x20) & ~word) | word
    return found & highBits
  }

  /// Reads a string; the next byte is its opening quote. Its UTF-8 and its escapes are checked, surrogate pairs included.
  ///
  /// - Throws: The fault with its path and offset, where something else stands there or a bound is passed.
  package mutating func rawText() throws(RecordFault) -> RawText {
    let start = at + 1
    var here = start
    var traits: RawText.Traits = []
    while true {
      if count - here >= 8 {
        let word = UInt64(littleEndian: UnsafeRawPointer(base + here).loadUnaligned(as: UInt64.self))
        let found = JSONReader.special(word)
        if found == 0 {
          here += 8
          continue
        }
        here += found.trailingZeroBitCount >> 3
      } else if here >= count {
        at = count
        throw fault(.malformedJSON, "a text that begins at byte \(start - 1) has no closing quote")
      }
      let byte = base[here]
      if byte == UInt8(ascii: "\"") {
        at = here + 1
        return RawText(start: start, end: here, traits: traits)
      }
      switch byte {
      case UInt8(ascii: "\\"):
        here = try checkEscape(here)
        traits.insert(.escaped)
      case 0..<0x20:
        let digits = String(byte, radix: 16, uppercase: true)
        throw fault(
          .malformedJSON, "a control character U+00\(byte < 16 ? "0" : "")\(digits) stands unescaped in a text at byte \(here)", at: here)
      case 0x7F:
        traits.insert(.unclean)
        here += 1
      case 0x80...: here = try checkSequence(here, &traits)
      default: here += 1
      }
    }
  }

  /// Checks one UTF-8 sequence (Unicode, table 3-7) and returns the offset behind it.
  private func checkSequence(_ here: Int, _ traits: inout RawText.Traits) throws(RecordFault) -> Int {
    let length = JSONReader.sequenceLength(base + here, available: count - here)
    guard length > 0 else {
      let digits = String(base[here], radix: 16, uppercase: true)
      throw fault(.invalidUTF8, "byte 0x\(digits) at byte \(here) does not begin valid UTF-8", at: here)
    }
    traits.insert(.wide)
    let second = base[here + 1]
    switch (length, base[here]) {
    case (2, 0xC2): if second < 0xA0 { traits.insert(.unclean) }
    case (2, 0xCC...), (4, _): traits.insert(.marks)
    case (3, let first):
      traits.insert(.marks)
      // U+2028–202E and U+2066–2069: E2 80 A8…AE, E2 81 A6…A9.
      if first == 0xE2 {
        let third = base[here + 2]
        if (second == 0x80 && third >= 0xA8 && third <= 0xAE) || (second == 0x81 && third >= 0xA6 && third <= 0xA9) {
          traits.insert(.unclean)
        }
      }
    default: break
    }
    return here + length
  }

  /// The length of the UTF-8 sequence at `bytes`, whose first byte is beyond ASCII; 0 if it is not valid.
  package static func sequenceLength(_ bytes: UnsafePointer<UInt8>, available: Int) -> Int {
    func continues(_ index: Int) -> Bool { bytes[index] & 0xC0 == 0x80 }
    switch bytes[0] {
    case 0xC2...0xDF: return available >= 2 && continues(1) ? 2 : 0
    case 0xE0...0xEF:
      guard available >= 3, continues(1), continues(2) else { return 0 }
      if bytes[0] == 0xE0, bytes[1] < 0xA0 { return 0 }
      if bytes[0] == 0xED, bytes[1] > 0x9F { return 0 }
      return 3
    case 0xF0...0xF4:
      guard available >= 4, continues(1), continues(2), continues(3) else { return 0 }
      if bytes[0] == 0xF0, bytes[1] < 0x90 { return 0 }
      if bytes[0] == 0xF4, bytes[1] > 0x8F { return 0 }
      return 4
    default: return 0
    }
  }

  /// Checks the escape at `here` and returns the offset behind it; a surrogate takes its partner along.
  private func checkEscape(_ here: Int) throws(RecordFault) -> Int {
    guard here + 1 < count else { throw fault(.malformedJSON, "the record ends inside an escape", at: here) }
    switch base[here + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
      UInt8(ascii: "r"), UInt8(ascii: "t"):
      return here + 2
    case UInt8(ascii: "u"):
      guard let unit = hexUnit(here) else {
        throw fault(.malformedJSON, "the escape '\\u' at byte \(here) needs four hexadecimal digits", at: here)
      }
      guard unit & 0xF800 == 0xD800 else { return here + 6 }
      guard unit < 0xDC00, here + 7 < count, base[here + 6] == UInt8(ascii: "\\"), base[here + 7] == UInt8(ascii: "u"),
        let second = hexUnit(here + 6), second & 0xFC00 == 0xDC00
      else {
        throw fault(.malformedJSON, "the escape at byte \(here) is a surrogate without its partner", at: here)
      }
      return here + 12
    default:
      throw fault(.malformedJSON, "'\\' at byte \(here) begins no escape that JSON has", at: here)
    }
  }

  /// The four hexadecimal digits of the `\u` escape at `here`.
  private func hexUnit(_ here: Int) -> UInt32? {
    guard here + 6 <= count else { return nil }
    var unit: UInt32 = 0
    for index in here + 2..<here + 6 {
      switch base[index] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): unit = unit << 4 | UInt32(base[index] - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): unit = unit << 4 | UInt32(base[index] - UInt8(ascii: "a") + 10)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): unit = unit << 4 | UInt32(base[index] - UInt8(ascii: "A") + 10)
      default: return nil
      }
    }
    return unit
  }

  /// The string's bytes with its escapes resolved.
  package func decoded(_ text: RawText) -> [UInt8] {
    guard text.traits.contains(.escaped) else {
      return Array(UnsafeBufferPointer(start: base + text.start, count: text.end - text.start))
    }
    var result: [UInt8] = []
    result.reserveCapacity(text.end - text.start)
    var here = text.start
    while here < text.end {
      let byte = base[here]
      guard byte == UInt8(ascii: "\\"), here + 1 < text.end else {
        result.append(byte)
        here += 1
        continue
      }
      let letter = base[here + 1]
      here += 2
      switch letter {
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "u"):
        guard var scalar = hexUnit(here - 2) else { continue }
        here += 4
        if scalar & 0xFC00 == 0xD800, let second = hexUnit(here) {
          scalar = 0x10000 + (scalar & 0x3FF) << 10 + second & 0x3FF
          here += 6
        }
        result.append(contentsOf: String(Unicode.Scalar(scalar).map(Character.init) ?? "\u{FFFD}").utf8)
      default: result.append(letter)
      }
    }
    return result
  }

  /// Reads a number's digits; the next byte begins a value.
  ///
  /// - Throws: `bad-number` for an exponent, unless allowed: no field of a bill can mean one.
  package mutating func rawNumber(allowingExponent: Bool = false) throws(RecordFault) -> Range<Int> {
    let start = at
    var here = at
    func digit(_ offset: Int) -> Bool { offset < count && base[offset] &- 0x30 < 10 }
    if here < count, base[here] == UInt8(ascii: "-") { here += 1 }
    guard digit(here) else {
      // `-Infinity` is named as a whole, anything else where the digit is missing.
      if here == start || base[min(here, count - 1)] != UInt8(ascii: "I") { at = here }
      throw malformed(expected: here == start ? "a value" : "a digit")
    }
    let leadingZero = base[here] == UInt8(ascii: "0")
    here += 1
    if leadingZero, digit(here) { throw fault(.malformedJSON, "the number at byte \(start) begins with a zero", at: start) }
    while digit(here) { here += 1 }
    if here < count, base[here] == UInt8(ascii: ".") {
      here += 1
      guard digit(here) else {
        at = here
        throw malformed(expected: "a digit")
      }
      while digit(here) { here += 1 }
    }
    if here < count, base[here] | 0x20 == UInt8(ascii: "e") {
      let power = here
      here += 1
      if here < count, base[here] == UInt8(ascii: "+") || base[here] == UInt8(ascii: "-") { here += 1 }
      guard digit(here) else {
        at = here
        throw malformed(expected: "a digit")
      }
      while digit(here) { here += 1 }
      if allowingExponent {
        at = here
        return start..<here
      }
      let text = String(decoding: UnsafeBufferPointer(start: base + start, count: min(here, start + 40) - start), as: UTF8.self)
      throw fault(.badNumber, "the number '\(text)' has an exponent; write its digits out", at: power)
    }
    at = here
    return start..<here
  }
}
