internal import CCairo
internal import Encodings
public import Geometry

/// What a stretch of a PDF means to a reader program.
public enum ContentTag: Hashable, Sendable {
  /// An active rectangle, in page coordinates, that opens an absolute URI.
  case link(uri: String, area: Rect)
  /// An active rectangle, in page coordinates, that leads to a ``destination(_:at:)`` of the document, which must have one of that name.
  case jump(to: String, area: Rect)
  /// A place of the document, in page coordinates; no two of a document have one name.
  case destination(String, at: Point)
}

extension Context {
  /// Draws `body` with a tag around it.
  ///
  /// Attribute values are escaped: an apostrophe or backslash in them would otherwise end the PDF there and then, unnoticed until it is
  /// closed.
  public func withTag<R, E: Error>(_ tag: ContentTag, _ body: () throws(E) -> R) throws(E) -> R {
    let (kind, attributes): (String, String)
    let numbers: [Double]
    switch tag {
    case .link(let uri, let area):
      numbers = Self.edges(area)
      (kind, attributes) = (CAIRO_TAG_LINK, "uri=\(TagAttributes.quoted(TagAttributes.pdfSafe(uri: uri))) rect=[")
    case .jump(let name, let area):
      numbers = Self.edges(area)
      (kind, attributes) = (CAIRO_TAG_LINK, "dest=\(TagAttributes.quoted(name)) rect=[")
    case .destination(let name, let point):
      numbers = [point.x.points, point.y.points]
      (kind, attributes) = (CAIRO_TAG_DEST, "name=\(TagAttributes.quoted(name)) ")
    }
    guard numbers.allSatisfy(Context.isDrawable) else {
      refuse("link")
      return try body()
    }
    let written = numbers.map(TagAttributes.number)
    let places = if case .destination = tag { "x=\(written[0]) y=\(written[1])" } else { written.joined(separator: " ") + "]" }
    cairo_tag_begin(raw, kind, attributes + places)
    defer { cairo_tag_end(raw, kind) }
    return try body()
  }

  private static func edges(_ area: Rect) -> [Double] { [area.minX, area.minY, area.size.width, area.size.height].map(\.points) }
}

/// The little language of cairo's tag attributes.
enum TagAttributes {
  /// A value in apostrophes, with apostrophes and backslashes escaped and control characters left out (they have no escape).
  static func quoted(_ text: String) -> String {
    var bytes: [UInt8] = [UInt8(ascii: "'")]
    for byte in text.utf8 where byte >= 0x20 && byte != 0x7F {
      if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "'"))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The URI with every byte percent-encoded that RFC 3986 does not allow, and parentheses too: cairo 1.16 copies the URI into a PDF string
  /// unescaped.
  static func pdfSafe(uri: String) -> String {
    PercentEncoding.encode(uri) { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
      default: allowedMarks.contains(byte)
      }
    }
  }

  private static let allowedMarks = Array("-._~:/?#[]@!$&'*+,;=%".utf8)

  /// A number with three decimals, whatever the locale.
  static func number(_ value: Double) -> String {
    let thousandths = Int((value * 1000).rounded())
    let (whole, part) = abs(thousandths).quotientAndRemainder(dividingBy: 1000)
    let decimals = String(part + 1000).dropFirst()
    return (thousandths < 0 ? "-" : "") + "\(whole).\(decimals)"
  }
}
