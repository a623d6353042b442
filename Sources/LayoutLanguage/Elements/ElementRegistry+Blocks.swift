internal import Geometry
internal import Vocabulary

extension ElementRegistry {
  static let blocks: [ElementSpec] = [
    ElementSpec(
      .text, .inline,
      block + textStyle + [
        AttributeSpec(.heading, .integer(1...6), "The level, where the text is a heading: its meaning, not its look."),
        AttributeSpec(
          .tabs, .tabs,
          "Where tabs jump to: lengths, percentages or 'end', each with an alignment behind it if wanted. Words that reach beyond their "
            + "stop push what follows to the next one, or a space away, with the warning tab-passed."),
        AttributeSpec(.indent, .length([.negative]), "Extra space before the first line."),
        AttributeSpec(
          .turn, .words(QuarterTurn.self),
          "Turns the paragraph by a quarter: 90 is read downwards, -90 upwards. It is then as wide as its lines are high and never broken; "
            + "'height' says how long its lines are, their words by default."),
        AttributeSpec(.hang, .length([]), "Extra space before every line but the first."),
        AttributeSpec(.widows, .integer(1...10), "How many lines at least begin a page; 2 by default."),
        AttributeSpec(.orphans, .integer(1...10), "How many lines at least end a page; 2 by default."),
      ],
      example: .init("<text><b>{customer.name}</b>, {totals.due | money}</text>"),
      "A paragraph: words, {values}, strings and marks. White space collapses as in HTML: any run of spaces and line ends in the file is one "
        + "space, at the edges of the paragraph none; <br/> ends a line, <tab/> jumps, a no-break space (U+00A0) stays. What comes out of "
        + "the data keeps its spaces."),
    ElementSpec(
      .row, .blocks,
      block + [
        gap,
        AttributeSpec(
          .wrap, .length([]),
          "Lets the blocks stand below one another, that far apart, where side by side a word would be broken or a value parted."),
      ],
      example: .init(
        "<row gap=\"4mm\"><text width=\"1fr\">{customer.name}</text><text width=\"25mm\" align=\"end\">{totals.due | money}</text></row>"),
      "Blocks side by side, each in a track of its own width. Mirrored in right-to-left languages."),
    ElementSpec(
      .column, .blocks, block + [gap],
      example: .init("<column gap=\"1mm\"><text>{customer.name}</text><text>{account}</text></column>"),
      "Blocks one below the other."),
    ElementSpec(
      .columns, .blocks,
      block + [
        gap, AttributeSpec(.count, .integer(1...8), required: true, "How many columns."),
        AttributeSpec(.balance, .flag, "Whether the columns end at about the same height; yes by default."),
      ],
      example: .init(
        "<columns count=\"2\" gap=\"5mm\"><text each=\"section in sections\">{section.title}</text></columns>"),
      "Blocks that flow through columns and from page to page."),
    ElementSpec(
      .box, .blocks, block + boxStyle,
      example: .init(
        "<box fill=\"#E7F1ED\" bar=\"4pt #0B6E4F\" padding=\"3mm\"><text>{totals.due | money}</text></box>"),
      "Blocks one below the other on a coloured or framed ground."),
    ElementSpec(
      .rule, .empty,
      block + [
        AttributeSpec(.thickness, .length([]), "How thick; 0.5pt by default."),
        AttributeSpec(.color, .color, "Its colour; that of the text by default."),
        AttributeSpec(.dash, .lengths, "Lengths of dashes and gaps in turn."),
        AttributeSpec(.direction, .words(Axis.self), "Horizontal by default; vertical ones stand in rows."),
      ],
      example: .init("<rule thickness=\"1pt\" color=\"#0B6E4F\" dash=\"4pt 2pt\"/>"),
      "A straight line."),
    ElementSpec(
      .space, .empty,
      [
        condition, loop, AttributeSpec(.height, .length([.fraction]), "Its height."),
        AttributeSpec(.width, .length([.fraction]), "Its width, in a row."),
      ],
      example: .init("<column><text>{customer.name}</text><space height=\"5mm\"/><text>{account}</text></column>"),
      "Empty room."),
    ElementSpec(
      .image, .empty,
      block + [
        AttributeSpec(
          .src, .path, required: true,
          "The picture: a PNG, JPEG or SVG file in the layout folder. An SVG draws shapes: paths, groups, 'use', gradients, 'clipPath', styles of "
            + "its own. Refused, with the place in the file, are text (turn it into paths), filters and masks (they would be printed as pixels), "
            + "pictures, links and style sheets outside the file, scripts, animation, document types; it says its size or has a viewBox."),
        AttributeSpec(.decorative, .flag, "Whether it says nothing, so that it needs no description."),
      ],
      "A picture. Where only one of width and height is set, the other follows."),
    ElementSpec(
      .chart, .empty,
      block.filter { $0.name != .each } + [
        AttributeSpec(.kind, .words(ChartKind.self), required: true, "The form."),
        AttributeSpec(.each, .loop, required: true, "The list that gives the bars, as in 'u in usage'."),
        AttributeSpec(
          .value, .expression(.quantities), required: true,
          "How high a bar is; where absent there is a gap, with a small dash in it between bars. For stacked bars a list of numbers, from the "
            + "line outwards; an absent one counts as zero."),
        AttributeSpec(
          .label, .expression(.printed),
          "What stands below it. Where not all have room those of highlighted bars, of bars that show their value, of the last and of the "
            + "first come before those that are left, of which some are left out evenly, with the warning chart-labels-dropped."),
        AttributeSpec(.valueLabel, .expression(.printed), "What stands above it; the value by default, of stacked bars their sum."),
        AttributeSpec(
          .beside, .expression(.quantity),
          "A second value beside the first, such as that of the same month a year before. Its bar stands before the other and is outlined "
            + "only; in a line chart it is a thin dashed line. Not for stacked bars."),
        AttributeSpec(.besideLabel, .expression(.printed), "What stands above the second value; the value itself by default."),
        AttributeSpec(
          .names, .text,
          "What the series are called: the name of the values, then a | and that of 'beside'; for stacked bars one for each part, from the "
            + "line outwards. The values' name stands over their last bar, that of 'beside' over its first, with a fine line down to the bar; "
            + "in line charts and of stacked bars behind the last mark."),
        AttributeSpec(.highlight, .expression(.condition), "Where true the bar has the highlight colour."),
        AttributeSpec(.mark, .expression(.condition), "Where true the bar is hatched: estimated."),
        AttributeSpec(.markSign, .text, "What stands below the label of bars that are hatched, such as E."),
        AttributeSpec(.describe, .text, required: true, "What a reader who cannot see it is told."),
        AttributeSpec(
          .describeItem, .text,
          "What such a reader is told of each bar, behind 'describe', with its variables: \"{u.label}: {u.value | number} kWh.\" It needs a 'describe-gap'."
        ),
        AttributeSpec(.describeMarked, .text, "The same of a bar that is hatched."),
        AttributeSpec(.describeGap, .text, "The same of a bar without a value."),
        AttributeSpec(.color, .color, "The bars' colour."),
        AttributeSpec(.highlightColor, .color, "The colour of highlighted bars."),
        AttributeSpec(.labelStyle, .style, "The style of the labels."),
        AttributeSpec(.valueStyle, .style, "The style of the values."),
        AttributeSpec(
          .values, .severalWords(ShownValues.self),
          "Which bars show their values: several words; highlighted ones by default. 'year-before' is the bar twelve before the last. A value "
            + "that would touch another or a bar is moved aside or up; where that does not help, the one named later in this list is left out, "
            + "with the warning chart-labels-dropped: highlight, last, year-before, first, peak, lowest, all."),
        AttributeSpec(.outline, .line, "A line round every bar, so that light bars are seen on paper: 3:1 against it at least."),
        AttributeSpec(
          .gridlines, .integer(0...10), "How many lines to read heights by; with 'scale' so many at most, three where nothing is written."),
        AttributeSpec(.scale, .flag, "Whether the lines stand at round values (steps of 1, 2 or 5) and say them at the start edge."),
        AttributeSpec(.unit, .text, "What stands behind the topmost number of the scale."),
      ],
      example: .init(
        "<chart kind=\"bars\" each=\"u, i in usage\" value=\"u.value\" label=\"u.label\" highlight=\"i eq 2\" height=\"20mm\" "
          + "outline=\"0.75pt black\" values=\"first last\" describe=\"Usage by month.\" describe-item=\"{u.label}: {u.value} kWh.\" describe-gap=\"{u.label}: not read.\"/>"
      ),
      "Bars or a line over a list of the record."),
    ElementSpec(
      .barcode, .empty,
      block + [
        AttributeSpec(.kind, .words(BarcodeKind.self), required: true, "The code."),
        AttributeSpec(
          .value, .text, "What it says; for epc and nbs-ips it is made of the payment attributes instead, for imb it may be of its fields."),
        AttributeSpec(
          .width, .length([.auto, .share, .fraction]),
          "The width of a linear code without its quiet zone. In a row leave it out, or put the code into a column: the track needs room for the "
            + "quiet zone, too."),
        AttributeSpec(.size, .length([]), "Width and height of a square code, without its quiet zone."),
        AttributeSpec(.quiet, .length([]), "The white space round it; by default what its standard asks."),
        AttributeSpec(.level, .words(ErrorCorrection.self), "How much damage a QR code survives; M by default."),
        AttributeSpec(.color, .color, "The colour of the dark parts; black by default."),
        AttributeSpec(.iban, .text, "Payment codes: the payee's account."),
        AttributeSpec(.bic, .text, "Payment codes: the payee's bank."),
        AttributeSpec(.payee, .text, "Payment codes: the payee's name."),
        AttributeSpec(.amount, .text, "Payment codes: an amount, or a plain decimal; the bill's amount due by default."),
        AttributeSpec(.currency, .text, "Payment codes: the currency; the bill's by default."),
        AttributeSpec(.reference, .text, "Payment codes: the reference to be quoted."),
        AttributeSpec(.purpose, .text, "Payment codes: the purpose code."),
        AttributeSpec(.remittance, .text, "Payment codes: words for the payee."),
        AttributeSpec(.barcodeID, .text, "Intelligent Mail (imb): the barcode identifier, two digits, the second 0 to 4; 00 by default."),
        AttributeSpec(.serviceType, .text, "Intelligent Mail: the service type identifier, three digits."),
        AttributeSpec(.mailerID, .text, "Intelligent Mail: the mailer identifier, six digits, or nine that begin with 9."),
        AttributeSpec(
          .serial, .text,
          "Intelligent Mail: the piece's serial number, nine digits behind a mailer identifier of six, six behind one of nine: such as "
            + "{invoice | digits(9)}, the same whenever the bill is made."),
        AttributeSpec(.routing, .text, "Intelligent Mail: the delivery point's ZIP code of 5, 9 or 11 digits, or nothing."),
      ],
      example: .init("<barcode kind=\"qr\" value=\"{account}\" size=\"20mm\" describe=\"The account number as a code\"/>"),
      "A machine-readable code. It is never squeezed: where its room is too narrow, the bill is refused."),
    ElementSpec(
      .coupon, .blocks, placement: .inFlow,
      block + [
        AttributeSpec(.at, .words(CouponEdge.self), "At the foot of the page, the only place there is."),
        AttributeSpec(.page, .words(CouponPage.self), "Which page it stands on; the last by default."),
        AttributeSpec(
          .footer, .words(CouponFooter.self),
          "Where the page's footer stands: above the coupon (the default), or below it at the foot of the page."),
        AttributeSpec(
          .perforation, .perforation,
          "The line along its upper edge where it is torn off: a thickness, then in any order 'solid', 'dashed' (the default) or 'dotted', a "
            + "colour (black), and 'sheet' (the default) or 'text' for how far it reaches. 'none' is for paper that is perforated already. "
            + "3 mm on each side of the line stay clear: the body or the footer ends above them, the coupon's blocks begin below them."),
        AttributeSpec(
          .edge, .length([]),
          "How far its upper edge stands above the lower edge of the sheet, on every bill; its blocks have the room from there down to the "
            + "margin, or to a footer below it. Without, it is as high as its blocks, or as its height says."),
        zone, gap, padding,
      ],
      example: .init(
        """
        <coupon at="page-end" perforation="0.5pt dashed"><row gap="6mm"><column width="1fr"><text weight="bold">Aspen Water</text>\
        <text>PO Box 42</text><text>Salem OR 97301</text></column><column width="54mm"><text tabs="end">Account<tab/>{account}</text>\
        <text if="due" tabs="end">Due<tab/>{due | date('long')}</text><text tabs="end">Amount due<tab/><b>{totals.due | money}</b></text>\
        </column></row><space height="4mm"/><text if="totals.due gt 0" font="OCR B">\
        {account | scan-part(12) | scan-line(totals.due | scan-part(10), check: 'luhn', separator: ' ')}</text></coupon>
        """, sheet: 60),
      "Blocks at the foot of a page that are torn off and sent back; never broken. It stands at the foot of the page, inside its margins, "
        + "and is read after the body. Blocks that take what is left over ('1fr' of height) push what follows to its foot."),
    ElementSpec(
      .keep, .blocks,
      block + [
        gap, AttributeSpec(.with, .words(KeepReach.self), "Keep the blocks together (the default), or also with what follows."),
      ],
      example: .init("<keep><text weight=\"bold\">{customer.name}</text><text>{account}</text></keep>"),
      "Blocks that are not to be parted by a page break."),
    ElementSpec(
      .pageBreak, .empty, placement: .inFlow,
      [
        condition, loop, AttributeSpec(.to, .words(PageBreakTarget.self), "To the next page (the default), or to the next right-hand one."),
      ],
      "Ends the page."),
    ElementSpec(
      .alternatives, .blocks,
      block + [
        AttributeSpec(
          .when, .words(AlternativesChoice.self),
          "What decides: the room there is (the default), or fit-sheet: then the first stands, and the last on bills that the step 'alternatives' "
            + "of the root's fit-sheet makes smaller.")
      ],
      example: .init("<alternatives><text>{customer.name}, {account}</text><text>{account}</text></alternatives>"),
      """
      Of its children the first that fits, or with when="fit-sheet" the first until the bill is to be set smaller. One with a code whose standard \
      does not allow what the bill says (no IBAN, another currency) is none of them, where another is left.
      """),
    part,
  ]
}
