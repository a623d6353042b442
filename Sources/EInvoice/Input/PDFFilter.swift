/// The filters of a PDF's streams (ISO 32000-1, 7.4), undone within a bound: qpdf itself unpacks a stream whatever becomes of it.
enum PDFFilter: Hashable {
  case hexadecimal, ascii85, runLength
  case flate(Predictor)
  case lzw(Predictor, isEarly: Bool)
  /// Encryption, which is undone already.
  case crypt

  /// How rows of the data were made easier to pack.
  struct Predictor: Hashable {
    var kind = 1
    var colours = 1
    var bits = 8
    var columns = 1
  }

  /// What became of a stream.
  enum Outcome {
    case complete([UInt8])
    case tooLong([UInt8])
    /// The data end early: a writer left out the end, or the file is cut.
    case cut([UInt8])
    case damaged
    /// A filter that is not for data, such as that of a picture.
    case unknown(String)

    var bytes: [UInt8] {
      switch self {
      case .complete(let bytes), .tooLong(let bytes), .cut(let bytes): bytes
      case .damaged, .unknown: []
      }
    }
  }

  /// Undoes a stream's filters.
  ///
  /// - Parameter limit: Bytes that each of them may give; what is beyond is cut off.
  /// - Complexity: O(packed size + filters × limit).
  static func unpacked(_ stream: PDFObject, limit: Int) -> Outcome {
    guard let packed = stream.packedBytes else { return .damaged }
    var names: [PDFObject?] = []
    if let filter = stream.key("/Filter") {
      names = filter.isArray ? (0..<min(filter.count, InvoiceLimits.pdfFilters + 1)).map { filter[$0] } : [filter]
    }
    let parameters = stream.key("/DecodeParms") ?? stream.key("/DP")
    guard names.count <= InvoiceLimits.pdfFilters else { return .unknown("more than \(InvoiceLimits.pdfFilters) of them") }
    var filters: [PDFFilter] = []
    for (index, name) in names.enumerated() {
      guard let name = name?.name else { return .damaged }
      let own = parameters.flatMap { $0.isArray ? $0[index] : index == 0 ? $0 : nil }
      guard let filter = PDFFilter(name, own) else { return .unknown(name) }
      filters.append(filter)
    }
    return undo(filters, packed, limit: limit)
  }

  /// Undoes filters, the first first.
  static func undo(_ filters: [PDFFilter], _ packed: [UInt8], limit: Int) -> Outcome {
    var bytes = packed
    var (isCut, isTooLong) = (false, bytes.count > limit && filters.isEmpty)
    for filter in filters {
      switch filter.undo(bytes, limit: limit) {
      case .complete(let next): bytes = next
      case .cut(let next): (bytes, isCut) = (next, true)
      case .tooLong(let next): (bytes, isTooLong) = (next, true)
      case let other: return other
      }
    }
    return isTooLong ? .tooLong(Array(bytes.prefix(limit))) : isCut ? .cut(bytes) : .complete(bytes)
  }

  private init?(_ name: String, _ parameters: PDFObject?) {
    switch name {
    case "/FlateDecode", "/Fl": self = .flate(Predictor(parameters))
    case "/LZWDecode", "/LZW": self = .lzw(Predictor(parameters), isEarly: parameters?.key("/EarlyChange")?.integer != 0)
    case "/ASCII85Decode", "/A85": self = .ascii85
    case "/ASCIIHexDecode", "/AHx": self = .hexadecimal
    case "/RunLengthDecode", "/RL": self = .runLength
    case "/Crypt": self = .crypt
    default: return nil
    }
  }

  private func undo(_ packed: [UInt8], limit: Int) -> Outcome {
    switch self {
    case .crypt: return .complete(packed)
    case .hexadecimal: return PDFFilter.hexadecimal(packed)
    case .ascii85: return PDFFilter.ascii85(packed)
    case .runLength: return PDFFilter.runLength(packed, limit: limit)
    case .flate(let predictor):
      switch Inflation.inflate(packed[...], limit: limit) {
      case .complete(let bytes): return predictor.undo(bytes).map { .complete($0) } ?? .damaged
      case .tooLong(let bytes): return predictor.undo(bytes).map { .tooLong($0) } ?? .damaged
      case .cut(let bytes): return predictor.undo(bytes).map { .cut($0) } ?? .damaged
      case .damaged: return .damaged
      }
    case .lzw(let predictor, let isEarly):
      switch LZW.unpacked(packed, isEarly: isEarly, limit: limit) {
      case .complete(let bytes): return predictor.undo(bytes).map { .complete($0) } ?? .damaged
      case .tooLong(let bytes): return predictor.undo(bytes).map { .tooLong($0) } ?? .damaged
      case .cut(let bytes): return predictor.undo(bytes).map { .cut($0) } ?? .damaged
      case let other: return other
      }
    }
  }

  // MARK: Text and runs

  private static func hexadecimal(_ packed: [UInt8]) -> Outcome {
    var (result, high): ([UInt8], UInt8?) = ([], nil)
    for byte in packed {
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x41...0x46, 0x61...0x66: digit = (byte | 0x20) - 0x61 + 10
      case UInt8(ascii: ">"):
        if let high { result.append(high << 4) }
        return .complete(result)
      case 0, 0x09, 0x0A, 0x0C, 0x0D, 0x20: continue
      default: return .damaged
      }
      if let first = high {
        result.append(first << 4 | digit)
        high = nil
      } else {
        high = digit
      }
    }
    if let high { result.append(high << 4) }
    return .cut(result)
  }

  private static func ascii85(_ packed: [UInt8]) -> Outcome {
    var (result, group, count): ([UInt8], UInt64, Int) = ([], 0, 0)
    func finish() {
      guard count > 1 else { return }
      for _ in count..<5 { group = group * 85 + 84 }
      for index in 0..<(count - 1) { result.append(UInt8(truncatingIfNeeded: group >> UInt64(24 - 8 * index))) }
    }
    var index = packed.starts(with: "<~".utf8) ? 2 : 0
    while index < packed.count {
      let byte = packed[index]
      index += 1
      switch byte {
      case UInt8(ascii: "!")...UInt8(ascii: "u"):
        group = group * 85 + UInt64(byte - 0x21)
        count += 1
        if count == 5 {
          guard group <= UInt32.max else { return .damaged }
          for shift in [24, 16, 8, 0] as [UInt64] { result.append(UInt8(truncatingIfNeeded: group >> shift)) }
          (group, count) = (0, 0)
        }
      case UInt8(ascii: "z") where count == 0: result += [0, 0, 0, 0]
      case UInt8(ascii: "~"):
        finish()
        return .complete(result)
      case 0, 0x09, 0x0A, 0x0C, 0x0D, 0x20: continue
      default: return .damaged
      }
    }
    finish()
    return .cut(result)
  }

  private static func runLength(_ packed: [UInt8], limit: Int) -> Outcome {
    var result: [UInt8] = []
    var index = 0
    while index < packed.count {
      let length = Int(packed[index])
      index += 1
      if length == 128 { return .complete(result) }
      if length < 128 {
        let end = min(packed.count, index + length + 1)
        result += packed[index..<end]
        index = end
      } else if index < packed.count {
        result += repeatElement(packed[index], count: 257 - length)
        index += 1
      }
      if result.count > limit { return .tooLong(Array(result.prefix(limit))) }
    }
    return .cut(result)
  }
}

extension PDFFilter.Predictor {
  /// A row's longest width that is undone.
  private static let longestRow = 1 << 20

  init(_ parameters: PDFObject?) {
    kind = parameters?.key("/Predictor")?.integer ?? 1
    colours = parameters?.key("/Colors")?.integer ?? 1
    bits = parameters?.key("/BitsPerComponent")?.integer ?? 8
    columns = parameters?.key("/Columns")?.integer ?? 1
  }

  /// The bytes as they were; `nil` where the parameters are none.
  func undo(_ bytes: [UInt8]) -> [UInt8]? {
    guard kind != 1 else { return bytes }
    guard (1...32).contains(colours), [1, 2, 4, 8, 16].contains(bits), (1...PDFFilter.Predictor.longestRow).contains(columns) else {
      return nil
    }
    let step = max(1, colours * bits / 8)
    let row = (colours * bits * columns + 7) / 8
    if kind == 2 {
      guard bits == 8 else { return nil }
      var result = bytes
      for index in result.indices where index % row >= step { result[index] &+= result[index - step] }
      return result
    }
    guard (10...15).contains(kind) else { return nil }
    return png(bytes, row: row, step: step)
  }

  /// Rows of PNG: each has the number of its filter before it.
  private func png(_ bytes: [UInt8], row: Int, step: Int) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var above = [UInt8](repeating: 0, count: row)
    var start = 0
    while start < bytes.count {
      let filter = bytes[start]
      guard filter <= 4 else { return nil }
      var line = Array(bytes[(start + 1)..<min(bytes.count, start + 1 + row)])
      for index in line.indices {
        let left = index >= step ? line[index - step] : 0
        let corner = index >= step ? above[index - step] : 0
        switch filter {
        case 1: line[index] &+= left
        case 2: line[index] &+= above[index]
        case 3: line[index] &+= UInt8((Int(left) + Int(above[index])) / 2)
        case 4: line[index] &+= paeth(left, above[index], corner)
        default: break
        }
      }
      result += line
      for index in line.indices { above[index] = line[index] }
      start += 1 + row
    }
    return result
  }

  private func paeth(_ left: UInt8, _ above: UInt8, _ corner: UInt8) -> UInt8 {
    let guess = Int(left) + Int(above) - Int(corner)
    let (a, b, c) = (abs(guess - Int(left)), abs(guess - Int(above)), abs(guess - Int(corner)))
    return a <= b && a <= c ? left : b <= c ? above : corner
  }
}

/// LZW as TIFF and PDF have it: codes of 9 to 12 bits, the highest bit first.
enum LZW {
  /// Unpacks to at most `limit` bytes.
  ///
  /// - Parameter isEarly: Whether codes grow one entry early, which is the rule.
  static func unpacked(_ packed: [UInt8], isEarly: Bool, limit: Int) -> PDFFilter.Outcome {
    var result: [UInt8] = []
    // Entry 258 + i is the range of the result it was made from.
    var table: [Range<Int>] = []
    var (buffer, bits, width): (UInt32, UInt32, UInt32) = (0, 0, 9)
    var last: Range<Int>?
    let early = isEarly ? 1 : 0
    for byte in packed {
      buffer = buffer << 8 | UInt32(byte)
      bits += 8
      guard bits >= width else { continue }
      bits -= width
      let code = Int(buffer >> bits & (1 << width - 1))
      if code == 257 { return .complete(result) }
      if code == 256 {
        table.removeAll(keepingCapacity: true)
        (width, last) = (9, nil)
        continue
      }
      let start = result.count
      if code < 256 {
        result.append(UInt8(code))
      } else if code - 258 < table.count {
        result += result[table[code - 258]]
      } else if code - 258 == table.count, let last {
        result += result[last]
        result.append(result[last.lowerBound])
      } else {
        return .damaged
      }
      if result.count > limit { return .tooLong(Array(result.prefix(limit))) }
      // The last entry and the first byte of this one, which stand side by side in the result.
      if let last, table.count < 4_096 - 258 { table.append(last.lowerBound..<(last.upperBound + 1)) }
      last = start..<result.count
      let next = table.count + 258 + 1
      width = next + early > 2_048 ? 12 : next + early > 1_024 ? 11 : next + early > 512 ? 10 : 9
    }
    return .cut(result)
  }
}
