internal import PostalProfiles
internal import Vocabulary

extension ElementRegistry {
  static let declarations: [ElementSpec] = [
    ElementSpec(
      .bill, .bill,
      [
        AttributeSpec(.paper, .paper, required: true, "The size of the sheet after trimming."),
        AttributeSpec(
          .bleed, .length([]),
          "How far pictures and fills may reach beyond the sheet on each side, to be cut off; at most 20mm, none by default. Places may then stand "
            + "beyond its edges, and a fill that reaches an edge is drawn on. The PDF's MediaBox grows by it, its TrimBox is the sheet; everything "
            + "else is measured from the trimmed sheet, and the preview shows that."),
        AttributeSpec(
          .baseline, .length([]),
          "The step of the baseline grid: every line of text stands on it, in paragraphs, boxes and table rows alike (not in places, headers, "
            + "footers and charts, nor in blocks with baseline=\"no\"). Line heights that are no multiple of it leave space."),
        AttributeSpec(.style, .style, "The style of all text that says nothing else."),
        AttributeSpec(.formats, .formats, "The editions the layout can print; 'standard' where none are written."),
        AttributeSpec(.pageLimit, .integer(1...LanguageLimits.pages), "A bill with more pages is rejected."),
        AttributeSpec(
          .watermark, .text, "Words that lie grey across each page, under what is written there and over its tints; a copy's, for instance."
        ),
        AttributeSpec(.watermarkIf, .expression(.condition), "The watermark lies only on bills where this holds."),
        AttributeSpec(
          .fitSheet, .fitSteps,
          "What may be set smaller where a little of a bill would begin a page of its own: at most four steps, each on top of the ones before it. "
            + "'space-90' leaves 90 % of the space between blocks in the flow (gaps, margins, spaces; never padding, table rows, or what stands in "
            + "notice, place, coupon, page header and footer), in whole steps of the baseline where there is one; 'terms-8.5pt' sets the terms in "
            + "that size, at least 8pt, their line height in proportion; 'alternatives' takes the last child of each alternatives "
            + "when=\"fit-sheet\". Tried on bills of 2 to 20 pages, each step a whole layout: the first that saves a page stands, with the step's name "
            + "as 'fit' in the manifest. One that would make the notice less prominent than the campaign asks, or a warning more, is passed over; "
            + "where none helps, the bill is as without. Of a notice in several variants, each is tried so."),
        AttributeSpec(.fitBelow, .share, "How much of the last page's body must be used for nothing to be tried; 25% by default."),
      ],
      "The root of layout.xml: declarations, page masters and the body, in any order. Its namespace is urn:billfold:layout:1."),
    ElementSpec(.fields, .fields, [], "The fields that the layout reads below 'extra'. All other fields of the record are known already."),
    ElementSpec(
      .field, .empty,
      [
        AttributeSpec(
          .path, .fieldPath, required: true,
          "Where the field is: 'extra.meter'; 'extra.plan.name' in a record; 'extra.readings[].kwh' in each record of a list; "
            + "'extra.codes[]' for a list of plain values."
        ),
        AttributeSpec(
          .type, .words(DeclaredType.self), required: true,
          "What the field holds. An identifier is a text, such as an account or order number, that lines break only after - / . _ : @. A list or record is declared only to make it optional; its fields are declared by their own paths."
        ),
        AttributeSpec(.optional, .flag, "Whether a bill may lack the field."),
        AttributeSpec(.sample, .label, "A value for made-up bills."),
      ],
      example: .init(
        "<text>{extra.meter | default('—')}</text>",
        declarations: "<fields><field path=\"extra.meter\" type=\"text\" optional=\"yes\" sample=\"E-4471-09\"/></fields>"),
      "Declares a field below 'extra': its name, type and a sample."),
    ElementSpec(
      .color, .empty,
      [
        AttributeSpec(.name, .declaration, required: true, "The name the colour is called by."),
        AttributeSpec(.value, .hexColor, "The colour itself."),
        AttributeSpec(.of, .color, "Instead of a value: the colour this is a tint of."),
        AttributeSpec(.tint, .share, "How strong the tint is; 0% is white."),
      ],
      example: .init(
        "<row gap=\"3mm\"><box fill=\"leaf\" width=\"20mm\" height=\"10mm\"/><box fill=\"leaf-tint\" width=\"20mm\" "
          + "height=\"10mm\"/></row>",
        declarations: "<color name=\"leaf\" value=\"#0B6E4F\"/><color name=\"leaf-tint\" of=\"leaf\" tint=\"15%\"/>"),
      "Names a colour, by value or as a tint of another."),
    ElementSpec(
      .style, .empty,
      [
        AttributeSpec(.name, .declaration, required: true, "The name the style is called by."),
        AttributeSpec(.base, .style, "The style this one changes."),
        AttributeSpec(.spaceAfter, .length([]), "The space below a block of this style."),
      ] + textStyle,
      example: .init(
        "<text style=\"hero\">{totals.due | money}</text>", declarations: "<style name=\"hero\" size=\"26pt\" weight=\"semibold\"/>"),
      "Names a look of text. What it does not say is inherited from its base, and beyond that from where it is used."),
    ElementSpec(
      .variant, .variant,
      [
        AttributeSpec(.format, .format, "The edition it is for; every edition where none is written."),
        AttributeSpec(.language, .language, "The language it is for, 'es' for all of 'es-…'; every language where none is written."),
        AttributeSpec(.baseline, .length([]), "The step of its baseline grid instead of the layout's; 0 for none."),
        AttributeSpec(
          .fitSheet, .fitSteps, "How its bills are set smaller to save a sheet, instead of what the layout says; none for not at all."),
        AttributeSpec(
          .fitBelow, .share, "With fit-sheet: how much of the last page's body may be used where the steps are tried; 25% by default."),
      ],
      example: .init(
        "<text style=\"plain\">{customer.name}</text>",
        declarations:
          "<style name=\"plain\" size=\"10pt\"/><variant format=\"large-print\"><style name=\"plain\" size=\"16pt\"/></variant>"),
      "Changes styles, colours, pages, tables, blocks and parts for one edition or language, by their names: attributes written here replace those "
        + "of the thing, content written here replaces its content, show=\"no\" leaves it out. A variant for both comes on top of those for one."
    ),
    ElementSpec(
      .variantStyle, .empty,
      [
        AttributeSpec(.name, .style, required: true, "The declared style that is changed."),
        AttributeSpec(.spaceAfter, .length([]), "The space below a block of this style."),
      ] + textStyle,
      "Changes what is written here of a declared style; everything else of it stays."),
    ElementSpec(
      .variantColor, .empty,
      [
        AttributeSpec(.name, .color, required: true, "The declared colour that is changed."),
        AttributeSpec(.value, .hexColor, "The colour itself."),
        AttributeSpec(.of, .color, "Instead of a value: the colour this is a tint of."),
        AttributeSpec(.tint, .share, "How strong the tint is; 0% is white."),
      ],
      "Changes a declared colour; tints of it follow."),
    ElementSpec(
      .page, .page,
      [
        AttributeSpec(
          .name, .words(PageRole.self), required: true,
          "Which pages it is for: the first, the following ones, the last of several, or left and right following ones."),
        AttributeSpec(.margin, .insets, required: true, "The space between the paper's edge and header, body and footer."),
      ],
      "A page master. There is one named 'first', or one named 'next' for all pages."),
    ElementSpec(
      .pageHeader, .blocks, [styleName, gap],
      example: .init(
        "<text>{customer.name}</text>",
        pages: "<page name=\"next\" margin=\"6mm\"><header><text weight=\"bold\">{account}</text></header></page>", sheet: 30),
      "Blocks at the top of every page of this master, inside the margin and above the body."),
    ElementSpec(
      .pageFooter, .blocks, [styleName, gap],
      example: .init(
        "<text>{customer.name}</text>",
        pages:
          "<page name=\"next\" margin=\"6mm\"><footer><text tabs=\"end\">{account}<tab/>{page} / {pages}</text></footer></page>", sheet: 30),
      "Blocks at the foot of every page of this master, inside the margin and below the body."),
    ElementSpec(.body, .blocks, [gap, styleName], "What flows through the pages."),
    ElementSpec(
      .place, .blocks,
      [
        condition, loop,
        AttributeSpec(.name, .label, "What the place is called in findings and in the preview."),
        AttributeSpec(
          .x, .length([.negative]), "From the page's left edge to the place's. Below zero it, y, right and bottom reach into the bleed."),
        AttributeSpec(.y, .length([.negative]), "From the page's top edge to the place's."),
        AttributeSpec(.right, .length([.negative]), "Instead of x: from the page's right edge to the place's."),
        AttributeSpec(.bottom, .length([.negative]), "Instead of y: from the page's bottom edge to the place's."),
        AttributeSpec(.width, .length([.auto, .share]), "The width."),
        AttributeSpec(.height, .length([.auto, .share]), "The height."),
        AttributeSpec(
          .fit, .words(FitRule.self),
          "What to do where the content does not fit: shrink the text down to min-size, grow the place, or reject the bill (the default)."),
        AttributeSpec(
          .otherwise, .words(PlaceExcess.self),
          "What to do where that does not help: reject the bill (the default); cut, which shows what has room, with an ellipsis where it is cut, and "
            + "is meant for what stands elsewhere as well; body, which does the same and shows all of it at the beginning of the body."),
        AttributeSpec(.minSize, .length([]), "With fit=\"shrink\": the size the text is never shrunk below."),
        AttributeSpec(.valign, .words([VerticalAlignment.top, .middle, .bottom]), "Where content lower than the place stands."),
        zone, styleName, gap, describe,
      ],
      example: .init("<place x=\"30mm\" y=\"12mm\" width=\"50mm\"><text>{customer.name}</text></place>", sheet: 30),
      "Blocks at a fixed place of the page, measured from its edges and never mirrored. In a page master they stand on each of "
        + "its pages, in the body on the page where they are met."
    ),
    ElementSpec(
      .zone, .empty,
      [
        AttributeSpec(
          .if, .expression(.condition),
          "It is in force only on bills where this holds; on others nothing is held against it, and the preview does not draw it."),
        AttributeSpec(.name, .declaration, required: true, "The name that 'zone' of a place or coupon calls it by."),
        AttributeSpec(.kind, .words(ZoneKind.self), required: true, "What it is for."),
        AttributeSpec(.x, .length([]), "From the sheet's left edge to the zone's; of an upright fold where it is."),
        AttributeSpec(.y, .length([]), "From the sheet's top edge to the zone's; of a level fold where it is, of a coupon its upper edge."),
        AttributeSpec(.width, .length([]), "The width; of a coupon the sheet's by default. A fold has none."),
        AttributeSpec(.height, .length([]), "The height; of a coupon down to the sheet's foot by default. A fold has none."),
        AttributeSpec(
          .from, .keyword(PostalProfile.areaNames),
          "Instead of x, y, width and height, for a clear area or a window: a post and an area of its profile, whose place follows from the size of the "
            + "sheet."),
        AttributeSpec(
          .slide, .lengths,
          "Of a window: how far the sheet can move in its envelope from where it is measured, to either side and up or down."),
        AttributeSpec(
          .avoid, .length([]),
          "Of a level fold: how far from it the body stays by itself, 10mm at most, in place of the 3 mm. Rows, lines and blocks that would stand "
            + "on the fold move below it, with the heading above them."),
        AttributeSpec(
          .on, .words(ZoneRule.self),
          "What comes of text, pictures and rules in it: the warning zone-text (the default), or a reject. Notice, codes and the customer's "
            + "address always reject the bill, as zone-notice."),
      ],
      example: .init(
        "<text>{customer.name}</text>",
        pages: "<page name=\"next\" margin=\"6mm\"><zone name=\"window\" kind=\"window\" x=\"25mm\" y=\"20mm\" width=\"60mm\" "
          + "height=\"20mm\" slide=\"3mm 2mm\"/><place x=\"30mm\" y=\"24mm\" width=\"50mm\" zone=\"window\"><text>{customer.name}</text></place></page>"
      ),
      "A part of the sheet that is kept for something: the envelope's window, a fold (3 mm on each side of a line), a coupon (with 3 mm on each "
        + "side of its upper edge), the band of a scan line (for text in OCR-B only), an area that stays white. Nothing stands in it but what "
        + "places and coupons with its name hold, on any bill, wherever the sheet slides. Fills behind content may lie under windows, folds and "
        + "coupons; under scan lines and clear areas only white ones. Measured from the edges of the trimmed sheet and never mirrored."),
    ElementSpec(
      .partial, .partial, [],
      "The root of a file that is included: parameters first, then blocks. It sees the bill and its parameters, not the "
        + "variables around the include."
    ),
    ElementSpec(
      .param, .empty,
      [
        AttributeSpec(.name, .declaration, required: true, "The name the parameter is read by."),
        AttributeSpec(
          .type, .words(DeclaredType.parameters), required: true, "What the parameter must be."),
        AttributeSpec(.optional, .flag, "Whether an include may leave it out."),
      ],
      "Declares a parameter of the partial it stands in."),
  ]
}
