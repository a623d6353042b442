package import Files

/// Reads rows of CSV (RFC 4180), holding no more than one.
///
/// UTF-8, a byte order mark at the start is passed over; fields are parted by commas, rows end in LF or CRLF, a field in quotes may hold commas,
/// line ends and quotes written twice. Rows without a byte are counted as lines and passed over. A faulty row comes back with its fault, and what
/// follows it is read on: behind the next line end, or behind the field's closing quote where a row is only too long.
package final class CSVReader {
  /// Bytes of a row at most, its end left out: an account, a day and three short texts take some hundred.
  ///
  /// - Stops: a file without line ends, or with a quote that is never closed, held whole.
  package static let maximumRow = 64 << 10
  /// Fields of a row at most; the widest table that is read has eight.
  ///
  /// - Stops: a row of nothing but commas, each of them a text in memory.
  package static let maximumFields = 64

  /// Bytes read at once.
  private static let chunk = 1 << 16

  /// One row.
  package struct Row {
    /// The line it begins in, from 1.
    package var line: Int
    /// The fields without their quotes; of a faulty row those that could be told.
    package var fields: [String]
    /// `nil`: the row can be taken as it stands.
    package var fault: CSVFault?
  }

  private enum State {
    case fieldStart, plain, quoted
    /// Behind a quote within quotes: the field is over, or the quote is one of two.
    case closing
    /// The rest of a faulty row, up to the line end.
    case skipping
  }

  private static let comma = UInt8(ascii: ",")
  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  private let file: OpenFile
  private var buffer = [UInt8](repeating: 0, count: CSVReader.chunk)
  private var (place, filled) = (0, 0)
  private var line = 1

  /// Begins to read an open file.
  ///
  /// - Throws: `SystemError`, where the system refuses to read.
  package init(_ file: consuming OpenFile) throws(SystemError) {
    self.file = file
    try fill()
    if buffer[..<filled].starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  /// The next row; `nil` at the end of the file.
  ///
  /// Complexity: linear in the bytes of the row.
  /// - Throws: `SystemError`, where the system refuses to read.
  package func next() throws(SystemError) -> Row? {
    var parts = RowParts(line: line)
    var state = State.fieldStart
    var holdsReturn = false
    while let byte = try nextByte() {
      if holdsReturn, byte != Self.lineFeed {
        // A carriage return alone ends nothing; whoever looks at the field refuses it.
        state = step(Self.carriageReturn, state, &parts)
      }
      holdsReturn = false
      if byte == Self.lineFeed, state != .quoted {
        line += 1
        if parts.length > 0 { return parts.row(endingIn: state == .fieldStart || state == .plain || state == .closing) }
        parts = RowParts(line: line)
        state = .fieldStart
        continue
      }
      if byte == Self.lineFeed { line += 1 }
      if byte == Self.carriageReturn, state != .quoted {
        holdsReturn = true
        continue
      }
      state = step(byte, state, &parts)
    }
    if holdsReturn { state = step(Self.carriageReturn, state, &parts) }
    if parts.length == 0 { return nil }
    if state == .quoted { parts.note(.quoteOpen) }
    return parts.row(endingIn: true)
  }

  /// Takes one byte of a row.
  private func step(_ byte: UInt8, _ state: State, _ parts: inout RowParts) -> State {
    parts.length += 1
    if parts.length > Self.maximumRow { parts.note(.tooLong) }
    switch (state, byte) {
    case (.skipping, _): return .skipping
    case (.quoted, Self.quote): return .closing
    case (.quoted, _):
      parts.append(byte)
      return .quoted
    case (.closing, Self.quote):
      parts.append(byte)
      return .quoted
    case (.closing, Self.comma), (.fieldStart, Self.comma), (.plain, Self.comma):
      parts.endField()
      return .fieldStart
    case (.closing, _):
      parts.note(.textBehindQuote)
      return .skipping
    case (.fieldStart, Self.quote): return .quoted
    case (.plain, Self.quote):
      parts.note(.quoteInside)
      return .skipping
    case (.fieldStart, _), (.plain, _):
      parts.append(byte)
      return .plain
    }
  }

  private func nextByte() throws(SystemError) -> UInt8? {
    if place == filled {
      try fill()
      if filled == 0 { return nil }
    }
    place += 1
    return buffer[place - 1]
  }

  private func fill() throws(SystemError) {
    place = 0
    // Until the first bytes are all there, or the file is at its end, a byte order mark could be cut.
    var (count, failure): (Int, SystemError?) = (0, nil)
    buffer.withUnsafeMutableBytes { room in
      do throws(SystemError) {
        while count < 3 {
          let got = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: room[count...]))
          if got == 0 { break }
          count += got
        }
      } catch { failure = error }
    }
    if let failure { throw failure }
    filled = count
  }
}

/// A row while it is being read.
private struct RowParts {
  let line: Int
  /// Bytes met so far.
  var length = 0
  private var bytes: [UInt8] = []
  /// Where each field ends in `bytes`.
  private var ends: [Int] = []
  private var fault: CSVFault?

  init(line: Int) { self.line = line }

  /// Keeps the first fault.
  mutating func note(_ fault: CSVFault) { if self.fault == nil { self.fault = fault } }

  mutating func append(_ byte: UInt8) { if fault == nil { bytes.append(byte) } }

  mutating func endField() {
    guard fault == nil else { return }
    if ends.count == CSVReader.maximumFields { return note(.tooManyFields) }
    ends.append(bytes.count)
  }

  /// The row.
  ///
  /// - Parameter endingIn: Whether what was read last is a field, and not the rest of a faulty row.
  mutating func row(endingIn field: Bool) -> CSVReader.Row {
    if field { endField() }
    var fields: [String] = []
    var start = 0
    for end in ends {
      let part = bytes[start..<end]
      if let text = String(validating: part, as: UTF8.self) {
        fields.append(text)
      } else {
        note(.notUTF8)
        fields.append(String(decoding: part, as: UTF8.self))
      }
      start = end
    }
    return CSVReader.Row(line: line, fields: fields, fault: fault)
  }
}
