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
