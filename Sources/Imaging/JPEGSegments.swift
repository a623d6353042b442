internal import Cairo

/// How a stored image is turned to be shown (EXIF tag 0x0112).
enum Orientation: Int {
  case asStored = 1
  case mirrored, halfTurn, flipped, transposed, quarterTurn, transverse, threeQuarterTurn

  /// Whether width and height change places.
  var isTurned: Bool { rawValue >= 5 }

  /// Maps the unit square of the stored image onto the unit square as shown.
  func apply(to context: Context) {
    switch self {
    case .asStored: break
    case .mirrored: context.transform(-1, 0, 0, 1, 1, 0)
    case .halfTurn: context.transform(-1, 0, 0, -1, 1, 1)
    case .flipped: context.transform(1, 0, 0, -1, 0, 1)
    case .transposed: context.transform(0, 1, 1, 0, 0, 0)
    case .quarterTurn: context.transform(0, 1, -1, 0, 1, 0)
    case .transverse: context.transform(0, -1, -1, 0, 1, 1)
    case .threeQuarterTurn: context.transform(0, -1, 1, 0, 0, 1)
    }
  }
}

/// The marker segments before a JPEG's image data (ITU-T T.81 annex B).
struct JPEGSegments {
  /// From the first EXIF segment; as stored where there is none, or a value that is not defined.
  private(set) var orientation = Orientation.asStored
  /// The file without EXIF, thumbnails, profiles and comments: they would travel in every bill. JFIF and Adobe segments stay, they say how
  /// colours are coded.
  private(set) var withoutMetadata: [UInt8]

  init(_ bytes: [UInt8]) {
    withoutMetadata = Array(bytes.prefix(2))
    withoutMetadata.reserveCapacity(bytes.count)
    var position = 2
    var sawExif = false
    while position + 4 <= bytes.count, bytes[position] == 0xFF {
      let marker = bytes[position + 1]
      if marker == 0xFF {
        position += 1
        continue
      }
      let length = Int(bytes[position + 2]) << 8 | Int(bytes[position + 3])
      let end = position + 2 + length
      // Start of scan: what follows is image data. A segment that runs over the end is the decoder's to judge.
      guard marker != 0xDA, length >= 2, end <= bytes.count else { break }
      let isMetadata = (0xE1...0xED).contains(marker) || marker == 0xEF || marker == 0xFE
      if marker == 0xE1, !sawExif, let value = JPEGSegments.orientation(in: bytes[(position + 4)..<end]) {
        orientation = value
        sawExif = true
      }
      if !isMetadata { withoutMetadata += bytes[position..<end] }
      position = end
    }
    withoutMetadata += bytes[position...]
  }

  /// Reads tag 0x0112 of the first directory (EXIF 2.32, 4.6); `nil` for anything that is not a well-formed EXIF segment with that tag.
  private static func orientation(in segment: ArraySlice<UInt8>) -> Orientation? {
    guard segment.starts(with: Array("Exif\0\0".utf8)) else { return nil }
    let tiff = Array(segment.dropFirst(6))
    guard tiff.count >= 8 else { return nil }
    let isLittle = tiff[0] == UInt8(ascii: "I")
    func number(_ start: Int, _ length: Int) -> Int? {
      guard start >= 0, start + length <= tiff.count else { return nil }
      let digits = isLittle ? Array(tiff[start..<(start + length)].reversed()) : Array(tiff[start..<(start + length)])
      return digits.reduce(0) { $0 << 8 | Int($1) }
    }
    guard let directory = number(4, 4), let count = number(directory, 2) else { return nil }
    for index in 0..<count {
      let entry = directory + 2 + index * 12
      guard let tag = number(entry, 2) else { return nil }
      if tag == 0x0112 { return number(entry + 8, 2).flatMap(Orientation.init(rawValue:)) }
    }
    return nil
  }
}
