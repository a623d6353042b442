/// What an element is. One tag may be several kinds: `row` in a table is ``tableRow``, elsewhere ``row``.
public enum ElementKind: String, Sendable, CaseIterable, Hashable {
  // Declarations
  case bill, leaflet, postcard, fields, field, color, style, variant, variantStyle, variantColor, page, pageHeader, pageFooter, body, place,
    zone, partial, param
  // What a variant changes beside styles and colours
  case variantPage, variantPlace, variantZone, variantTable, variantColumn, variantBlock, variantPart
  // Blocks
  case text, row, column, columns, box, rule, space, image, chart, barcode, messages, coupon, keep, pageBreak, alternatives, part
  // The notice
  case notice, terms, termsChanges, insert, slot, optInQR
  // Tables
  case table, tableColumn, tableHeader, tableGroup, tableRow, tableBrought, tableCarried, tableFooter, cell
  // Control: never nodes of a template, except for ranges
  case each, `if`, `else`, include
  // Within text
  case string, bold, italic, span, superscript, link, lineBreak, tab, inlineSlot, inlineImage

  /// The name in the file.
  public var tag: String {
    switch self {
    case .variantStyle: "style"
    case .variantColor: "color"
    case .variantPage: "page"
    case .variantPlace: "place"
    case .variantZone: "zone"
    case .variantTable: "table"
    case .variantColumn: "column"
    case .variantBlock: "block"
    case .variantPart: "part"
    case .pageHeader, .tableHeader: "header"
    case .pageFooter, .tableFooter: "footer"
    case .pageBreak: "page-break"
    case .optInQR: "opt-in-qr"
    case .termsChanges: "terms-changes"
    case .tableColumn: "column"
    case .tableGroup: "group"
    case .tableRow: "row"
    case .tableBrought: "brought"
    case .tableCarried: "carried"
    case .string: "t"
    case .bold: "b"
    case .italic: "i"
    case .superscript: "sup"
    case .lineBreak: "br"
    case .inlineSlot: "slot"
    case .inlineImage: "image"
    default: rawValue
    }
  }

  /// The name in messages and on reference pages: the tag, with its parent where the tag alone is not clear.
  public var title: String {
    switch self {
    case .variantStyle: "style (in variant)"
    case .variantColor: "color (in variant)"
    case .variantPage: "page (in variant)"
    case .variantPlace: "place (in variant)"
    case .variantZone: "zone (in variant)"
    case .variantTable: "table (in variant)"
    case .variantColumn: "column (in variant)"
    case .variantBlock: "block (in variant)"
    case .variantPart: "part (in variant)"
    case .pageHeader: "header (of a page)"
    case .pageFooter: "footer (of a page)"
    case .tableColumn: "column (of a table)"
    case .tableRow: "row (of a table)"
    case .tableHeader: "header (of a table)"
    case .tableFooter: "footer (of a table)"
    case .inlineSlot: "slot (in text)"
    case .inlineImage: "image (in text)"
    default: tag
    }
  }
}
