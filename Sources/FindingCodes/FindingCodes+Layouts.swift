extension FindingCodes {
  /// What can be wrong with a layout's files.
  static let layouts: [FindingCode] = [
    // Files
    FindingCode("control-character", .layout, .error, "A file holds a control character.", "Take it out."),
    FindingCode(
      "file-not-found", .layout, .error, "A file the layout names is not there.", "Look at the path; it is relative to the layout's folder."
    ),
    FindingCode("file-outside-layout", .layout, .error, "A path leads out of the layout's folder.", "Copy the file into the folder."),
    FindingCode("file-too-large", .layout, .error, "A file is larger than allowed.", "Split it, or make the picture smaller."),
    FindingCode("file-unreadable", .layout, .error, "A file cannot be read.", "Look at its permissions."),
    FindingCode(
      "invalid-path", .layout, .error, "A path is empty, absolute, or holds '..' or a backslash.",
      "Write it relative to the layout's folder."),
    FindingCode("invalid-utf8", .layout, .error, "A file is not UTF-8.", "Save it as UTF-8."),
    // XML
    FindingCode(
      "content-outside-root", .layout, .error, "Something stands before or behind the outermost element.", "Put it inside, or take it out."),
    FindingCode("duplicate-attribute", .layout, .error, "An attribute stands twice in one element.", "Take one of them out."),
    FindingCode(
      "foreign-namespace", .layout, .error, "An element or attribute is of another namespace.", "Only urn:billfold:layout:1 is read."),
    FindingCode(
      "invalid-reference", .layout, .error, "A character reference names no character that can stand in XML.",
      "Correct the number, or write the character itself."),
    FindingCode("malformed-attribute", .layout, .error, "An attribute is not name=\"value\".", "Add the quotes or the equals sign."),
    FindingCode(
      "malformed-tag", .layout, .error, "A tag has no name, or holds what cannot stand in one.", "Write `&lt;` for the sign itself."),
    FindingCode("mismatched-end-tag", .layout, .error, "An end tag closes another element than is open.", "Close the inner element first."),
    FindingCode("missing-namespace", .layout, .error, "The outermost element has no namespace.", "Add xmlns=\"urn:billfold:layout:1\"."),
    FindingCode("no-root-element", .layout, .error, "The file holds no element.", "Begin with `bill`, or `partial`."),
    FindingCode("stray-end-tag", .layout, .error, "An end tag closes nothing.", "Take it out."),
    FindingCode("stray-less-than", .layout, .error, "A '<' begins no tag.", "Write `&lt;`, or `lt` in an expression."),
    FindingCode("unclosed-comment", .layout, .error, "A comment is not closed.", "Close it with `-->`."),
    FindingCode("unclosed-element", .layout, .error, "An element is not closed.", "Add its end tag."),
    FindingCode("unclosed-quote", .layout, .error, "An attribute's quote is not closed.", "Close it."),
    FindingCode("unclosed-tag", .layout, .error, "A tag is not closed.", "Add the `>`."),
    FindingCode("unknown-entity", .layout, .error, "An entity is none of the five of XML.", "Write the character itself."),
    FindingCode("xml-declaration", .layout, .error, "The XML declaration is not one of version 1.0 and UTF-8.", "Leave it out."),
    FindingCode("xml-doctype", .layout, .error, "The file has a document type declaration.", "Leave it out."),
    FindingCode("xml-instruction", .layout, .error, "The file has a processing instruction.", "Leave it out."),
    // Elements and attributes
    FindingCode("conflicting-attributes", .layout, .error, "Two attributes exclude each other.", "Take one of them out."),
    FindingCode("duplicate-element", .layout, .error, "An element that stands once stands twice.", "Take one of them out."),
    FindingCode("misplaced-element", .layout, .error, "An element cannot stand there.", "Its page says where it stands."),
    FindingCode("misplaced-else", .layout, .error, "An `else` does not follow its `if`.", "Put it right behind."),
    FindingCode("misplaced-text", .layout, .error, "Words cannot stand there.", "Put them in `text`."),
    FindingCode("missing-attribute", .layout, .error, "An attribute that is needed is not there.", "Add it."),
    FindingCode("missing-element", .layout, .error, "An element that is needed is not there.", "Add it."),
    FindingCode("mixed-cell", .layout, .error, "A cell holds blocks beside words.", "Put the words in `text`."),
    FindingCode(
      "too-deep", .layout, .error, "Elements, or parts of an expression, nest deeper than allowed.", "Write it flatter, or in partials."),
    FindingCode("too-many-attributes", .layout, .error, "An element has more attributes than allowed.", "Take some out."),
    FindingCode(
      "too-many-declarations", .layout, .error, "There are more styles, colours, fields, pages or languages than allowed.", "Take some out."
    ),
    FindingCode(
      "too-many-elements", .layout, .error, "There are more elements than allowed, includes counted where they are put in.",
      "Use `each` for what repeats."),
    FindingCode(
      "unknown-attribute", .layout, .error, "The element has no such attribute.",
      "The message names the nearest, or what HTML and CSS call it."),
    FindingCode("unknown-element", .layout, .error, "There is no such element there.", "The message names the nearest."),
    FindingCode("wrong-root", .layout, .error, "The outermost element is not `bill`, or in an included file `partial`.", "Begin with it."),
    // Values
    FindingCode("wrong-color", .layout, .error, "A value is no colour.", "Write '#RRGGBB' or the name of a colour."),
    FindingCode("wrong-keyword", .layout, .error, "A word is none of those the attribute takes.", "Use one of those the message names."),
    FindingCode("wrong-length", .layout, .error, "A value is no length that can stand there.", "Write a number with pt, mm, cm or in."),
    FindingCode(
      "wrong-name", .layout, .error, "A name has characters it cannot have.", "Use letters, digits, '_' and '-', a letter first."),
    FindingCode("wrong-number", .layout, .error, "A value is no number within the bounds.", "The message has the bounds."),
    FindingCode("wrong-value", .layout, .error, "A value is not of the form the attribute takes.", "The message shows the form."),
    // Names
    FindingCode("color-cycle", .layout, .error, "Colours are tints of each other in a circle.", "Give one of them a value."),
    FindingCode("duplicate-name", .layout, .error, "Two things of a kind have one name.", "Rename one."),
    FindingCode("invalid-field", .layout, .error, "A field's declaration is at odds with itself or with another.", "The message says how."),
    FindingCode(
      "changes-nothing", .layout, .error, "A variant changes something that the layout or that edition does not have.",
      "Give the page, place, zone, table, column, block or part that `name`, or correct it in the variant."),
    FindingCode("invalid-page", .layout, .error, "The pages are no sensible set.", "Name one of them `first` or `next`."),
    FindingCode(
      "postal-size", .layout, .warning, "The post whose profile a postcard goes by takes no card of that size.",
      "Change `paper`: the first length is the one along the lines of the address."),
    FindingCode("style-cycle", .layout, .error, "Styles are the base of each other in a circle.", "Take one `base` out."),
    FindingCode("unknown-color", .layout, .error, "No colour has that name.", "Declare it with `color`."),
    FindingCode("unknown-format", .layout, .error, "The layout does not offer that format.", "Name it in `formats` of `bill`."),
    FindingCode("unknown-language", .layout, .error, "The layout has no strings in that language.", "Add 'strings/LANG.yaml'."),
    FindingCode(
      "unknown-post", .layout, .error, "No profile of a post has that name, or it has no area of that name.",
      "The message names those there are."),
    FindingCode(
      "unknown-zone", .layout, .error, "No page has a zone of that name, in any edition.", "Declare it with `zone` in its `page`."),
    FindingCode("unknown-style", .layout, .error, "No style has that name.", "Declare it with `style`."),
    // Expressions
    FindingCode("braces-in-expression", .layout, .error, "Braces stand in an attribute that is an expression already.", "Take them out."),
    FindingCode("empty-expression", .layout, .error, "Braces hold nothing.", "Write '{{' for a brace."),
    FindingCode("expression-syntax", .layout, .error, "An expression cannot be read.", "The caret stands where it goes wrong."),
    FindingCode("expression-too-long", .layout, .error, "An expression is longer, or has more parts, than allowed.", "Split it."),
    FindingCode(
      "filter-argument", .layout, .error, "A filter is missing an argument, or has one it does not take.", "See the filter's page."),
    FindingCode("filter-input", .layout, .error, "A filter cannot be used on a value of that type.", "See the filter's page."),
    FindingCode("late-value", .layout, .error, "A page number is compared or counted with; it is known only at the end.", "Only print it."),
    FindingCode("needless-default", .layout, .warning, "A `default` stands behind a value that is always there.", "Take it out."),
    FindingCode("not-printable", .layout, .error, "A list, record or flag cannot be printed.", "Name a field of it, or count it."),
    FindingCode(
      "optional-value", .layout, .error, "A value that may be missing stands where it must be there.",
      "Use `default`, or ask with `if` first."),
    FindingCode(
      "unknown-anchor", .layout, .error, "Something points to a block that none is named like.",
      "Give the block that `anchor`, or write the name of one that is there."),
    FindingCode("shadowed-name", .layout, .warning, "A name hides another.", "Rename it."),
    FindingCode(
      "sum-not-here", .layout, .error, "A sum stands where no rows are summed.",
      "Sums stand in `brought`, `carried`, `footer` and subtotal rows."),
    FindingCode("unclosed-brace", .layout, .error, "A brace is not closed.", "Close it, or write '{{' for a brace."),
    FindingCode(
      "unknown-field", .layout, .error, "A record has no such field.", "See the fields' page; below `extra` declare it with `field`."),
    FindingCode("unknown-filter", .layout, .error, "There is no such filter.", "See the filters' page."),
    FindingCode("unknown-name", .layout, .error, "Nothing has that name here.", "See the fields' page."),
    FindingCode("unknown-sum", .layout, .error, "No column of that name has a sum.", "Give the column a `name` and a `sum`."),
    FindingCode("unrounded-division", .layout, .error, "A division has no `round` behind it.", "Write `(a / b) | round(2)`."),
    FindingCode(
      "withheld-field", .layout, .error, "A leaflet shows something of a bill's record, or that differs from bill to bill.",
      "Take it out: one leaflet serves all customers of a language and format."),
    FindingCode("wrong-type", .layout, .error, "A value is of another type than can stand there.", "The message has both."),
    // Strings
    FindingCode("duplicate-key", .layout, .error, "A key stands twice in a file of strings or codes.", "Take one of them out."),
    FindingCode(
      "invalid-language-tag", .layout, .error, "A file of strings is not named by a language tag, or words of a code have none.",
      "Name it 'en-US.yaml' and the like."),
    FindingCode("missing-string", .layout, .error, "A language lacks a string that is used.", "Add it to that language's file."),
    FindingCode("no-languages", .layout, .error, "The layout has no strings.", "Make 'strings/en-US.yaml'."),
    FindingCode(
      "string-argument", .layout, .error, "A string is used without an argument it needs, or with one of the wrong type.",
      "Give it: <t key=\"k\" n=\"{…}\"/>."),
    FindingCode(
      "string-argument-unused", .layout, .warning, "A string has no use for an argument.", "Take it out, or use it in the string."),
    FindingCode(
      "string-syntax", .layout, .error, "A string's braces, plurals or choices cannot be read.", "The caret stands where it goes wrong."),
    FindingCode("strings-form", .layout, .error, "A file of strings is no mapping from keys to texts.", "Write `key: text`."),
    FindingCode("unknown-string", .layout, .error, "No language has a string of that key.", "Add it to the files of `strings/`."),
    FindingCode("unused-string", .layout, .warning, "The layout never uses a string.", "Take it out."),
    FindingCode("yaml-alias", .layout, .error, "A file of strings or codes uses an anchor, alias or tag.", "Write the text out."),
    FindingCode(
      "yaml-syntax", .layout, .error, "A file of strings or codes is not YAML.", "Look at quotes and indentation where the caret stands."),
    FindingCode("yaml-tag", .layout, .error, "A file of codes uses a tag.", "Write the text itself."),
    // Codes
    FindingCode(
      "code-list-form", .layout, .error, "A file of codes does not say what it must, or says it in another form.",
      "It has `list`, `source`, `version` and `codes`."),
    FindingCode(
      "duplicate-code", .layout, .error, "A code stands twice in a list; the case of letters does not tell codes apart.",
      "Take one of them out."),
    FindingCode(
      "missing-words", .layout, .error, "A code has no words in a language of the layout.", "Add them, or name a `fallback` for the list."),
    FindingCode("unknown-code-list", .layout, .error, "The layout has no list of codes of that name.", "Add 'codes/NAME.yaml'."),
    // Includes and tables
    FindingCode("include-cycle", .layout, .error, "Partials include each other in a circle.", "Take one `include` out."),
    FindingCode("include-too-deep", .layout, .error, "Includes nest deeper than allowed.", "Include flatter."),
    FindingCode("missing-parameter", .layout, .error, "An `include` lacks a parameter of its partial.", "Give it, or make it optional."),
    FindingCode("table-without-columns", .layout, .error, "A table has no `column`.", "Declare its columns first."),
    FindingCode("too-many-cells", .layout, .error, "A row has more cells than the table has columns.", "Take some out, or add columns."),
    FindingCode("unknown-parameter", .layout, .error, "A partial has no such parameter.", "Declare it with `param`."),
    // Notice and terms
    FindingCode(
      "missing-slot", .layout, .error, "The notice, or a form of an e-mail, lacks a slot that it must have.",
      "Add `<slot name=\"…\"/>`, or `opt-in-qr`."),
    FindingCode(
      "notice-not-reached", .layout, .error,
      "Some bills would have no notice, or not each of the layout's notices in each of its variants.",
      "Let it stand outside conditions, or in each branch; and in each edition."),
    FindingCode(
      "notice-too-late", .layout, .error, "The notice stands behind a table or chart, which may push it off the page.", "Put it before."),
    FindingCode(
      "notice-twice", .layout, .error, "Some bills would have a notice twice.",
      "Take one of them out, or give it a `name` or `variant` of its own."),
    FindingCode("repeated-notice", .layout, .error, "Notice or terms stand in a loop.", "Put them outside."),
    FindingCode(
      "terms-not-reached", .layout, .error, "Some bills would have no terms.", "Let them stand outside conditions, or in each branch."),
    FindingCode("terms-twice", .layout, .error, "Some bills would have the terms twice.", "Take one of them out."),
    // E-mails
    FindingCode(
      "email-button", .layout, .warning, "An e-mail has no link that is a button, or one that is less than 44 px high.",
      "Show the link as a block, with padding and line height of 44 px together."),
    FindingCode(
      "email-contrast", .layout, .warning, "Words of an e-mail stand out too little, on white or in dark mode.",
      "Set colour and background of an element together, or both for dark mode; `reference/Emails.md` says how."),
    FindingCode(
      "email-incomplete", .layout, .error,
      "One of 'email.html' and 'email.txt' is missing, or what each message must have: the customer's link, the way out, the postal address.",
      "Add it where every customer gets it."),
    FindingCode(
      "email-link-text", .layout, .error, or: .warning,
      "A link says an address and leads to another; where it is the campaign's, a warning.",
      "Say what the link does, or the address it leads to."),
    FindingCode(
      "email-preheader", .layout, .warning, "Not every message shows its preheader, the words behind the subject in a list of messages.",
      "Write {campaign.email.preheader} at the beginning of `body`; it may be hidden."),
    FindingCode(
      "email-style", .layout, .warning, "A rule in `style` stands where some mail programs do not look, or is one that is not counted.",
      "Write it inline, or as `reference/Emails.md` says."),
    FindingCode(
      "email-table", .layout, .warning, "A table only places things, and does not say so.", "Add role=\"presentation\"."),
    FindingCode(
      "email-too-large", .layout, .error, "An e-mail's pictures are too many, or too large.",
      "Make them smaller: a message is read on the way."),
    FindingCode(
      "email-unsafe", .layout, .error,
      "An e-mail's template holds what no message may: scripts, forms, frames, pictures or styles from elsewhere, addresses that run something.",
      "Take it out; the message says why."),
    FindingCode(
      "email-width", .layout, .warning, "Something in an e-mail is wider than 600 px, or a picture does not say how wide it is.",
      "Write width=\"100%\" and max-width:600px, and the width of each picture."),
    // Pictures
    FindingCode("image-format", .layout, .error, "A picture is none that can be drawn.", "Save it as PNG, JPEG or SVG."),
    FindingCode("image-too-large", .layout, .error, "A picture has more bytes, pixels or elements than allowed.", "Make it smaller."),
    FindingCode("image-unreadable", .layout, .error, "A picture is damaged.", "Save it anew."),
    FindingCode(
      "svg-not-allowed", .layout, .error, "An SVG holds what is not drawn: text, filters, links to other files, scripts, animation.",
      "Turn texts into paths and flatten the rest; see `image`."),
    // Formats
    FindingCode(
      "bad-language", .layout, .error, "A language of the strings is no tag that can be used.", "Name the file 'en-US.yaml' and the like."),
  ]
}
