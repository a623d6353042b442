extension FindingCodes {
  /// What can be wrong with a record before it is laid out.
  static let records: [FindingCode] = [
    FindingCode(
      "archive-damaged", .record, .reject,
      "A ZIP archive, or an entry of it, or a gzip file cannot be unpacked: it is cut off, encrypted or damaged; the message says what and where.",
      "Make the archive anew without a password."),
    FindingCode(
      "archive-entry-name", .record, .reject, "An entry of an archive has a name that is no relative path.",
      "Make the archive from inside the folder, without absolute paths and '..'."),
    FindingCode(
      "archive-limit", .record, .reject, "An archive, or what it unpacks to, is larger than allowed.",
      "Pass the files themselves, or several smaller archives."),
    FindingCode("bad-date", .record, .reject, "A date is not of the form YYYY-MM-DD, or there is no such day.", "Correct the date."),
    FindingCode("bad-language", .record, .reject, "The language is no tag of BCP 47 such as 'en-US'.", "Correct the tag."),
    FindingCode(
      "bad-number", .record, .reject, "A number is not digits with an optional minus and decimals.",
      "Write numbers such as \"-1234.50\": no exponent, no grouping."),
    FindingCode(
      "blank-text", .record, .reject,
      "A name, a number of identity or the whole address holds nothing but white space and characters without width.",
      "Fill it in where it comes from; the message names the field."),
    FindingCode(
      "consent-source", .record, .warning,
      "A consent comes from a source that makes none where the customer lives, such as the telephone; the customer counts as before it.",
      "Have the customer confirm by web or e-mail."),
    FindingCode(
      "control-character", .record, .reject, "An account or invoice number holds a control character.",
      "Correct the number where it comes from."),
    FindingCode(
      "control-characters-removed", .record, .warning, "Control characters or direction overrides were taken out of a text.",
      "Look where they come from; the bill is complete without them."),
    FindingCode(
      "credit-negative", .record, .warning, "A credit note's amount due is negative, or its words and its sign disagree.",
      "Ask its sender; the words follow the sign of what is due."),
    FindingCode(
      "crashed", .record, .reject,
      "The process that laid the record out, or read its file or an archive's entry, ended, twice: by itself, or killed from outside; the "
        + "message says all that is known.",
      "Give the same command again: it tries once more. If it ended by itself, report the record or the file; if it was killed, look who "
        + "does, or give the machine more memory or fewer '--jobs'."),
    FindingCode(
      "currency-mismatch", .record, .reject, "An e-invoice states amounts in a currency other than its own.",
      "Ask its sender: amounts of a bill are in one currency."),
    FindingCode(
      "defect", .record, .reject, "The program made something of the record that cannot be right.",
      "Report the record; it is a fault of the program."),
    FindingCode(
      "duplicate", .record, .reject, "An earlier record has the same account, invoice and series, and says the same.",
      "Look whether the data were put together twice."
    ),
    FindingCode(
      "duplicate-differs", .record, .reject, acceptable: true,
      "An earlier record has the same account, invoice and series, and says something else.",
      "Find out which is right, and leave the other out. With '--accept' all of them are made."),
    FindingCode("duplicate-key", .record, .reject, "A key stands twice in one object.", "Take one of them out."),
    FindingCode(
      "email-address", .record, .reject,
      "The customer is to get an e-mail, and the record has no address, or what is none; the bill is made.",
      "Correct `customer.email`, or leave such customers out with a rule of the e-mail: `when: \"(customer.email | default('')) eq ''\"`."),
    FindingCode(
      "encoding-differs", .record, .warning,
      "An XML file has bytes that are no letters of the encoding it says; it is read as the page of Windows that is like it, as browsers do.",
      "Look at the letters on the page, and ask its sender to declare what is written, best UTF-8."),
    FindingCode(
      "invalid-utf8", .record, .reject, "The bytes are not UTF-8, or not in the encoding that an XML file says.",
      "Write the data as UTF-8; Latin-1 and Windows-1252 are the usual suspects."),
    FindingCode(
      "invoice-negative", .record, .warning, "An invoice's amount due is negative.",
      "Ask its sender; the words follow the sign of what is due."),
    FindingCode(
      "language-not-offered", .record, .reject,
      "The layout has no strings in the bill's language, or the campaign no words for its notice.",
      "Add the language, correct the tag, or print all bills in one with '--language'."),
    FindingCode(
      "language-region", .record, .warning, "The bill's language is offered for another region only, which is used.",
      "Nothing, or add strings for the region."),
    FindingCode(
      "line-arithmetic", .record, .warning, or: .reject, "Quantity times price is not the line's amount, by more than one minor unit.",
      "Nothing, where tiers or proration explain it. '--strict-lines' makes it a reject."),
    FindingCode(
      "line-parent", .record, .warning, "A line of an e-invoice names a line it belongs to that is not there, or belongs to itself.",
      "Nothing, where it may stand by itself; else correct the data."),
    FindingCode(
      "malformed-json", .record, .reject, "The line is not JSON (RFC 8259), or holds more than one value.",
      "Write one object a line: no NaN, no comments, no line breaks inside."),
    FindingCode(
      "missing-field", .record, .reject, "A required field is not there, or is null.", "See the record's page for what is required."),
    FindingCode("missing-term", .record, .warning, "An e-invoice lacks a term that its profile requires.", "Ask its sender."),
    FindingCode(
      "no-consent", .record, .reject, acceptable: true,
      "The bill is to be delivered electronically, and the customer's consent, which must come before, is not there.",
      "Send the bill on paper, or record the consent. With '--accept' it is printed."),
    FindingCode(
      "no-consent-printed", .record, .warning,
      "A bill that was to be delivered electronically is printed, since '--accept no-consent' was given.",
      "Record the consent, or bill on paper."),
    FindingCode(
      "no-invoice-in-pdf", .record, .reject, "A PDF holds no e-invoice as an attachment.",
      "Pass only hybrid invoices (Factur-X, ZUGFeRD), or the XML beside the PDF."),
    FindingCode(
      "not-an-e-invoice", .record, .reject, "A file holds no invoice after EN 16931: it is empty, or something else.",
      "Pass UBL or CII invoices and credit notes; the message names what was found."),
    FindingCode(
      "not-shown", .record, .warning, "An e-invoice says something that the layout does not show.",
      "Use a layout that does, such as 'e-invoice'."),
    FindingCode(
      "out-of-memory", .record, .reject, "Laying the record out, or reading a file or an archive's entry, took too much memory, twice.",
      "Give the same command again: it tries once more. Else look at the size, or raise '--worker-memory'."),
    FindingCode(
      "paper-by-law", .record, .warning,
      "A bill of a kind that the law keeps on paper where the customer lives is printed instead of being delivered electronically.",
      "Nothing; it is printed and released with the others."),
    FindingCode(
      "out-of-range", .record, .reject, "A value is longer, shorter or has more entries than the record allows.",
      "See the record's page for the bounds."),
    FindingCode(
      "replacement-character", .record, .warning, "A text holds U+FFFD, which stands where a character was lost.",
      "Look where the data were converted; the bill prints the sign as it is."),
    FindingCode(
      "sum-differs", .record, .warning, "Figures of an e-invoice differ by no more than EN 16931 tolerates, one minor unit a line.",
      "Nothing; they are printed as given."),
    FindingCode(
      "sum-mismatch", .record, .reject, acceptable: true, "Figures do not add up; the message has both.",
      "Correct the data. With '--accept' the figures are printed as they are given."),
    FindingCode(
      "tax-arithmetic", .record, .warning, or: .reject, "Base times rate is not the tax, by more than one minor unit.",
      "Nothing, where rounding by line explains it. '--strict-lines' makes it a reject."),
    FindingCode(
      "timed-out", .record, .reject, "Laying the record out, or reading a file or an archive's entry, took too long, twice.",
      "Give the same command again: it tries once more. Else look at the size, or raise '--record-seconds'."),
    FindingCode("too-deep", .record, .reject, "Objects and lists nest deeper than allowed.", "Look what wrote the data."),
    FindingCode(
      "too-long", .record, .reject, "The record, or a text of it, is longer than allowed.", "See the record's page for the bounds."),
    FindingCode(
      "too-many-decimals", .record, .reject, "An amount has more decimals than its currency.",
      "Round it where it comes from; prices may have more."),
    FindingCode("too-many-marks", .record, .reject, "A character has more combining marks than can be printed.", "Correct the text."),
    FindingCode("too-many-values", .record, .reject, "'extra' holds more values than allowed.", "Leave out what no layout shows."),
    FindingCode("unknown-currency", .record, .reject, "The currency is no code of ISO 4217.", "Correct the code."),
    FindingCode("unknown-key", .record, .reject, "A key is none of the record's.", "Correct it, or put what is your own below 'extra'."),
    FindingCode("unknown-value", .record, .reject, "A word is none of those the field takes.", "Use one of those the message names."),
    FindingCode("unknown-version", .record, .reject, "The record has another version than 1.", "Write \"v\": 1."),
    FindingCode("wrong-type", .record, .reject, "A value is of another type than the field takes.", "See the record's page."),
    FindingCode(
      "xml-doctype", .record, .reject, "An e-invoice has a document type declaration, which is refused.", "Have it made without one."),
    FindingCode("xml-malformed", .record, .reject, "An e-invoice is not well-formed XML.", "Ask its sender for a whole file."),
  ]
}
