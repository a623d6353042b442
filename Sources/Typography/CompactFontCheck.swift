/// A look at the dictionaries of a `CFF ` table (Adobe Technical Note 5176).
///
/// An operator without operands, such as an empty `BlueValues`, is allowed by the format, but cairo 1.16 takes it for a lack of memory and writes a
/// PDF without the font, in silence. Such a file is refused instead.
enum CompactFontCheck {
  /// The most bytes of names and dictionaries at the table's head that are read; real ones take a few hundred.
  ///
  /// - Stops: a font whose tables state gigabytes.
  private static let maximumIndex = 1 << 16

  /// The operators that cairo would stumble over: whether the top or the private dictionary has one without operands. A table that cannot be
  /// followed counts as sound here; whoever draws with it will say more.
  static func hasEmptyOperator(in file: borrowing OpenedFile, at table: Int, length: Int) -> Bool {
    guard let top = topDictionary(of: file, at: table, length: length) else { return false }
    if scan(top).hasEmpty { return true }
    guard let range = privateDictionary(top, at: table, length: length), let bytes = file.bytes(at: range.lowerBound, count: range.count)
    else {
      return false
    }
    return scan(bytes).hasEmpty
  }

  /// The first dictionary of the Top DICT INDEX, which follows the Name INDEX.
  static func topDictionary(of file: borrowing OpenedFile, at table: Int, length: Int) -> [UInt8]? {
    guard length > 4, let header = file.bytes(at: table, count: 4) else { return nil }
    guard let names = index(of: file, at: table + Int(header[2]), end: table + length),
      let dictionaries = index(of: file, at: names.end, end: table + length), let first = dictionaries.first
    else { return nil }
    return file.bytes(at: first.lowerBound, count: first.count)
  }

  /// Where the private dictionary named by a top dictionary lies in the file.
  static func privateDictionary(_ top: [UInt8], at table: Int, length: Int) -> Range<Int>? {
    guard let operands = scan(top).privateOperands, operands.count == 2 else { return nil }
    let (size, offset) = (operands[0], operands[1])
    guard (0...maximumIndex).contains(size), (0...length).contains(offset), size <= length - offset else { return nil }
    return table + offset..<table + offset + size
  }

  /// The first object of an INDEX and where the INDEX ends, as offsets in the file.
  private static func index(of file: borrowing OpenedFile, at start: Int, end: Int) -> (first: Range<Int>?, end: Int)? {
    guard start + 3 <= end, let head = file.bytes(at: start, count: 3) else { return nil }
    let (count, size) = (Int(head[0]) << 8 | Int(head[1]), Int(head[2]))
    if count == 0 { return (nil, start + 2) }
    guard (1...4).contains(size), (count + 1) * size <= maximumIndex, let offsets = file.bytes(at: start + 3, count: (count + 1) * size)
    else {
      return nil
    }
    let value = { (index: Int) in offsets[index * size..<(index + 1) * size].reduce(0) { $0 << 8 | Int($1) } }
    // Offsets count from the byte before the objects.
    let base = start + 2 + (count + 1) * size
    let (first, second, last) = (value(0), value(1), value(count))
    guard first >= 1, second >= first, last >= second, second - first <= maximumIndex, base + last <= end else { return nil }
    return (base + first..<base + second, base + last)
  }

  /// Reads a dictionary's operators: whether one has no operands, and the operands of `Private` (18).
  private static func scan(_ bytes: [UInt8]) -> (hasEmpty: Bool, privateOperands: [Int]?) {
    var operands: [Int] = []
    var (hasEmpty, found): (Bool, [Int]?) = (false, nil)
    var place = 0
    let byte = { (offset: Int) in offset < bytes.count ? Int(bytes[offset]) : 0 }
    while place < bytes.count {
      let lead = byte(place)
      switch lead {
      case 0...21:
        if operands.isEmpty { hasEmpty = true }
        if lead == 18 { found = operands }
        place += lead == 12 ? 2 : 1
        operands.removeAll()
      case 28:
        operands.append(Int(Int16(truncatingIfNeeded: byte(place + 1) << 8 | byte(place + 2))))
        place += 3
      case 29:
        operands.append(
          Int(Int32(truncatingIfNeeded: byte(place + 1) << 24 | byte(place + 2) << 16 | byte(place + 3) << 8 | byte(place + 4))))
        place += 5
      case 30:
        // A real number in nibbles, ended by 15.
        place += 1
        while place < bytes.count, byte(place) & 15 != 15, byte(place) >> 4 != 15 { place += 1 }
        place += 1
        operands.append(0)
      case 247...250:
        operands.append((lead - 247) * 256 + byte(place + 1) + 108)
        place += 2
      case 251...254:
        operands.append(-(lead - 251) * 256 - byte(place + 1) - 108)
        place += 2
      default:
        operands.append(lead - 139)
        place += 1
      }
    }
    return (hasEmpty, found)
  }
}
