/// The bounds of the language: each has a number and a reason.
public enum LanguageLimits {
  /// Bytes of one layout, partial or strings file, 4 MiB: the largest real layout is a hundredth of it.
  public static let fileBytes = 4 << 20
  /// Bytes of one image, 32 MiB: more would not print any better and slows every worker's start.
  public static let imageBytes = 32 << 20
  /// Elements within elements in one file; keeps recursion within any thread's stack.
  public static let elementDepth = 100
  /// Attributes of one element; `t` and `include` take free ones.
  public static let attributes = 64
  /// Elements of one file, before includes are put in.
  public static let fileElements = 50_000
  /// Includes within includes; a legitimate layout needs three.
  public static let includeDepth = 16
  /// Compiled elements of the whole layout after includes; stops partials that include each other twice from doubling without end.
  public static let nodes = 100_000
  /// Bytes of one expression.
  public static let expressionBytes = 4_096
  /// Operators, names and filters of one expression; bounds the time of its evaluation and the depth of its tree.
  public static let expressionParts = 500
  /// Parentheses, signs and `not` within each other.
  public static let expressionDepth = 64
  /// `{…, plural …}` within each other in a string.
  public static let stringDepth = 8
  /// Bytes of text in one paragraph of a bill: some 30 pages of it. Each line takes a look at what stands around it, and a block that shrinks
  /// is set some thirty times.
  public static let paragraphBytes = 100_000
  /// Cases of one plural or select: no language has more categories than six, and a choice among more is a table, not a string.
  public static let stringCases = 500
  /// Different placeholders of one key, in all languages together.
  public static let stringArguments = 100
  /// Keys of one strings file.
  public static let stringKeys = 10_000
  /// Languages of one layout.
  public static let languages = 200
  /// Elements of a list that a loop or filter walks; the longest plausible bill has a tenth.
  public static let listElements = 100_000
  /// Loop turns and list elements walked for one bill; nested loops multiply.
  public static let steps = 1_000_000
  /// Findings kept of one layout: nobody reads more, and a wrong file must not flood the terminal.
  public static let diagnostics = 300
  /// Columns of a table.
  public static let tableColumns = 64
  /// Declared fields, styles, colours, pages and variants, each.
  public static let declarations = 1_000
}
