/// The trim size of a page, by name or by measure.
public struct PaperSize: Hashable, Sendable {
  /// The name used in layouts, such as `Letter`.
  public let name: String
  /// Width and height in points.
  public let size: Size

  /// Makes a paper size.
  public init(name: String, size: Size) { (self.name, self.size) = (name, size) }

  /// US Letter, 8½ × 11 in.
  public static let letter = PaperSize(name: "Letter", size: Size(width: .inches(8.5), height: .inches(11)))
  /// US Legal, 8½ × 14 in.
  public static let legal = PaperSize(name: "Legal", size: Size(width: .inches(8.5), height: .inches(14)))
  /// ISO A4, 210 × 297 mm.
  public static let a4 = PaperSize(name: "A4", size: Size(width: .mm(210), height: .mm(297)))
  /// ISO A5, 148 × 210 mm.
  public static let a5 = PaperSize(name: "A5", size: Size(width: .mm(148), height: .mm(210)))
  /// ISO A6, 105 × 148 mm.
  public static let a6 = PaperSize(name: "A6", size: Size(width: .mm(105), height: .mm(148)))

  /// All named sizes.
  public static let all: [PaperSize] = [.letter, .legal, .a4, .a5, .a6]

  /// The size of that name, or `nil` where there is none. Names compare exactly.
  public static func named(_ name: String) -> PaperSize? { all.first { $0.name == name } }
}
