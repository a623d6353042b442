internal import Vocabulary

/// All elements of the layout language.
public enum ElementRegistry {
  /// In the order of the reference pages.
  public static let all: [ElementSpec] =
    declarations + leaflet + postcard + variantElements + blocks + noticeElements + tableElements + control + inlineElements

  private static let table = Dictionary(all.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })

  /// The description of a kind. One that is described nowhere takes nothing and says nothing; a test asks for every kind's words.
  public static func spec(_ kind: ElementKind) -> ElementSpec { table[kind] ?? ElementSpec(kind, .empty, [], "") }

  /// Every tag there is.
  static let tags = Set(ElementKind.allCases.map(\.tag))

  /// The kinds that may stand in content of that form. `inherited` has none of its own.
  public static func kinds(in content: ElementSpec.Content) -> [ElementKind] {
    switch content {
    case .empty, .inherited: []
    case .bill: [.fields, .color, .style, .variant, .page, .body]
    case .leaflet: [.color, .style, .variant, .page, .body]
    case .fields: [.field]
    case .variant: [.variantStyle, .variantColor, .variantPage, .variantTable, .variantBlock, .variantPart]
    case .variantPage: [.variantPlace, .variantZone, .pageHeader, .pageFooter]
    case .variantTable: [.variantColumn]
    case .page: [.place, .zone, .pageHeader, .pageFooter, .include]
    case .partial: [.param] + blockKinds
    case .blocks: blockKinds
    case .inline: inlineKinds
    case .pictures: [.inlineImage]
    case .cell: inlineKinds.filter { $0 != .inlineSlot } + blockKinds.filter { !isControl($0) && $0 != .include } + [.include]
    case .table: [.tableColumn, .tableHeader, .tableGroup, .tableRow, .tableBrought, .tableCarried, .tableFooter] + controlKinds
    case .rows: [.tableRow, .tableGroup] + controlKinds
    case .cells: [.cell] + controlKinds
    case .band: [.cell, .tableRow] + controlKinds
    }
  }

  /// `if`, `else`, `each`.
  static let controlKinds: [ElementKind] = [.if, .else, .each]
  static func isControl(_ kind: ElementKind) -> Bool { kind == .if || kind == .else || kind == .each }

  private static let blockKinds: [ElementKind] =
    [
      .text, .row, .column, .columns, .box, .rule, .space, .image, .chart, .barcode, .table, .messages, .notice, .terms, .termsChanges,
      .insert, .slot,
      .optInQR,
      .coupon, .keep, .pageBreak, .alternatives, .place, .include, .part,
    ] + controlKinds

  private static let inlineKinds: [ElementKind] =
    [.string, .bold, .italic, .span, .superscript, .link, .lineBreak, .tab, .inlineSlot, .inlineImage] + controlKinds

  /// The kind a tag means in content of that form, `nil` where it may not stand there.
  static func kind(of tag: String, in content: ElementSpec.Content) -> ElementKind? {
    lookup[content]?[tag]
  }

  private static let lookup: [ElementSpec.Content: [String: ElementKind]] = {
    let contents: [ElementSpec.Content] = [
      .bill, .leaflet, .fields, .variant, .variantPage, .variantTable, .page, .partial, .blocks, .inline, .pictures, .cell, .table, .rows,
      .cells,
      .band,
    ]
    return Dictionary(
      uniqueKeysWithValues: contents.map { content in
        (content, Dictionary(kinds(in: content).map { ($0.tag, $0) }, uniquingKeysWith: { first, _ in first }))
      })
  }()

  /// The elements that `kind` may stand in.
  public static func parents(of kind: ElementKind) -> [ElementKind] {
    all.filter { kinds(in: $0.content).contains(kind) }.map(\.kind)
  }

  // MARK: Attributes that many elements share

  static let condition = AttributeSpec(.if, .expression(.condition), "Stands only where this holds.")
  static let loop = AttributeSpec(
    .each, .loop, "Stands once for each element of a list, as in 'line in section.lines'; 'line, i in …' also counts from 1.")
  static let styleName = AttributeSpec(.style, .style, "The text style of everything inside, on top of what is inherited.")
  static let zone = AttributeSpec(
    .zone, .zones, "The zones of the page that its content may stand in, by their names; what belongs into a window must be seen there.")
  static let describe = AttributeSpec(.describe, .text, "What a reader who cannot see it is told.")
  static let gap = AttributeSpec(.gap, .length([]), "The space between two of its children.")
  static let fill = AttributeSpec(.fill, .color, "The colour behind the content.")
  static let padding = AttributeSpec(
    .padding, .insets, "The space between the edge and the content, like CSS: all, or top right bottom left.")
  static let bar = AttributeSpec(.bar, .bar, "A bar along one side: thickness, colour and side (start where none is written).")

  /// What every block takes.
  static let block: [AttributeSpec] = [
    condition, loop,
    AttributeSpec(.name, .label, "What the block is called in findings and in the preview."),
    AttributeSpec(
      .anchor, .declaration,
      "A name by which others point to the block: {page-of('name')} prints its page, <link to=\"name\"> leads there. Where several blocks of a "
        + "bill have it, the first counts; where none has, an en dash stands for the page and the link leads nowhere, with the warning "
        + "anchor-missing. 'terms' and 'notice' are there without being named, and missing on bills that carry the other alone."),
    AttributeSpec(.width, .length([.auto, .share, .fraction]), "The width; in a row it is the block's track."),
    AttributeSpec(.height, .length([.auto, .share, .fraction]), "The height."),
    AttributeSpec(.minWidth, .length([.share]), "The least width."),
    AttributeSpec(.maxWidth, .length([.share]), "The greatest width."),
    AttributeSpec(.minHeight, .length([.share]), "The least height. Where nothing stands in the block it takes no room all the same."),
    AttributeSpec(
      .minHeightIf, .expression(.condition),
      "The least height holds only on bills where this does, such as 'campaign.notice' for room that is kept for a notice."),
    AttributeSpec(.maxHeight, .length([.share]), "The greatest height."),
    AttributeSpec(.keep, .keep, "What must stay together over page breaks: itself, with the next one or more, with the previous."),
    AttributeSpec(
      .fit, .words(FitRule.self),
      "What to do where the content does not fit the stated size: shrink the text down to min-size, grow the block, or reject "
        + "the bill (the default)."
    ),
    AttributeSpec(
      .otherwise, .words(BlockExcess.self),
      "With a stated height, what to do where that does not help: reject the bill (the default), or cut, which shows what has room, with an "
        + "ellipsis where it is cut, and is meant for what stands elsewhere as well."),
    AttributeSpec(
      .minSize, .length([]),
      "The size no text is shrunk below, with fit=\"shrink\" or where a value that must not be broken is too wide; 6pt for such values where "
        + "none is given here or around."),
    AttributeSpec(
      .align, .words(TextAlignment.self),
      "For text how lines stand; else where a narrower block stands in its room. Start and end follow the direction of the language. A "
        + "justified line whose spaces would have to grow by more than half stays ragged, as the last one does: hyphenate helps."),
    AttributeSpec(.valign, .words(VerticalAlignment.self), "Where content lower than its room stands."),
    styleName, describe,
    AttributeSpec(
      .baseline, .flag,
      "Whether lines in it stand on the layout's baseline grid, where there is one: yes by default. What follows is on the grid again."),
    AttributeSpec(.marginTop, .length([]), "Space above the block; none at the top of a page or column."),
    AttributeSpec(.marginBottom, .length([]), "Space below the block."),
  ]

  /// What says how text looks.
  static let textStyle: [AttributeSpec] = [
    AttributeSpec(.font, .families, "The families, first choice first; a later one serves characters the earlier ones lack."),
    AttributeSpec(.size, .length([]), "The type size."),
    AttributeSpec(.lineHeight, .lineHeight, "From baseline to baseline. A size set without it keeps the ratio of the two."),
    AttributeSpec(
      .weight, .weight, "The weight. Where the family has no face of it the nearest is used, with the warning missing-font-weight."),
    AttributeSpec(.slant, .words(SlantWord.self), "Upright or italic."),
    AttributeSpec(.color, .color, "The text's colour."),
    AttributeSpec(
      .figures, .words(FigureWord.self), "Tabular figures have one width and stack; proportional ones read better in text."),
    AttributeSpec(
      .features, .features,
      "OpenType features to turn on, or off with a minus before the name. One that no face has is the warning missing-font-feature."),
    AttributeSpec(.letterSpacing, .length([.negative]), "Extra space after each character."),
    AttributeSpec(.rise, .length([.negative]), "How far the baseline is raised."),
    AttributeSpec(.underline, .flag, "Whether the text is underlined."),
    AttributeSpec(.hyphenate, .flag, "Whether words may be hyphenated."),
    AttributeSpec(
      .balance, .flag,
      "Whether the lines of a text that takes two to four of them are made about equally long, none more, so that no word is left alone on the "
        + "last: for headings. Text with tabs or page numbers, and justified text, stays as it is."),
    AttributeSpec(
      .nowrap, .words(NoWrap.self),
      "What lines must not break. By default ('auto') that are amounts, numbers, dates and codes; identifiers break after - / . _ : @ only. "
        + "Where there is no room, type is made smaller down to min-size, and then the bill is rejected. 'yes' keeps all of the text on one line; "
        + "'no' breaks an identifier that no size helps, with a warning."),
    AttributeSpec(
      .align, .words(TextAlignment.self), "How lines stand; decimal has a meaning in table columns only."),
  ]

  /// What draws an edge.
  static let boxStyle: [AttributeSpec] = [
    fill,
    AttributeSpec(.border, .line, "A line round it: thickness and colour."),
    AttributeSpec(.borderTop, .line, "The line along its top instead of that of border; 0 for none."),
    AttributeSpec(.borderBottom, .line, "The line along its foot instead of that of border; 0 for none."),
    AttributeSpec(.borderStart, .line, "The line along its start edge, on the left where the language runs to the right; 0 for none."),
    AttributeSpec(.borderEnd, .line, "The line along its end edge, on the right where the language runs to the right; 0 for none."),
    AttributeSpec(.borderLeft, .line, "The line along its left edge in every language; 0 for none."),
    AttributeSpec(.borderRight, .line, "The line along its right edge in every language; 0 for none."),
    bar,
    AttributeSpec(.radius, .length([]), "How far its corners are rounded."),
    padding, gap,
  ]
}
