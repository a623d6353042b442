internal import Vocabulary

extension ElementRegistry {
  /// What a variant changes beside styles and colours.
  ///
  /// Pages and places take what they take in the layout itself, nothing of it required.
  static let variantElements: [ElementSpec] = [
    ElementSpec(
      .variantPage, .variantPage, changed(.page) + [show],
      "Changes a page master: attributes written here replace its own, a header or footer its header or footer, and places and zones are changed by "
        + "their names. One of a name that the layout has not is added."),
    ElementSpec(
      .variantPlace, .blocks, changed(.place) + [show],
      "Changes the place of that name on the page, wherever in the page or its includes it stands. x replaces right and y bottom, and the other "
        + "way round. Blocks written here replace what stands in it. A place whose name the page has not is added."),
    ElementSpec(
      .variantZone, .empty, changed(.zone) + [show],
      "Changes the zone of that name on the page. Where it becomes one of another kind, what that kind does not take goes; of a fold x replaces "
        + "y, and the other way round. One with a kind whose name the page has not is added. Places and coupons may go on naming one that is left "
        + "out."),
    ElementSpec(
      .variantTable, .variantTable,
      [AttributeSpec(.name, .label, required: true, "The table's name.")],
      "Changes the columns of the table of that name."),
    ElementSpec(
      .variantColumn, .empty,
      [
        AttributeSpec(.name, .declaration, required: true, "The column's name."),
        AttributeSpec(.width, .length([.auto, .share, .fraction]), "Its width."),
        AttributeSpec(.minWidth, .length([]), "The least width."),
        AttributeSpec(.maxWidth, .length([]), "The greatest width."),
        AttributeSpec(.minSize, .length([]), "The size its values are never shrunk below to stay whole."),
        styleName,
      ] + textStyle,
      "Changes the column of that name."),
    ElementSpec(
      .variantBlock, .empty, [AttributeSpec(.name, .label, required: true, "The block's name.")] + measures + [show],
      "Changes the measures of the block of that name, wherever in the layout it stands; of several with one name, of all. Only what the block takes "
        + "itself can be changed."),
    ElementSpec(
      .variantPart, .blocks, [AttributeSpec(.name, .declaration, required: true, "The part's name."), show],
      "Stands instead of the part of that name. It sees what the part sees: the bill, and the variables and parameters around it."),
  ]

  static let part = ElementSpec(
    .part, .blocks,
    [AttributeSpec(.name, .declaration, required: true, "The name by which a variant replaces it. Each part has its own.")],
    "Blocks that a variant may replace as a whole. Beyond that it is as if it were not there. Parts do not stand in parts.")

  private static let show = AttributeSpec(.show, .flag, "With no it is left out; yes by default.")

  /// The attributes of an element, none of them required but its name.
  private static func changed(_ kind: ElementKind) -> [AttributeSpec] {
    guard let spec = declarations.first(where: { $0.kind == kind }) else { return [] }
    return spec.attributes.map { AttributeSpec($0.name, $0.type, required: $0.name == .name, $0.doc) }
  }

  private static let measures: [AttributeSpec] =
    block.filter { ![.if, .each, .name, .describe].contains($0.name) } + [
      gap, padding,
      AttributeSpec(.columns, .integer(1...4), "Of terms: in how many columns they are set."),
      AttributeSpec(.count, .integer(1...8), "Of columns: how many."),
      AttributeSpec(.wrap, .length([]), "Of a row: how far apart its blocks stand below one another."),
      AttributeSpec(.rowGap, .length([]), "Of a table: the space between rows."),
      AttributeSpec(.size, .length([]), "Of a barcode or opt-in-qr: width and height, without its quiet zone."),
      AttributeSpec(.x, .length([]), "Of a place in the body: from the page's left edge."),
      AttributeSpec(.y, .length([]), "Of a place in the body: from the page's top edge."),
      AttributeSpec(.right, .length([]), "Of a place in the body: instead of x, from the page's right edge."),
      AttributeSpec(.bottom, .length([]), "Of a place in the body: instead of y, from the page's bottom edge."),
    ]
}
