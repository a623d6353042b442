internal import Diagnostics
internal import JSON

/// The numbers that tell records apart.
extension JSONReader {
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
    var (account, invoice, series): ([UInt8]?, [UInt8]?, [UInt8]?)
    var repeated = false
    try enterObject(expected: "a record")
    while let name = try nextName() {
      let (isAccount, isInvoice) = (isName(name, "account"), isName(name, "invoice"))
      let isSeries = !isAccount && !isInvoice && isName(name, "series")
      guard isAccount || isInvoice || isSeries else {
        try skipValue()
        continue
      }
      if isSeries, try takeNull() { continue }
      guard peek() == UInt8(ascii: "\"") else { return nil }
      let bytes = decoded(try rawText())
      guard JSONReader.identityFault(bytes, limit: isSeries ? RecordLimits.series : RecordLimits.identity) == nil else { return nil }
      if isAccount {
        repeated = repeated || account != nil
        account = bytes
      } else if isInvoice {
        repeated = repeated || invoice != nil
        invoice = bytes
      } else {
        repeated = repeated || series != nil
        series = bytes
      }
    }
    try finish()
    guard let account, let invoice, !repeated else { return nil }
    return RecordIdentity(account: account, invoice: invoice, series: series ?? [])
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

  /// Reads a series: bounded like a number of identity, but shorter.
  mutating func seriesText() throws(RecordFault) -> String {
    guard peek() == UInt8(ascii: "\"") else { throw wrongType(expected: "a text") }
    let start = at
    let bytes = decoded(try rawText())
    if let (code, message) = JSONReader.identityFault(bytes, limit: RecordLimits.series) {
      throw fault(code, "the series \(message)", at: start)
    }
    try checkBounds(bytes, limit: RecordLimits.series, at: start)
    return try visible("the series", bytes, at: start)
  }

  /// Reads an account or invoice number.
  mutating func identityText(_ name: StaticString) throws(RecordFault) -> String {
    guard peek() == UInt8(ascii: "\"") else { throw wrongType(expected: "a text") }
    let start = at
    let bytes = decoded(try rawText())
    if let (code, message) = JSONReader.identityFault(bytes) { throw fault(code, "the \(name) number \(message)", at: start) }
    try checkBounds(bytes, limit: RecordLimits.identity, at: start)
    return try visible("the number", bytes, at: start)
  }

  private mutating func visible(_ what: StaticString, _ bytes: [UInt8], at start: Int) throws(RecordFault) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    if TextCheck.isBlank(text) { throw blank(what, at: start) }
    warnOfReplacement(in: bytes)
    return text
  }
}

extension JSONReader {
  /// Whether the bytes are one JSON value within all bounds of a record: size, depth, lengths of texts and keys, combining marks.
  static func isWithinBounds(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    do throws(RecordFault) {
      var reader = try JSONReader(bytes)
      try reader.checkValue(limit: JSONLimits.text)
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
        try checkBounds(decoded(name), limit: JSONLimits.text, at: name.start)
        try checkValue(limit: isName(name, "description") ? RecordLimits.description : JSONLimits.text)
      }
    case UInt8(ascii: "["):
      try enterList(expected: "a list")
      while try nextElement() { try checkValue(limit: JSONLimits.text) }
    default: try skipValue()
    }
  }
}
