/// The bounds of the language: each has a number and a reason.
public enum LanguageLimits {
  /// Bytes of one layout, partial or strings file, 4 MiB: the largest real layout is a hundredth of it.
  ///
  /// - Stops: a file that is no layout, read whole.
  public static let fileBytes = 4 << 20
  /// Bytes of one image, 32 MiB: more would not print any better and slows every worker's start.
  ///
  /// - Stops: a giant picture in every worker.
  public static let imageBytes = 32 << 20
  /// Elements within elements in one file; keeps recursion within any thread's stack.
  ///
  /// - Stops: elements in elements until the stack ends.
  public static let elementDepth = 100
  /// Attributes of one element; `t` and `include` take free ones.
  ///
  /// - Stops: an element of a million attributes.
  public static let attributes = 64
  /// Editions of one layout whose pages, tables, blocks or parts differ; each is compiled by itself.
  ///
  /// - Stops: a variant for each of two hundred languages, the whole layout compiled for each.
  public static let editions = 16
  /// Pages of a postcard: its two sides.
  ///
  /// - Stops: a card that would be two cards.
  public static let cardSides = 2
  /// Elements of one file, before includes are put in.
  ///
  /// - Stops: a file of millions of elements.
  public static let fileElements = 50_000
  /// Includes within includes; a legitimate layout needs three.
  ///
  /// - Stops: a partial that includes itself.
  public static let includeDepth = 16
  /// Compiled elements of the whole layout after includes; stops partials that include each other twice from doubling without end.
  ///
  /// - Stops: partials that include each other twice and double at each level.
  public static let nodes = 100_000
  /// Zones of one page; a sheet with a window, folds, a coupon and marks has a dozen.
  ///
  /// - Stops: thousands of zones, every mark of every bill held against each.
  public static let zones = 32
  /// Notices of a layout with names of their own: as many as a campaign has.
  ///
  /// - Stops: thousands of notices, every way through the layout looked at for each.
  public static let notices = 20
  /// Variants of one notice: each may lay a bill out once more.
  ///
  /// - Stops: a bill that is laid out dozens of times.
  public static let noticeVariants = 4
  /// Bytes of one expression.
  ///
  /// - Stops: an expression of megabytes.
  public static let expressionBytes = 4_096
  /// Operators, names and filters of one expression; bounds the time of its evaluation and the depth of its tree.
  ///
  /// - Stops: an expression that takes seconds in every row.
  public static let expressionParts = 500
  /// Parentheses, signs and `not` within each other.
  ///
  /// - Stops: parentheses in parentheses until the stack ends.
  public static let expressionDepth = 64
  /// `{…, plural …}` within each other in a string.
  ///
  /// - Stops: plurals in plurals that multiply.
  public static let stringDepth = 8
  /// Bytes of text in one paragraph of a bill: some 30 pages of it. Each line takes a look at what stands around it, and a block that shrinks
  /// is set some thirty times.
  ///
  /// - Stops: a paragraph that is broken into lines for minutes.
  public static let paragraphBytes = 100_000
  /// Cases of one plural or select: no language has more categories than six, and a choice among more is a table, not a string.
  ///
  /// - Stops: a string of thousands of cases.
  public static let stringCases = 500
  /// Different placeholders of one key, in all languages together.
  ///
  /// - Stops: a key of thousands of placeholders.
  public static let stringArguments = 100
  /// Rows of a table between two rules: the eye does not count further.
  ///
  /// - Stops: nothing; a bound of the language.
  public static let ruledRows = 20
  /// Rows a cell may cover by a number: as many as a page has.
  ///
  /// - Stops: a look at all rows above each row of a long table.
  public static let spannedRows = 50
  /// Keys of one strings file.
  ///
  /// - Stops: a strings file of millions of keys.
  public static let stringKeys = 10_000
  /// Lists of codes that one layout uses; the whole of EN 16931 has some twenty.
  ///
  /// - Stops: a layout that reads files without end.
  public static let codeLists = 100
  /// Codes of one list: UN/ECE's units and packages are 2,500 together.
  ///
  /// - Stops: a list of millions of codes in every worker.
  public static let codes = 10_000
  /// Bytes of one code.
  ///
  /// - Stops: a code of megabytes in every message.
  public static let codeBytes = 100
  /// Bytes of the words of one code in one language; the longest official name has some 200.
  ///
  /// - Stops: a text that fills pages where a word is looked for.
  public static let codeWordBytes = 400
  /// Languages of one layout.
  ///
  /// - Stops: a folder of thousands of languages, each compiled.
  public static let languages = 200
  /// Elements of a list that a loop or filter walks; the longest plausible bill has a tenth.
  ///
  /// - Stops: a list of millions, filtered in every row.
  public static let listElements = 100_000
  /// Loop turns and list elements walked for one bill; nested loops multiply.
  ///
  /// - Stops: loops in loops, a minute for each bill.
  public static let steps = 1_000_000
  /// Findings kept of one layout: nobody reads more, and a wrong file must not flood the terminal.
  ///
  /// - Stops: a wrong file that floods the terminal.
  public static let diagnostics = 300
  /// Columns of a table.
  ///
  /// - Stops: a table of thousands of columns, each measured in each row.
  public static let tableColumns = 64
  /// Declared fields, styles, colours, pages and variants, each.
  ///
  /// - Stops: thousands of styles, resolved against each other.
  public static let declarations = 1_000
  /// Bytes of a path of a partial or image, relative to the layout's folder.
  ///
  /// - Stops: a path longer than the system takes.
  public static let pathBytes = 400
  /// Points of a length, either way, some 7 m: no paper is longer.
  ///
  /// - Stops: lengths beyond what any drawing can hold.
  public static let length = 20_000.0
  /// Colours made of other colours, one of the next: what refers to itself in a circle is a finding, and is black until then.
  ///
  /// - Stops: colours made of each other in a circle.
  public static let colourDepth = 100
  /// Families of one font stack; a stack for every script of Europe has six.
  ///
  /// - Stops: a font stack of thousands of names, tried for each character.
  public static let families = 16
  /// Bytes of a font family's name.
  ///
  /// - Stops: a font name of megabytes in every message.
  public static let familyBytes = 100
  /// Pages that a layout may allow a bill: some 400,000 lines.
  ///
  /// - Stops: a layout that allows a bill without an end.
  public static let pages = 10_000
  /// Bytes of all pictures of an e-mail together, 512 KiB: written as base64 they leave room in a message of 1 MiB.
  ///
  /// - Stops: a message that mail servers refuse, sent to every customer.
  public static let emailPictureBytes = 512 << 10
  /// Pictures of an e-mail; a logo and a few signs are ten.
  ///
  /// - Stops: a message of thousands of parts.
  public static let emailPictures = 20
  /// Bytes of an e-mail's HTML, and of its plain text, 1 MiB: mail programs cut at a tenth.
  ///
  /// - Stops: loops that write a message without an end.
  public static let emailBytes = 1 << 20
}
