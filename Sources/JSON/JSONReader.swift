package import Diagnostics

/// A pull reader over the bytes of one JSON text (RFC 8259), without copies.
///
/// It knows at each moment where it is (byte offset and path), so that a fault can say so; the path is only made into text then. The caller
/// asks for what it expects; nothing is built that nobody asked for.
package struct JSONReader: ~Copyable {
  /// Where in a container the reader is: the bytes of the current key, or an index.
  private struct Step {
    /// The key's bytes without quotes; `start < 0` before the first key and in lists.
    var start: Int32
    var end: Int32
    /// The element's index in a list; -1 in objects.
    var index: Int32
  }

  package let base: UnsafePointer<UInt8>
  package let count: Int
  /// The next byte to read.
  package var at = 0
  package private(set) var depth = 0
  /// Whether the innermost container has been opened but nothing read of it.
  private var fresh = false
  private let steps: UnsafeMutablePointer<Step>
  /// What was odd so far.
  package var warnings = WarningList()

  /// Reads `bytes`, which must stay in place meanwhile.
  ///
  /// - Throws: `too-long` beyond ``JSONLimits/bytes``, `malformed-json` for nothing at all.
  package init(_ bytes: UnsafeBufferPointer<UInt8>) throws(RecordFault) {
    guard let start = bytes.baseAddress, !bytes.isEmpty else { throw RecordFault(.malformedJSON, "the record is empty", offset: 0) }
    guard bytes.count <= JSONLimits.bytes else {
      throw RecordFault(.tooLong, "the record has \(bytes.count) bytes, more than the \(JSONLimits.bytes) allowed")
    }
    (base, count) = (start, bytes.count)
    steps = .allocate(capacity: JSONLimits.depth)
  }

  deinit { steps.deallocate() }

  // MARK: Places

  /// The path to where the reader is, such as `$.sections[0].lines[3].amount`.
  package var path: String {
    var text = "$"
    for level in 0..<depth {
      let step = steps[level]
      if step.index >= 0 {
        text += "[\(step.index)]"
      } else if step.start >= 0 {
        text += JSONReader.pathStep(decoded(RawText(start: Int(step.start), end: Int(step.end), traits: .escaped)))
      }
    }
    return text
  }

  /// `.name`, or `['odd name']` where it is none of the usual kind; a giant name is cut.
  private static func pathStep(_ name: [UInt8]) -> String {
    let isPlain =
      !name.isEmpty
      && name.allSatisfy { byte in
        (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")) || byte &- 0x30 < 10 || byte == UInt8(ascii: "_")
          || byte == UInt8(ascii: "-")
      }
    let text = String(String(decoding: name, as: UTF8.self).unicodeScalars.prefix(80))
    return isPlain ? "." + text : "['\(text)']"
  }

  /// A fault here, or at another byte.
  package func fault(_ code: RecordFault.Code, _ message: String, at offset: Int? = nil, suggestion: String? = nil) -> RecordFault {
    RecordFault(code, message, path: path, offset: offset ?? at, suggestion: suggestion)
  }

  /// A fault for text that is not JSON, which says what stands there instead of what was expected.
  package func malformed(expected: String) -> RecordFault {
    guard at < count else { return fault(.malformedJSON, "the record ends where \(expected) was expected") }
    return fault(.malformedJSON, "found \(spelled(at)) at byte \(at) where \(expected) was expected")
  }

  private func spelled(_ offset: Int) -> String {
    let byte = base[offset]
    for word in ["NaN", "-Infinity", "Infinity"] where starts(with: word, at: offset) { return "'\(word)', which JSON does not have," }
    if byte > 0x20, byte < 0x7F { return "'\(Character(Unicode.Scalar(byte)))'" }
    let digits = String(byte, radix: 16, uppercase: true)
    return "byte 0x" + (byte < 16 ? "0" : "") + digits
  }

  private func starts(with word: StaticString, at offset: Int) -> Bool {
    guard count - offset >= word.utf8CodeUnitCount else { return false }
    for index in 0..<word.utf8CodeUnitCount where base[offset + index] != word.utf8Start[index] { return false }
    return true
  }

  private func starts(with word: String, at offset: Int) -> Bool {
    offset + word.utf8.count <= count && zip(word.utf8, offset...).allSatisfy { $0 == base[$1] }
  }

  // MARK: Tokens

  /// Passes over white space; `at` may be `count` then.
  @inline(__always)
  package mutating func skipSpace() {
    while at < count, base[at] <= 0x20, base[at] == 0x20 || base[at] == 0x0A || base[at] == 0x0D || base[at] == 0x09 { at += 1 }
  }

  /// The next byte that is not white space, or 0 at the end; a value begins with it.
  @inline(__always)
  package mutating func peek() -> UInt8 {
    skipSpace()
    return at < count ? base[at] : 0
  }

  /// Whether the next value is `null`, which is then passed over.
  ///
  /// - Throws: The fault, for a word that only begins like it.
  @inline(__always)
  package mutating func takeNull() throws(RecordFault) -> Bool {
    guard peek() == UInt8(ascii: "n") else { return false }
    guard starts(with: "null" as StaticString, at: at) else { throw malformed(expected: "a value") }
    at += 4
    return true
  }

  /// Reads `true` or `false`; the next byte is `t` or `f`.
  ///
  /// - Throws: The fault, for a word that only begins like it.
  package mutating func flag() throws(RecordFault) -> Bool {
    if starts(with: "true" as StaticString, at: at) {
      at += 4
      return true
    }
    guard starts(with: "false" as StaticString, at: at) else { throw malformed(expected: "a value") }
    at += 5
    return false
  }

  /// What the next value is, in words, for messages about wrong types.
  package mutating func nextKind() -> String {
    switch peek() {
    case UInt8(ascii: "{"): "an object"
    case UInt8(ascii: "["): "a list"
    case UInt8(ascii: "\""): "a text"
    case UInt8(ascii: "t"): "'true'"
    case UInt8(ascii: "f"): "'false'"
    case UInt8(ascii: "n"): "null"
    default: "a number"
    }
  }

  /// A fault for a value of another type than expected, or for none at all.
  package mutating func wrongType(expected: String) -> RecordFault {
    switch peek() {
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""), UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"),
      UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      // A half-written word or number is a fault of the JSON, whatever was expected.
      let start = at
      do throws(RecordFault) { try skipScalar() } catch { return error }
      at = start
      return fault(.wrongType, "expected \(expected), found \(nextKind())")
    default: return malformed(expected: expected)
    }
  }

  private mutating func skipScalar() throws(RecordFault) {
    switch base[at] {
    case UInt8(ascii: "\""): _ = try rawText()
    case UInt8(ascii: "{"), UInt8(ascii: "["): break
    case UInt8(ascii: "t"), UInt8(ascii: "f"): _ = try flag()
    case UInt8(ascii: "n"): _ = try takeNull()
    default: _ = try rawNumber()
    }
  }

  /// Ends the reading: only white space may follow.
  ///
  /// - Throws: The fault, where more follows.
  package mutating func finish() throws(RecordFault) {
    skipSpace()
    if at < count { throw malformed(expected: "the end of the record") }
  }

  // MARK: Containers

  /// Opens the object that is the next value.
  ///
  /// - Throws: The fault with its path and offset, where something else stands there or a bound is passed.
  package mutating func enterObject(expected: StaticString) throws(RecordFault) {
    guard peek() == UInt8(ascii: "{") else { throw wrongType(expected: "\(expected)") }
    try enter(Step(start: -1, end: 0, index: -1))
  }

  /// Opens the list that is the next value.
  ///
  /// - Throws: The fault with its path and offset, where something else stands there or a bound is passed.
  package mutating func enterList(expected: StaticString) throws(RecordFault) {
    guard peek() == UInt8(ascii: "[") else { throw wrongType(expected: "\(expected)") }
    try enter(Step(start: -1, end: 0, index: 0))
  }

  private mutating func enter(_ step: Step) throws(RecordFault) {
    guard depth < JSONLimits.depth else {
      throw fault(.tooDeep, "the record has more than the \(JSONLimits.depth) levels allowed")
    }
    steps[depth] = step
    depth += 1
    at += 1
    fresh = true
  }

  private mutating func leave() {
    depth -= 1
    at += 1
    fresh = false
  }

  /// Moves to the next element of the list; `false` at its end, which is passed over.
  ///
  /// - Throws: The fault with its path and offset, where something else stands there or a bound is passed.
  package mutating func nextElement() throws(RecordFault) -> Bool {
    let byte = peek()
    if fresh {
      fresh = false
      if byte == UInt8(ascii: "]") {
        leave()
        return false
      }
      return true
    }
    if byte == UInt8(ascii: "]") {
      leave()
      return false
    }
    guard byte == UInt8(ascii: ",") else { throw malformed(expected: "',' or ']'") }
    at += 1
    steps[depth - 1].index += 1
    return true
  }

  /// The index of the list element being read.
  package var index: Int { depth > 0 ? Int(steps[depth - 1].index) : 0 }

  /// Moves to the next member's key, which begins behind the quote; `false` at the object's end, which is passed over.
  @inline(__always)
  private mutating func nextQuote() throws(RecordFault) -> Bool {
    var byte = peek()
    if byte == UInt8(ascii: "}") {
      leave()
      return false
    }
    if fresh {
      fresh = false
    } else {
      guard byte == UInt8(ascii: ",") else { throw malformed(expected: "',' or '}'") }
      // The key before belongs to the path no more.
      steps[depth - 1].start = -1
      at += 1
      byte = peek()
    }
    guard byte == UInt8(ascii: "\"") else { throw malformed(expected: "a key in double quotes") }
    return true
  }

  @inline(__always)
  private mutating func takeColon() throws(RecordFault) {
    guard peek() == UInt8(ascii: ":") else { throw malformed(expected: "':'") }
    at += 1
  }

  /// Moves to the next member of an object with any keys; `nil` at its end.
  ///
  /// - Throws: The fault with its path and offset, where something else stands there or a bound is passed.
  package mutating func nextName() throws(RecordFault) -> RawText? {
    guard try nextQuote() else { return nil }
    let name = try rawText()
    steps[depth - 1].start = Int32(truncatingIfNeeded: name.start)
    steps[depth - 1].end = Int32(truncatingIfNeeded: name.end)
    try takeColon()
    return name
  }

  /// Moves to the next member of an object with known keys.
  ///
  /// - Parameters:
  ///   - keys: The keys the object may have.
  ///   - members: Which of them have been met; starts as `Members()`.
  /// - Returns: The key's index in `keys`, or -1 at the object's end.
  /// - Throws: `unknown-key`, `duplicate-key`, or a fault of the JSON.
  @inline(__always)
  package mutating func nextKey(_ keys: KeySet, _ members: inout Members) throws(RecordFault) -> Int {
    guard try nextQuote() else { return -1 }
    // Records are written by programs: mostly the keys come in the order of the schema.
    let guess = members.next
    let key: Int
    if guess < keys.count, count - at > 18, keys.matches(guess, base + at + 1) {
      key = guess
      steps[depth - 1].start = Int32(truncatingIfNeeded: at + 1)
      at += keys.lengths[guess] + 2
      steps[depth - 1].end = Int32(truncatingIfNeeded: at - 1)
    } else {
      let name = try rawText()
      steps[depth - 1].start = Int32(truncatingIfNeeded: name.start)
      steps[depth - 1].end = Int32(truncatingIfNeeded: name.end)
      key = try index(of: name, in: keys)
    }
    guard members.seen & (1 << UInt32(key)) == 0 else {
      throw fault(.duplicateKey, "the key '\(keys.names[key])' stands twice in one object", at: Int(steps[depth - 1].start))
    }
    members.seen |= 1 << UInt32(key)
    members.next = key + 1
    try takeColon()
    return key
  }

  private func index(of name: RawText, in keys: KeySet) throws(RecordFault) -> Int {
    let bytes = decoded(name)
    for (index, known) in keys.names.enumerated() where known.utf8.elementsEqual(bytes) { return index }
    let text = String(decoding: bytes, as: UTF8.self)
    throw fault(
      .unknownKey, "unknown key '\(text.prefix(80))' in \(keys.owner)", at: name.start,
      suggestion: keys.suggestion(for: text))
  }
}

/// Which keys of an object have been met, and which is likely to come next.
package struct Members {
  package var seen: UInt32 = 0
  package var next = 0

  package init() {}
}
