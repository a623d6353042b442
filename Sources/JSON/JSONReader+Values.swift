package import Diagnostics

extension JSONReader {
  // MARK: Passing over

  /// Checks one value of any kind and passes over it; keys may repeat, numbers may have exponents.
  ///
  /// - Throws: The fault with its path and offset, where something else stands there or a bound is passed.
  package mutating func skipValue() throws(RecordFault) {
    switch peek() {
    case UInt8(ascii: "\""): _ = try rawText()
    case UInt8(ascii: "{"):
      try enterObject(expected: "an object")
      while try nextName() != nil { try skipValue() }
    case UInt8(ascii: "["):
      try enterList(expected: "a list")
      while try nextElement() { try skipValue() }
    case UInt8(ascii: "t"), UInt8(ascii: "f"): _ = try flag()
    case UInt8(ascii: "n"): _ = try takeNull()
    default: _ = try rawNumber(allowingExponent: true)
    }
  }

  /// Whether a name read as it stands is `wanted`.
  package func isName(_ name: RawText, _ wanted: StaticString) -> Bool {
    if name.traits.contains(.escaped) { return decoded(name).elementsEqual(wanted.description.utf8) }
    guard name.end - name.start == wanted.utf8CodeUnitCount else { return false }
    for index in 0..<wanted.utf8CodeUnitCount where base[name.start + index] != wanted.utf8Start[index] { return false }
    return true
  }

  // MARK: Texts

  /// Reads a text of a bill: checked for length and combining marks, control characters and bidi overrides taken out with a warning.
  ///
  /// - Parameters:
  ///   - limit: How many characters it may have.
  ///   - keepsLines: Whether it is one that people write in lines (a name, a description, a note): then the line ends of all systems are LF, and
  ///     neither they nor tabs are worth a warning (``TextCheck/lines(_:)``). In other texts each becomes a space.
  /// - Throws: The fault with its path and offset, where something else stands there or a bound is passed.
  package mutating func text(limit: Int = JSONLimits.text, keepsLines: Bool = false) throws(RecordFault) -> String {
    guard peek() == UInt8(ascii: "\"") else { throw wrongType(expected: "a text") }
    let start = at
    let raw = try rawText()
    let length = raw.end - raw.start
    // The usual case: plain, or accented Latin, and too short to be over the limit in any way.
    if raw.traits.isSubset(of: .wide), length <= limit {
      return String(decoding: UnsafeBufferPointer(start: base + raw.start, count: length), as: UTF8.self)
    }
    var bytes = decoded(raw)
    try checkBounds(bytes, limit: limit, at: start)
    if keepsLines, TextCheck.hasLayout(bytes) { bytes = TextCheck.lines(bytes) }
    if TextCheck.isUnclean(bytes, keepingLines: keepsLines) {
      bytes = TextCheck.cleaned(bytes, keepingLines: keepsLines)
      warn(.controlCharactersRemoved, "control characters or bidi overrides were removed from a text")
    }
    warnOfReplacement(in: bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads a text that must show something, such as a name, in lines; a text without any character says openly that there is none, and will do.
  ///
  /// - Parameter what: What it is, for the message.
  /// - Throws: The fault with its path and offset, where something else stands there or a bound is passed.
  package mutating func visibleText(_ what: StaticString) throws(RecordFault) -> String {
    let start = at
    let text = try text(keepsLines: true)
    // More than its quotes: also what only held characters that are taken out.
    if at - start > 2, TextCheck.isBlank(text) { throw blank(what, at: start) }
    return text
  }

  /// The fault of a text nothing of which can be seen.
  package func blank(_ what: StaticString, at start: Int) -> RecordFault {
    fault(
      .blankText, "\(what) holds nothing but white space and characters without width; expected a text that can be read", at: start)
  }

  /// Tells of U+FFFD, the mark of a character that was lost before the data came here.
  package mutating func warnOfReplacement(in bytes: [UInt8]) {
    guard TextCheck.holdsReplacement(bytes) else { return }
    warn(.replacementCharacter, "the text holds U+FFFD, which stands where a character was lost; it is printed as it is")
  }

  package func checkBounds(_ bytes: [UInt8], limit: Int, at start: Int) throws(RecordFault) {
    if bytes.count > limit {
      let characters = TextCheck.characters(bytes)
      if characters > limit { throw fault(.tooLong, "the text has \(characters) characters, more than the \(limit) allowed", at: start) }
    }
    let marks = TextCheck.longestMarkRun(bytes)
    if marks > JSONLimits.marks {
      throw fault(
        .tooManyMarks, "one character of the text has \(marks) combining marks, more than the \(JSONLimits.marks) allowed", at: start)
    }
  }

  /// Keeps a warning about the place the reader is at.
  package mutating func warn(_ code: RecordFault.Code, _ message: String) {
    guard warnings.wants(code) else { return }
    let warning = RecordWarning(code, message, path: path)
    warnings.append(warning)
  }

  // MARK: Building

  /// Reads one JSON text into a value; for anything that is not a record.
  ///
  /// - Throws: The fault with its path and offset, where something else stands there or a bound is passed.
  package static func value(of bytes: [UInt8]) throws(RecordFault) -> JSONValue {
    var result: Result<JSONValue, RecordFault> = .failure(RecordFault(.malformedJSON, "there is no value", offset: 0))
    bytes.withUnsafeBufferPointer { buffer in
      do throws(RecordFault) {
        var reader = try JSONReader(buffer)
        var room = JSONLimits.values
        let value = try reader.value(room: &room, asBill: false)
        try reader.finish()
        result = .success(value)
      } catch {
        result = .failure(error)
      }
    }
    return try result.get()
  }

  /// Reads any value.
  ///
  /// - Parameters:
  ///   - room: How many values may still be made; counts down.
  ///   - asBill: Whether texts have the bounds of a bill's texts and are cleaned like them.
  /// - Throws: The fault with its path and offset, where something else stands there or a bound is passed.
  package mutating func value(room: inout Int, asBill: Bool) throws(RecordFault) -> JSONValue {
    room -= 1
    guard room >= 0 else {
      throw fault(.tooManyValues, "there are more than the \(JSONLimits.values) values allowed")
    }
    switch peek() {
    case UInt8(ascii: "\""):
      if asBill { return .text(try text(keepsLines: true)) }
      return .text(String(decoding: decoded(try rawText()), as: UTF8.self))
    case UInt8(ascii: "{"):
      var members: [JSONValue.Member] = []
      try enterObject(expected: "an object")
      while let name = try nextName() {
        let bytes = decoded(name)
        if asBill { try checkBounds(bytes, limit: JSONLimits.text, at: name.start) }
        members.append(JSONValue.Member(String(decoding: bytes, as: UTF8.self), try value(room: &room, asBill: asBill)))
      }
      return .object(members)
    case UInt8(ascii: "["):
      var list: [JSONValue] = []
      try enterList(expected: "a list")
      while try nextElement() { list.append(try value(room: &room, asBill: asBill)) }
      return .list(list)
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .flag(try flag())
    case UInt8(ascii: "n"):
      _ = try takeNull()
      return .null
    default:
      let start = at
      let digits = try rawNumber()
      if asBill, digits.count > JSONLimits.text {
        throw fault(.tooLong, "the number has \(digits.count) characters, more than the \(JSONLimits.text) allowed", at: start)
      }
      return .number(String(decoding: UnsafeBufferPointer(start: base + digits.lowerBound, count: digits.count), as: UTF8.self))
    }
  }
}
