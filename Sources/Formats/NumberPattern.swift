internal import CICU
internal import Money

/// What a language puts round and between the digits of one kind of number, read once from ICU's own output.
///
/// Numbers are then written from their integer mantissa: exact, without a call into ICU for each. `NumberPatternTests` compare both.
struct NumberPattern {
  private let positivePrefix: [UInt8]
  private let positiveSuffix: [UInt8]
  private let negativePrefix: [UInt8]
  private let negativeSuffix: [UInt8]
  private let grouping: [UInt8]
  private let decimal: [UInt8]
  private let primaryGroup: Int
  private let secondaryGroup: Int
  /// The language's digit zero; the others follow it.
  private let zero: UInt32

  /// Reads the pattern that `skeleton` has in the language; `nil` where ICU refuses it or the language's digits are not decimal ones in a row.
  ///
  /// - Parameter isBare: Whether ICU was told to leave the unit out; the space that stood beside it goes too.
  init?(language: String, skeleton: String, isBare: Bool = false) {
    guard let formatter = cicu_number_open(language, skeleton) else { return nil }
    defer { cicu_number_close(formatter) }
    guard let positive = NumberPattern.sample(formatter, "1234567890123.5", isBare: isBare),
      let negative = NumberPattern.sample(formatter, "-1234567890123.5", isBare: isBare)
    else { return nil }
    guard positive.digits.count == 14, negative.digits == positive.digits, let first = positive.digits.first, first > 1,
      zip(positive.digits, [1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 5] as [UInt32]).allSatisfy({ $0 == first - 1 + $1 })
    else { return nil }
    zero = first - 1
    (positivePrefix, positiveSuffix) = (positive.prefix, positive.suffix)
    (negativePrefix, negativeSuffix) = (negative.prefix, negative.suffix)
    (grouping, decimal) = (positive.grouping, positive.decimal)
    (primaryGroup, secondaryGroup) = (positive.primaryGroup, positive.secondaryGroup)
  }

  /// Writes `amount` with at least `minimum` and at most `maximum` decimals, halves rounded away from zero.
  func text(_ amount: Amount, minimum: Int, maximum: Int, isGrouped: Bool, ignoresSign: Bool = false) -> String {
    let minimum = min(max(0, minimum), Amount.maximumScale)
    let maximum = min(max(minimum, maximum), Amount.maximumScale)
    let rounded = amount.rounded(to: maximum, rule: .halfUp)
    var magnitude = rounded.mantissa.magnitude
    var scale = Int(rounded.scale)
    while scale > minimum, magnitude % 10 == 0 {
      magnitude /= 10
      scale -= 1
    }
    let isNegative = rounded.mantissa < 0 && !ignoresSign
    let prefix = isNegative ? negativePrefix : positivePrefix
    let suffix = isNegative ? negativeSuffix : positiveSuffix
    // 20 digits of a 64-bit mantissa, or one zero and 18 decimals.
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 40) { digits in
      var count = 0
      repeat {
        digits[count] = UInt8(truncatingIfNeeded: magnitude % 10)
        magnitude /= 10
        count += 1
      } while magnitude > 0
      while count <= scale {
        digits[count] = 0
        count += 1
      }
      let decimals = max(scale, minimum)
      let capacity = prefix.count + suffix.count + decimal.count + (count + decimals) * (4 + grouping.count)
      return String(unsafeUninitializedCapacity: capacity) { buffer in
        var writer = ByteWriter(buffer)
        writer.append(prefix)
        let integers = count - scale
        for place in stride(from: integers - 1, through: 0, by: -1) {
          writer.append(scalar: zero + UInt32(digits[place + scale]))
          if isGrouped, place > 0, isGroupEnd(place) { writer.append(grouping) }
        }
        if decimals > 0 {
          writer.append(decimal)
          for place in stride(from: scale - 1, through: 0, by: -1) { writer.append(scalar: zero + UInt32(digits[place])) }
          for _ in scale..<decimals { writer.append(scalar: zero) }
        }
        writer.append(suffix)
        return writer.count
      }
    }
  }

  /// Whether a separator stands before the last `place` integer digits.
  @inline(__always) private func isGroupEnd(_ place: Int) -> Bool {
    guard primaryGroup > 0, place >= primaryGroup else { return false }
    return place == primaryGroup || (place - primaryGroup) % secondaryGroup == 0
  }

  private struct Sample {
    var prefix: [UInt8] = []
    var suffix: [UInt8] = []
    var grouping: [UInt8] = []
    var decimal: [UInt8] = [UInt8(ascii: ".")]
    var primaryGroup = 0
    var secondaryGroup = 1
    var digits: [UInt32] = []
  }

  private static func sample(_ formatter: OpaquePointer, _ number: String, isBare: Bool) -> Sample? {
    guard let bytes = icuBytes({ cicu_number_format(formatter, number, Int32(number.utf8.count), $0, $1) }), !bytes.isEmpty else {
      return nil
    }
    var fields = [UInt8](repeating: 0, count: bytes.count)
    guard cicu_number_fields(formatter, &fields, Int32(fields.count)) else { return nil }
    let isDigit = { (index: Int) in fields[index] == UInt8(CICU_FIELD_INTEGER) || fields[index] == UInt8(CICU_FIELD_FRACTION) }
    guard let start = fields.indices.first(where: isDigit), let end = fields.indices.last(where: isDigit).map({ $0 + 1 }) else {
      return nil
    }
    var sample = Sample()
    sample.prefix = affix(bytes[..<start], isBare: isBare)
    sample.suffix = affix(bytes[end...], isBare: isBare)
    let body = Array(bytes[start..<end]), kinds = Array(fields[start..<end])
    var groups = [0]
    var index = 0
    while index < body.count {
      let kind = kinds[index]
      var next = index + 1
      if kind == UInt8(CICU_FIELD_INTEGER) || kind == UInt8(CICU_FIELD_FRACTION) {
        while next < body.count, body[next] & 0xC0 == 0x80 { next += 1 }
        guard let scalar = String(decoding: body[index..<next], as: UTF8.self).unicodeScalars.first else { return nil }
        sample.digits.append(scalar.value)
        if kind == UInt8(CICU_FIELD_INTEGER) { groups[groups.count - 1] += 1 }
      } else {
        while next < body.count, kinds[next] == kind { next += 1 }
        if kind == UInt8(CICU_FIELD_GROUPING) {
          sample.grouping = withoutSpaces(body[index..<next])
          groups.append(0)
        } else if kind == UInt8(CICU_FIELD_DECIMAL) {
          sample.decimal = Array(body[index..<next])
        }
      }
      index = next
    }
    if groups.count > 1 {
      sample.primaryGroup = groups[groups.count - 1]
      sample.secondaryGroup = groups.count > 2 ? groups[groups.count - 2] : sample.primaryGroup
      guard sample.primaryGroup > 0, sample.secondaryGroup > 0 else { return nil }
    }
    return sample
  }

  /// What stands before or behind the digits, with a real minus and without plain spaces.
  private static func affix(_ bytes: ArraySlice<UInt8>, isBare: Bool) -> [UInt8] {
    let text = String(decoding: bytes, as: UTF8.self)
    var scalars = Array(text.unicodeScalars.map { $0 == "-" ? "\u{2212}" : $0 == " " ? "\u{A0}" : $0 })
    if isBare { scalars.removeAll { $0 == "\u{A0}" || $0 == "\u{202F}" } }
    return Array(scalars.map { String($0) }.joined().utf8)
  }

  private static func withoutSpaces(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    bytes.flatMap { $0 == UInt8(ascii: " ") ? [0xC2, 0xA0] : [$0] }
  }
}

/// Appends to the uninitialised bytes of a new string.
struct ByteWriter {
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  private(set) var count = 0
  init(_ buffer: UnsafeMutableBufferPointer<UInt8>) { self.buffer = buffer }

  @inline(__always) mutating func append(_ bytes: [UInt8]) {
    for byte in bytes {
      buffer[count] = byte
      count += 1
    }
  }

  @inline(__always) mutating func append(scalar value: UInt32) {
    if value < 0x80 {
      put(value)
    } else if value < 0x800 {
      put(0xC0 | value >> 6)
      put(0x80 | value & 0x3F)
    } else if value < 0x10000 {
      put(0xE0 | value >> 12)
      put(0x80 | value >> 6 & 0x3F)
      put(0x80 | value & 0x3F)
    } else {
      put(0xF0 | value >> 18)
      put(0x80 | value >> 12 & 0x3F)
      put(0x80 | value >> 6 & 0x3F)
      put(0x80 | value & 0x3F)
    }
  }

  @inline(__always) private mutating func put(_ value: UInt32) {
    buffer[count] = UInt8(truncatingIfNeeded: value)
    count += 1
  }
}

/// Calls a function of CICU that fills a buffer, again with a larger one where the first does not hold the result; `nil` when ICU failed.
func icuBytes(_ fill: (UnsafeMutablePointer<CChar>, Int32) -> Int32) -> [UInt8]? {
  var capacity: Int32 = 256
  for _ in 0..<2 {
    var length: Int32 = -1
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(capacity)) { buffer, count in
      buffer.withMemoryRebound(to: CChar.self) { chars in
        if let base = chars.baseAddress { length = fill(base, capacity) }
      }
      count = length >= 0 && length <= capacity ? Int(length) : 0
    }
    if length < 0 { return nil }
    if length <= capacity { return bytes }
    capacity = length
  }
  return nil
}
