extension JSONReader {
  // MARK: Passing over

  /// Checks one value of any kind and passes over it; keys may repeat, numbers may have exponents.
  mutating func skipValue() throws(RecordFault) {
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

  /// See ``RecordIdentity/scan(_:)-(UnsafeBufferPointer<UInt8>)``.
  static func identity(of bytes: UnsafeBufferPointer<UInt8>) -> RecordIdentity? {
    do throws(RecordFault) {
      var reader = try JSONReader(bytes)
      return try reader.identity()
    } catch {
      return nil
    }
  }

  private mutating func identity() throws(RecordFault) -> RecordIdentity? {
    var (account, invoice): ([UInt8]?, [UInt8]?)
    var repeated = false
    try enterObject(expected: "a record")
    while let name = try nextName() {
      let isAccount = isName(name, "account")
      guard isAccount || isName(name, "invoice") else {
        try skipValue()
        continue
      }
      guard peek() == UInt8(ascii: "\"") else { return nil }
      let bytes = decoded(try rawText())
      guard JSONReader.identityFault(bytes) == nil else { return nil }
      if isAccount {
        repeated = repeated || account != nil
        account = bytes
      } else {
        repeated = repeated || invoice != nil
        invoice = bytes
      }
    }
    try finish()
    guard let account, let invoice, !repeated else { return nil }
    return RecordIdentity(account: account, invoice: invoice)
  }

  func isName(_ name: RawText, _ wanted: StaticString) -> Bool {
    if name.traits.contains(.escaped) { return decoded(name).elementsEqual(wanted.description.utf8) }
    guard name.end - name.start == wanted.utf8CodeUnitCount else { return false }
    for index in 0..<wanted.utf8CodeUnitCount where base[name.start + index] != wanted.utf8Start[index] { return false }
    return true
  }

  /// What is wrong with an account or invoice number; `nil` if nothing is.
  static func identityFault(_ bytes: [UInt8], limit: Int = RecordLimits.identity) -> (code: RecordFault.Code, message: String)? {
    if bytes.isEmpty { return (.outOfRange, "is empty; expected 1 to \(limit) characters") }
    let characters = TextCheck.characters(bytes)
    if characters > limit {
      return (.tooLong, "has \(characters) characters, more than the \(limit) allowed")
    }
    if TextCheck.isUnclean(bytes) { return (.controlCharacter, "holds a control character or a bidi override") }
    return nil
  }

  // MARK: Texts

  /// Reads a text of a bill: checked for length and combining marks, control characters and bidi overrides taken out with a warning.
  mutating func text(limit: Int = RecordLimits.text) throws(RecordFault) -> String {
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
    if TextCheck.isUnclean(bytes) {
      bytes = TextCheck.cleaned(bytes)
      warn(.controlCharactersRemoved, "control characters or bidi overrides were removed from a text")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  func checkBounds(_ bytes: [UInt8], limit: Int, at start: Int) throws(RecordFault) {
    if bytes.count > limit {
      let characters = TextCheck.characters(bytes)
      if characters > limit { throw fault(.tooLong, "the text has \(characters) characters, more than the \(limit) allowed", at: start) }
    }
    let marks = TextCheck.longestMarkRun(bytes)
    if marks > RecordLimits.marks {
      throw fault(
        .tooManyMarks, "one character of the text has \(marks) combining marks, more than the \(RecordLimits.marks) allowed", at: start)
    }
  }

  /// Reads an account or invoice number.
  mutating func identityText(_ name: StaticString) throws(RecordFault) -> String {
    guard peek() == UInt8(ascii: "\"") else { throw wrongType(expected: "a text") }
    let start = at
    let bytes = decoded(try rawText())
    if let (code, message) = JSONReader.identityFault(bytes) { throw fault(code, "the \(name) number \(message)", at: start) }
    try checkBounds(bytes, limit: RecordLimits.identity, at: start)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads a series: bounded like a number of identity, but shorter.
  mutating func seriesText() throws(RecordFault) -> String {
    guard peek() == UInt8(ascii: "\"") else { throw wrongType(expected: "a text") }
    let start = at
    let bytes = decoded(try rawText())
    if let (code, message) = JSONReader.identityFault(bytes, limit: RecordLimits.series) {
      throw fault(code, "the series \(message)", at: start)
    }
    try checkBounds(bytes, limit: RecordLimits.series, at: start)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Keeps a warning about the place the reader is at.
  mutating func warn(_ code: RecordFault.Code, _ message: String) {
    guard warnings.wants(code) else { return }
    let warning = RecordWarning(code, message, path: path)
    warnings.append(warning)
  }

  // MARK: Building

  /// Reads one JSON text into a value; for anything that is not a record.
  static func value(of bytes: [UInt8]) throws(RecordFault) -> JSONValue {
    var result: Result<JSONValue, RecordFault> = .failure(RecordFault(.malformedJSON, "there is no value", offset: 0))
    bytes.withUnsafeBufferPointer { buffer in
      do throws(RecordFault) {
        var reader = try JSONReader(buffer)
        var room = RecordLimits.extraValues
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
  mutating func value(room: inout Int, asBill: Bool) throws(RecordFault) -> JSONValue {
    room -= 1
    guard room >= 0 else {
      throw fault(.tooManyValues, "there are more than the \(RecordLimits.extraValues) values allowed")
    }
    switch peek() {
    case UInt8(ascii: "\""):
      if asBill { return .text(try text()) }
      return .text(String(decoding: decoded(try rawText()), as: UTF8.self))
    case UInt8(ascii: "{"):
      var members: [JSONValue.Member] = []
      try enterObject(expected: "an object")
      while let name = try nextName() {
        let bytes = decoded(name)
        if asBill { try checkBounds(bytes, limit: RecordLimits.text, at: name.start) }
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
      if asBill, digits.count > RecordLimits.text {
        throw fault(.tooLong, "the number has \(digits.count) characters, more than the \(RecordLimits.text) allowed", at: start)
      }
      return .number(String(decoding: UnsafeBufferPointer(start: base + digits.lowerBound, count: digits.count), as: UTF8.self))
    }
  }
}

extension JSONReader {
  /// Whether the bytes are one JSON value within all bounds of a record: size, depth, lengths of texts and keys, combining marks.
  static func isWithinBounds(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    do throws(RecordFault) {
      var reader = try JSONReader(bytes)
      try reader.checkValue(limit: RecordLimits.text)
      try reader.finish()
      return true
    } catch {
      return false
    }
  }

  private mutating func checkValue(limit: Int) throws(RecordFault) {
    switch peek() {
    case UInt8(ascii: "\""):
      let start = at
      try checkBounds(decoded(try rawText()), limit: limit, at: start)
    case UInt8(ascii: "{"):
      try enterObject(expected: "an object")
      while let name = try nextName() {
        try checkBounds(decoded(name), limit: RecordLimits.text, at: name.start)
        try checkValue(limit: isName(name, "description") ? RecordLimits.description : RecordLimits.text)
      }
    case UInt8(ascii: "["):
      try enterList(expected: "a list")
      while try nextElement() { try checkValue(limit: RecordLimits.text) }
    default: try skipValue()
    }
  }
}
