/// A filter of the expression language, as data: what checks, reference pages and examples are made from.
public struct FilterSpec: Sendable {
  /// What a parameter takes.
  public enum ParameterKind: Sendable {
    /// One of a few texts.
    case choice([String])
    /// A whole number within bounds, written out.
    case integer(ClosedRange<Int>)
    /// A text, written out.
    case text
    /// The name of a field of the list's records, written out.
    case field
    /// Any expression.
    case expression
  }

  /// A parameter.
  public struct Parameter: Sendable {
    /// The name it may be given by.
    public let name: String
    /// What it takes.
    public let kind: ParameterKind
    /// Whether it must be given.
    public let isRequired: Bool
    /// Whether it may be given without its name, in order.
    public let isPositional: Bool
    /// What it does, in a sentence.
    public let doc: String
    init(_ name: String, _ kind: ParameterKind, required: Bool = false, positional: Bool = true, _ doc: String) {
      (self.name, self.kind, isRequired, isPositional, self.doc) = (name, kind, required, positional, doc)
    }
  }

  /// A use of the filter and what it prints for the sample bill of the reference pages, in en-US.
  public struct Example: Sendable {
    /// Without braces.
    public let expression: String
    /// What it prints.
    public let result: String
    init(_ expression: String, _ result: String) { (self.expression, self.result) = (expression, result) }
  }

  /// The name behind the bar.
  public let name: FilterName
  /// What it can be put behind, in words: `an amount or a number`.
  public let input: String
  /// What it gives, in words.
  public let output: String
  /// What it does, in a sentence or two.
  public let doc: String
  /// Its arguments, in order.
  public let parameters: [Parameter]
  /// Uses of it, tested.
  public let examples: [Example]
}

/// The filters there are.
public enum FilterName: String, Sendable, CaseIterable, Hashable {
  case money, number, percent, date, upper, lower, title, `default`, code, group, iban, join, length, plural, round, abs, sum, count,
    min, max,
    first, last, at, back, tail,
    sort,
    `where`
  case address
  case range
  case amount
  case sumProduct = "sum-product"
  case percentChange = "percent-change"
  case days, digits
  case scanPart = "scan-part"
  case scanLine = "scan-line"
}
