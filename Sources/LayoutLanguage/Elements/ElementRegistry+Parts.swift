internal import Vocabulary

extension ElementRegistry {
  static let noticeElements: [ElementSpec] = [
    ElementSpec(
      .messages, .blocks, block + [gap],
      "The part of a bill for notices and terms. Takes no room where nothing in it applies. May stand several times; every "
        + "notice in every variant, and the terms, are reached exactly once on every way through the layout."
    ),
    ElementSpec(
      .notice, .blocks, placement: .inMessages,
      block + boxStyle + [
        AttributeSpec(
          .name, .declaration,
          "Which of the campaign's notices it is, and its name in findings and in the preview; 'standard' where none is written. Every layout has "
            + "that one, and each edition the same names."),
        AttributeSpec(
          .variant, .declaration,
          "Which of its sizes it is; 'standard' where none is written. A notice may stand in up to four variants, the smallest last. Each bill has "
            + "the first whose bill needs no more sheets than with the smallest, is as prominent as the campaign asks, and has no fault or warning that "
            + "it has not with the smallest; with fit-sheet each is set smaller first where that helps. The manifest says which."),
      ],
      "A notice of the campaign, present only on bills that carry the one of that name; others take no room. The notice 'standard' holds the slots "
        + "heading, body, action, keep-paper, address and phone and an opt-in-qr, each other one the slot body; all stand before the first table or "
        + "chart."
    ),
    ElementSpec(
      .slot, .empty, placement: .inNotice,
      [
        AttributeSpec(
          .name, .words(Slot.self), required: true,
          "Which words of the campaign: heading, body, action, keep-paper, benefits and label as campaign.yaml has them, address and phone from its "
            + "opt-in, with the customer's code and the hours. label is a word or two over the heading. Words that the notice does not "
            + "have take no room, nor does a text that would hold nothing else.")
      ] + block.filter { $0.name != .name } + textStyle,
      "Where words of the campaign stand as blocks."),
    ElementSpec(
      .optInQR, .empty, placement: .inNotice,
      block.filter { $0.name != .describe } + [
        AttributeSpec(.size, .length([]), required: true, "Width and height, without its quiet zone; 22 to 26 mm serve well."), describe,
      ],
      "The customer's opt-in address as a QR code."),
    ElementSpec(
      .terms, .blocks, placement: .inMessages,
      block + [
        AttributeSpec(.columns, .integer(1...4), "In how many columns they are set; one by default."),
        AttributeSpec(.headingStyle, .style, "The style of the terms' own headings."),
        AttributeSpec(
          .changed, .text,
          "The word set beside each passage that changed: behind a heading, before other text. Passages that stand together under one heading share it."
        ),
        AttributeSpec(.new, .text, "The word for passages that are new; that of changed ones where none is written."), bar,
        AttributeSpec(
          .frame, .line,
          "A line round what opens the terms and says what they change: a block quote at their head, or a section whose heading begins with the title "
            + "of `terms-changes`. It stands above the columns and is never marked."
        ),
        AttributeSpec(.gap, .length([]), "The space between two columns; 18pt by default."),
      ],
      "The campaign's terms, whole, present only on bills that carry them, with a notice or without. Blocks inside stand above them, such as a title. Between "
        + "paragraphs is half a line height of their style, less after headings and within lists: a style with another line-height changes it. Passages that "
        + "changed and stand together have one bar, as have rows of a table. Numbers of clauses, before headings or of an ordered list, hang in a margin, so that all "
        + "text aligns. Of a list whose items all begin with a bold word, each defines that word and hangs behind it without a bullet."
    ),
    ElementSpec(
      .termsChanges, .blocks,
      block + boxStyle + [
        AttributeSpec(.title, .text, "The heading above the list, such as \"What changes for you\"."),
        AttributeSpec(.heading, .integer(1...6), "The title's level in the outline of the bill; 2 by default."),
        AttributeSpec(.headingStyle, .style, "The style of the title; bold by default."),
        AttributeSpec(.changed, .text, required: true, "The word before clauses that changed."),
        AttributeSpec(.new, .text, required: true, "The word before clauses that are new."),
        AttributeSpec(.removed, .text, required: true, "The word before clauses that are no longer there."),
        AttributeSpec(.unchanged, .text, "What is said where no clause differs; where none is written, nothing is shown then."),
      ],
      "A box that lists the clauses of the terms that changed, are new or were removed since the previous terms, by their headings; one without a heading "
        + "by its first words. Present only on bills that carry the terms, and only where the campaign names previous ones. Blocks inside stand between title and "
        + "list. Where the terms say themselves what they change, by a block quote at their head or by a first section whose heading begins with "
        + "the box's title, that stands instead."
    ),
    ElementSpec(
      .insert, .blocks, placement: .inMessages,
      block + [AttributeSpec(.priority, .integer(0...1000), "Which insert is tried first: the greatest."), gap],
      "Marketing that stands only where room is left over."),
  ]

  static let rowStyle: [AttributeSpec] =
    textStyle + [
      styleName, fill, AttributeSpec(.rule, .line, "A line above it: thickness and colour."), padding,
      AttributeSpec(.valign, .words(VerticalAlignment.self), "Where lower cells stand in the row; top by default."),
    ]

  static let tableExample = """
    <table gap="3mm" padding="1pt 0" rules="every-5 0.5pt #767676" fill-reach="2mm"><column name="what" width="1fr"/>\
    <column name="amount" width="24mm" align="decimal" sum="line.amount"/>\
    <header fill="#E7F1ED" padding="2pt 0" weight="semibold"><cell>Charge</cell><cell>Amount</cell></header>\
    <group each="section in sections">\
    <row role="group-header" keep="next-2"><cell span="all" weight="semibold">{section.title}</cell></row>\
    <row each="line in section.lines"><cell>{line.description}</cell><cell>{line.amount | money(symbol: 'none')}</cell></row>\
    <row role="subtotal" keep="previous"><cell/><cell weight="semibold">{sum.amount | money}</cell></row></group></table>
    """

  static let tableElements: [ElementSpec] = [
    ElementSpec(
      .table, .table,
      block + [
        AttributeSpec(.gap, .length([]), "The space between columns."),
        AttributeSpec(.rowGap, .length([]), "The space between rows."),
        AttributeSpec(.padding, .insets, "The space in each cell round its content."),
        AttributeSpec(.rule, .line, "A line between body rows: thickness and colour."),
        AttributeSpec(
          .rules, .rowRules,
          "Rules below every so many rows and below the last of each run of rows: how many, thickness and colour. Rows without role are "
            + "counted, with 'all' at the end every row; a run ends at a heading, subtotal or total and at the page's end. Another rule at "
            + "the same place stands alone."),
        AttributeSpec(
          .ruleSpace, .length([]),
          "The least space between each of its rules and the rows above and below; without it rules take no room, and padding keeps "
            + "words clear of them."),
        AttributeSpec(.fillReach, .length([]), "How far the fills of rows reach beyond the columns on both sides."),
        AttributeSpec(.headerRule, .line, "A line below the header: thickness and colour."),
        AttributeSpec(.repeatHeader, .flag, "Whether the header stands on every page of the table; yes by default."),
      ],
      example: .init(tableExample),
      "Rows and columns that flow over pages with a repeated header and sums carried forward. Columns first, then header, "
        + "groups and rows, brought, carried and footer rows."
    ),
    ElementSpec(
      .tableColumn, .empty,
      [
        AttributeSpec(.name, .declaration, "The name its sum is called by."),
        AttributeSpec(
          .width, .length([.auto, .share, .fraction]),
          "Its width; as wide as its content by default. The padding of its cells is taken from it, the table's gap is not."),
        AttributeSpec(.minWidth, .length([]), "The least width."),
        AttributeSpec(.maxWidth, .length([]), "The greatest width."),
        AttributeSpec(.minSize, .length([]), "The size its values are never shrunk below to stay whole; that of the table, or 6pt."),
        AttributeSpec(
          .suppress, .words(Suppression.self),
          "With 'repeat' a value that the row above in its group has too is not painted again, but at the top of each page and column. "
            + "Readers of tagged files hear it in each row."),
        AttributeSpec(
          .decimalGroup, .declaration,
          "With align=\"decimal\": the name of columns, of whatever tables, whose decimal separators stand equally far from their end edges."
        ),
        AttributeSpec(
          .sum, .expression(.total), "What is summed up in it: evaluated in each row without a role, with that row's variables."),
        styleName,
      ] + textStyle,
      "A column and the look of its cells."),
    ElementSpec(
      .tableHeader, .band, rowStyle, "The rows at the table's top, repeated on every page: cells, or rows of cells."),
    ElementSpec(
      .tableGroup, .rows, [condition, loop, AttributeSpec(.keep, .keep, "What must stay together over page breaks.")],
      "Rows that belong together, such as a section with its header, lines and subtotal."),
    ElementSpec(
      .tableRow, .cells,
      [
        condition, loop,
        AttributeSpec(
          .role, .words(RowRole.self),
          "What the row is where it is not a plain line: rows with a role are not summed up. In a subtotal {sum.NAME} is that of its group."
        ),
        AttributeSpec(.keep, .keep, "What must stay together over page breaks."),
        AttributeSpec(.minHeight, .length([]), "The least height."),
      ] + rowStyle,
      "A row of cells."),
    ElementSpec(
      .tableBrought, .band, [condition] + rowStyle,
      "The row below the header of a following page; {sum.NAME} is what stands on the pages before."),
    ElementSpec(
      .tableCarried, .band, [condition] + rowStyle,
      "The row at the foot of a page that the table goes on from; {sum.NAME} is what has been summed up so far."),
    ElementSpec(.tableFooter, .band, [condition] + rowStyle, "The rows at the table's end; {sum.NAME} is the sum of all rows."),
    ElementSpec(
      .cell, .cell,
      [
        condition, loop, AttributeSpec(.span, .span, "How many columns it takes."),
        AttributeSpec(
          .rows, .rowSpan,
          "How many rows it takes, 'group' for those left of its group; the rows below leave its columns out. They stay on one page unless "
            + "they are higher than half of one; else it stands again at the top of the next."),
        AttributeSpec(
          .unit, .text, "In a header: a second line with the unit, aligned like the words, 0.9 of their size but 8pt at least, and regular."
        ),
        AttributeSpec(.unitStyle, .style, "The style of the unit."),
        AttributeSpec(.valign, .words(VerticalAlignment.self), "Where lower content stands."), padding, fill, styleName,
        AttributeSpec(.gap, .length([]), "The space between two blocks in it."),
        AttributeSpec(.minSize, .length([]), "The size its values are never shrunk below to stay whole; that of its column, or 6pt."),
        AttributeSpec(.tabs, .tabs, "Where tabs jump to: lengths, percentages or 'end', each with an alignment behind it if wanted."),
        AttributeSpec(.indent, .length([.negative]), "Extra space before the first line."),
        AttributeSpec(.hang, .length([]), "Extra space before every line but the first."),
      ] + textStyle,
      "A cell: one paragraph like that of 'text', or blocks."),
  ]

  static let control: [ElementSpec] = [
    ElementSpec(
      .each, .inherited, [AttributeSpec(.each, .loop, required: true, "The loop, as in 'line in section.lines'.")],
      example: .init("<each each=\"section in sections\"><text>{section.title}</text><rule/></each>"),
      "Its content once for each element of a list."),
    ElementSpec(
      .if, .inherited, [AttributeSpec(.test, .expression(.condition), required: true, "The condition.")],
      example: .init("<if test=\"due\"><text>{due | date('long')}</text></if><else><text>{issued | date}</text></else>"),
      "Its content where the condition holds. Inside, what the condition asks for is known to be there."),
    ElementSpec(
      .else, .inherited, [AttributeSpec(.if, .expression(.condition), "A further condition.")],
      "Right behind an 'if': its content where that does not hold. With a condition of its own it may be followed by another 'else'."),
    ElementSpec(
      .include, .empty, takesArguments: true,
      [condition, loop, AttributeSpec(.src, .path, required: true, "The partial, relative to the layout folder.")],
      "Puts in the blocks of a partial. Every further attribute sets one of its parameters: name=\"{expression}\" with its "
        + "type, anything else as text. In a page master the partial holds places."
    ),
  ]

  static let inlineElements: [ElementSpec] = [
    ElementSpec(
      .string, .pictures, takesArguments: true, [AttributeSpec(.key, .label, required: true, "The string's key.")],
      "A string of the bill's language. Every further attribute is an argument: n=\"{expression}\" with its type, anything else as text. An image "
        + "in it with name=\"mark\" stands where the string says {mark}."),
    ElementSpec(
      .bold, .inline, [condition, loop], example: .init("<text><b>{customer.name}</b> {account}</text>"), "Bold text, weight 700."),
    ElementSpec(.italic, .inline, [condition, loop], example: .init("<text><i>{customer.name}</i> {account}</text>"), "Italic text."),
    ElementSpec(
      .span, .inline, [condition, loop, styleName] + textStyle.filter { ![.align, .hyphenate, .balance].contains($0.name) },
      example: .init("<text><span color=\"#0B6E4F\" size=\"14pt\">{customer.name}</span> {account}</text>"), "Text in another style."),
    ElementSpec(
      .superscript, .inline, [condition, loop], example: .init("<text>{account}<sup>1</sup></text>"), "Small raised text."),
    ElementSpec(
      .link, .inline,
      [
        condition, loop, AttributeSpec(.href, .text, "The address."),
        AttributeSpec(.to, .declaration, "Instead of an address the anchor of a block, or 'terms' or 'notice'."),
      ],
      example: .init("<text><link href=\"https://example.com/{account}\">example.com</link></text>"),
      "Text that opens an address, or leads to another part of the bill."),
    ElementSpec(.lineBreak, .empty, [], example: .init("<text>{customer.name}<br/>{account}</text>"), "Ends the line."),
    ElementSpec(
      .tab, .empty, [AttributeSpec(.leader, .label, "What fills the way, such as '.'.")],
      example: .init("<text tabs=\"end\">{customer.name}<tab leader=\".\"/>{account}</text>"), "Jumps to the next tab stop."),
    ElementSpec(
      .inlineSlot, .empty, placement: .inNotice,
      [
        AttributeSpec(
          .name, .words(Slot.self), required: true,
          "Which words of the campaign."),
        AttributeSpec(
          .codeLabel, .text,
          "Of an address: the words before the customer's code, such as 'Enter this code:'; the code then begins a line, in bold. Left out with it where "
            + "the address needs no code."),
        AttributeSpec(.hours, .flag, "Of a phone number: whether its hours stand behind it; yes by default."),
      ],
      "Where words of the campaign stand within a paragraph."),
    ElementSpec(
      .inlineImage, .empty,
      [
        condition, loop,
        AttributeSpec(.name, .label, "What it is called in findings and in the preview; within 't' the placeholder it stands for."),
        AttributeSpec(.src, .path, required: true, "The picture: a PNG, JPEG or SVG file in the layout folder, as for a block."),
        AttributeSpec(
          .height, .length([.share]), required: true,
          "Its height: a length, or a share of the type size, as 80%, which follows where a variant changes that. Its width follows, and type that "
            + "is set smaller to fit takes it along."),
        AttributeSpec(
          .align, .words(PictureAlignment.self),
          "How it stands to the line: its foot on the baseline (the default), its middle at half the height of capitals and figures (middle) or "
            + "of small letters (x-middle), its head at the height of capitals (top), its foot at the depth of descenders (bottom)."),
        describe, AttributeSpec(.decorative, .flag, "Whether it says nothing, so that it needs no description."),
      ],
      "A picture among words, set like a letter: it is never parted, and a line may end on either side of it unless a no-break space (&#160;) or "
        + "punctuation stands there. Where it is higher than its line, the line becomes higher; on a baseline grid that leaves a line empty, with "
        + "the warning picture-too-high. In a cell it stands among words where there are any, or other marks of text; by itself it is a block."
    ),
  ]
}
