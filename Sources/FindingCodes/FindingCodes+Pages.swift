extension FindingCodes {
  /// What laying out, inspecting and painting a bill can find.
  static let pages: [FindingCode] = [
    FindingCode("alternative-taken", .page, .warning, "Another of an element's alternatives than the first was set.", "Nothing."),
    FindingCode(
      "anchor-missing", .page, .warning,
      "Words point to a block that stands on no page of the bill: an en dash stands for its page, and a link leads nowhere. So do those that point "
        + "to terms or a notice on a bill that carries only the other of the two.",
      "Put the condition of the block round what points to it, too; for terms `campaign and campaign.terms.place eq 'bill'`, for a notice "
        + "`campaign.notice`."),
    FindingCode(
      "barcode-failed", .page, .reject, "A code could not be made.",
      "Report it with the record; it is a fault of the program or its library."),
    FindingCode(
      "barcode-invalid", .page, .reject, "A value cannot stand in that kind of code: wrong characters, form or check digits.",
      "Correct the value, or show the code only where it is there (`if`)."),
    FindingCode(
      "barcode-too-long", .page, .reject, "A value is longer than that kind of code holds.",
      "Shorten it, or choose a lower `level` or another kind."),
    FindingCode(
      "box-grown", .page, .warning, "A block with fit=\"grow\" became larger than its stated size.",
      "Nothing; give it more room where it looks wrong."),
    FindingCode(
      "chart-crowded", .page, .warning, "A chart has more marks than its width can show apart: its bars are less than 1 pt wide.",
      "Make the chart wider, or show fewer marks, such as `usage | tail(24)`."),
    FindingCode(
      "chart-labels-dropped", .page, .warning,
      "A chart has no room for all its labels, values or names; some were left out so that none touch.",
      "Make labels shorter or the chart wider, or show fewer marks."),
    FindingCode(
      "compatibility-form", .page, .warning,
      "No font has a character, and its plain form (Unicode's NFKC) was printed, such as A for a full-width A.",
      "Nothing where it reads well; else add a font that has it, with '--fonts'."),
    FindingCode(
      "cells-covered", .page, .reject, "A row of a table has more cells than the cells over several rows above it leave columns for.",
      "Leave out the cells of covered columns, or give the cell above fewer `rows`."),
    FindingCode(
      "content-too-high", .page, .reject, "Something that cannot be broken is higher than a page's room.",
      "Let it break, make it lower, or give it fit=\"shrink\"."),
    FindingCode(
      "content-too-wide", .page, .reject, "Something is wider than its room and cannot be broken.",
      "Give it more room, or fit=\"shrink\" with a min-size."),
    FindingCode("division-by-zero", .page, .reject, "An expression divides by zero.", "Ask first: if=\"quantity gt 0\"."),
    FindingCode(
      "does-not-fit", .page, .reject, "Text does not fit its place, not even at its least size.",
      "Give the place more room, a lower min-size or fit=\"grow\"."),
    FindingCode(
      "email-attribute", .page, .reject, "A value in an attribute of an e-mail holds what could end the attribute's meaning.",
      "Only letters, digits, spaces and # % . , - go into styles, colours and sizes: look at the record's field."),
    FindingCode(
      "email-clipped", .page, .warning, "An e-mail's HTML has more than 100 kB: readers hide the rest behind a link.",
      "Repeat less in its template, and keep styles short."),
    FindingCode(
      "email-forms-differ", .page, .warning, "HTML and plain text of an e-mail do not say the same days, addresses and phone numbers.",
      "Say in both templates what one of them says."),
    FindingCode(
      "email-link", .page, .reject, "A link of an e-mail would lead to no address that begins with https, mailto or tel.",
      "Look at the record's field, or at the address in the campaign's words."),
    FindingCode(
      "email-too-large", .page, .reject, "An e-mail would have more than 1 MiB.",
      "Look at what its template repeats for each element of a list."),
    FindingCode(
      "figure-far", .page, .warning,
      "A figure of a table stands more than 60 mm from the words before it in its row, and no rule or filled row within five rows leads the eye.",
      "Write rules=\"every-5 0.5pt\" in the `table`, or make it narrower. It is told once of each table."),
    FindingCode(
      "disclosure-missing", .page, .reject,
      "A point that the campaign maps is not said, word for word, in the notice or the terms of the bill.",
      "Correct the words of notice or terms, or the phrase in `disclosures`; where the layout leaves them out, show the slot or give room."),
    FindingCode(
      "format-not-offered", .page, .warning, "The customer asked for a format the layout does not have; the bill is set as standard.",
      "Write formats=\"standard large-print\" in `bill` and a variant for it."),
    FindingCode(
      "keep-paper-faint", .page, .warning, "What the notice says on keeping paper is smaller or paler than most of its text.",
      "Set the slot `keep-paper` in the size and ink of the notice's body."),
    FindingCode("keep-broken", .page, .warning, "What was to stay together is higher than a page and was broken.", "Keep less together."),
    FindingCode(
      "leaflet-failed", .page, .reject, "The leaflet with the terms, which the bill promises, cannot be made; the message says why.",
      "Mend 'terms.xml' or the terms: no bill goes without what it says is enclosed."),
    FindingCode(
      "list-too-long", .page, .reject, "A list has more elements than a layout can go through.", "Leave such bills out, or split them."),
    FindingCode(
      "missing-glyph", .page, .reject, acceptable: true, "No font has a character of the bill.",
      "Add a font for its script with '--fonts', as `Fonts/README.md` says. With '--accept' a box is printed in its place."),
    FindingCode(
      "notice-not-prominent", .page, .reject,
      "The notice is too small, too pale, too late, or its heading or smallest type too small for the campaign; or notice or terms are on no page.",
      "Change the layout as the message says, or the campaign's `prominence`."),
    FindingCode("number-overflow", .page, .reject, "A figure goes beyond 18 digits.", "Look at the record's figures."),
    FindingCode(
      "painting-failed", .page, .reject, "The pages could not be drawn.", "Report it with the record; it is a fault of the program."),
    FindingCode(
      "paragraph-too-long", .page, .reject, "A paragraph has more text than a page could show: more than 100,000 bytes.",
      "Make several paragraphs of it, such as one for each element of a list."),
    FindingCode(
      "picture-too-high", .page, .warning,
      "A picture among words is higher than its line, and the text stands on a baseline grid: the line below it stays empty.",
      "Make the picture lower, or write baseline=\"no\" on its block."),
    FindingCode(
      "postcard-sides", .page, .reject, "A postcard has more or fewer pages than the two sides of a card.",
      "Shorten its words, or set them smaller; `page-break` begins the other side."),
    FindingCode(
      "scan-line", .page, .reject, "A value does not go into its part of a scan line: too long, negative, or with other characters.",
      "Give the part more room, or leave the line away on such bills."),
    FindingCode(
      "tab-passed", .page, .warning, "Words reach beyond their tab stop, so that what follows does not stand at it.",
      "Move the stop, shorten the words, or use a `row`."),
    FindingCode(
      "text-cut", .page, .warning, "Content of a place did not fit and is shown in part, an ellipsis at each cut.",
      "Give the place more room."),
    FindingCode(
      "text-shrunk", .page, .warning, "A text was set smaller to fit its place.", "Nothing; give it more room where it happens often."),
    FindingCode(
      "too-many-pages", .page, .reject, "The bill has more pages than the layout's `page-limit`.", "Raise the limit, or look at the record."
    ),
    FindingCode("too-many-steps", .page, .reject, "The loops of the layout take too many steps on this bill.", "Nest fewer loops."),
    FindingCode(
      "word-broken", .page, .reject, or: .warning, acceptable: true,
      "Something without a place to break is wider than its room and was broken in the middle: a reject in amounts, dates, codes and "
        + "identifiers, a warning in words.",
      "Make its column or block wider, or its type smaller."),
    FindingCode(
      "zone-notice", .page, .reject,
      "The notice, a code or the customer's address stands in a zone of the sheet that it does not belong to, or cannot be seen in the window it "
        + "belongs to, in some position of the sheet.",
      "Move it by the millimetres the message says, or the zone if the envelope is another."),
    FindingCode(
      "zone-text", .page, .warning, or: .reject,
      "Text, a picture or a rule stands in a zone of the sheet that it does not belong to; a reject where the zone says so.",
      "Move it by the millimetres the message says, or name the zone in `zone` of its place or coupon."),
  ]
}
