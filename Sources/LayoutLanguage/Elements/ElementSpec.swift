/// An element of the layout language, as data: checks, the XML schema and the reference pages are made from it.
public struct ElementSpec: Sendable {
  /// What may stand inside.
  public enum Content: Sendable, Hashable {
    case empty
    /// The root's declarations, pages and body.
    case bill
    /// The same of a leaflet or a postcard, which have no fields.
    case leaflet
    case fields, variant, variantPage, variantTable, page
    case partial
    /// Blocks one below the other.
    case blocks
    /// Words mixed with values and marks.
    case inline
    /// Pictures that stand for placeholders of a string.
    case pictures
    /// Either ``inline`` or ``blocks``.
    case cell
    case table
    /// Rows, of a table's group.
    case rows
    /// The cells of a row.
    case cells
    /// Cells, or rows of cells: a table's header, footer, brought and carried rows.
    case band
    /// What may stand where the element itself stands: `if`, `else`, `each`.
    case inherited
  }

  /// What an element needs around it, beyond its parent.
  public enum Placement: Sendable, Hashable {
    case anywhere
    /// Somewhere in `messages`.
    case inMessages
    /// Somewhere in `notice`; on a postcard anywhere.
    case inNotice
    /// In the flow of pages: right in `body`, or in `if`, `else`, `each`, `include`, `column` and `keep` there.
    case inFlow
  }

  /// A piece of a layout that shows the element: what reference pages draw.
  public struct Example: Sendable {
    /// Declarations beside the usual ones.
    public let declarations: String
    /// Page masters instead of the usual one; empty for that.
    public let pages: String
    /// What stands in the body.
    public let body: String
    /// Further files of the layout folder, by path.
    public let files: [String: String]
    /// The height of its sheet in mm.
    public let sheet: Int
    init(_ body: String, declarations: String = "", pages: String = "", files: [String: String] = [:], sheet: Int = 60) {
      (self.body, self.declarations, self.pages, self.files, self.sheet) = (body, declarations, pages, files, sheet)
    }
  }

  /// Which element it is.
  public let kind: ElementKind
  /// What may stand inside.
  public let content: Content
  /// What it needs around it.
  public let placement: Placement
  /// Whether every attribute not listed is an argument (`t`, `include`).
  public let takesArguments: Bool
  /// Its attributes, in the order of the reference pages.
  public let attributes: [AttributeSpec]
  /// What it is for, in a sentence or two.
  public let doc: String
  /// A piece of layout that shows it.
  public let example: Example?

  init(
    _ kind: ElementKind, _ content: Content, placement: Placement = .anywhere, takesArguments: Bool = false,
    _ attributes: [AttributeSpec] = [],
    example: Example? = nil, _ doc: String
  ) {
    self.kind = kind
    self.content = content
    self.placement = placement
    self.takesArguments = takesArguments
    // A list is put together from groups that may share a name; the later one is the more particular.
    var places: [AttributeName: Int] = [:]
    var unique: [AttributeSpec] = []
    for attribute in attributes {
      if let place = places[attribute.name] {
        unique[place] = attribute
      } else {
        places[attribute.name] = unique.count
        unique.append(attribute)
      }
    }
    self.attributes = unique
    self.doc = doc
    self.example = example ?? ElementRegistry.sharedExamples[kind]
  }

  /// The attribute of that name.
  public func attribute(_ name: String) -> AttributeSpec? { attributes.first { $0.name.rawValue == name } }
}

/// An attribute of an element.
public struct AttributeSpec: Sendable, Hashable {
  /// Its name.
  public let name: AttributeName
  /// What it is set to.
  public let type: AttributeType
  /// Whether it must be written.
  public let isRequired: Bool
  /// What it is for, in a sentence.
  public let doc: String
  init(_ name: AttributeName, _ type: AttributeType, required: Bool = false, _ doc: String) {
    (self.name, self.type, isRequired, self.doc) = (name, type, required, doc)
  }
}

/// What an attribute is set to.
public enum AttributeType: Sendable, Hashable {
  /// The forms a length may have beside `12pt`, `4mm`, `1cm`, `1in` and `0`.
  public struct LengthForms: OptionSet, Sendable, Hashable {
    /// The forms as bits.
    public let rawValue: Int
    /// Makes a set of forms from bits.
    public init(rawValue: Int) { self.rawValue = rawValue }
    /// `auto`.
    public static let auto = LengthForms(rawValue: 1)
    /// `50%`.
    public static let share = LengthForms(rawValue: 2)
    /// `2fr`.
    public static let fraction = LengthForms(rawValue: 4)
    /// A minus before the number.
    public static let negative = LengthForms(rawValue: 8)
  }

  /// What an expression is for.
  public enum Use: Sendable, Hashable {
    /// A number or an amount, possibly absent.
    case quantity
    /// A number or an amount, or a list of them; possibly absent.
    case quantities
    /// Something that can be printed, possibly absent.
    case printed
    /// A flag, or something that may be absent or empty.
    case condition
    /// A number or an amount, never absent.
    case total
  }

  // Literal
  case length(LengthForms)
  case lengths, insets, lineHeight, weight, share
  case integer(ClosedRange<Int>)
  /// One of a few words; made with ``words(_:)`` of the type that holds them.
  case keyword([String])
  /// One or several of a few words; made with ``severalWords(_:)`` of the type that holds them.
  case keywords([String])
  case flag
  /// Free words for people, such as the name of a place.
  case label
  /// A name that is declared here.
  case declaration
  case style, color, hexColor, format, language, formats, features, families, fieldPath
  case path, line, bar, tabs, span, keep, paper, perforation, fitSteps, zones
  case rowRules, rowSpan
  // Text
  case text
  // Expressions
  case loop
  case expression(Use)

  /// The three kinds of attributes.
  public enum Kind: String, Sendable { case literal, text, expression }
  /// Which of the three kinds it is.
  public var kind: Kind {
    switch self {
    case .text: .text
    case .loop, .expression: .expression
    default: .literal
    }
  }

  /// What may be written, in words.
  public var phrase: String {
    switch self {
    case .length(let forms):
      "a length such as "
        + AttributeType.list(
          ["12pt", "4mm"] + (forms.contains(.share) ? ["50%"] : []) + (forms.contains(.fraction) ? ["1fr"] : [])
            + (forms.contains(.auto) ? ["auto"] : []))
    case .lengths: "lengths such as '2pt 1pt'"
    case .insets: "one to four lengths such as '4mm' or '2mm 4mm'"
    case .lineHeight: "a length such as '14pt', or a multiple of the size such as '1.4'"
    case .weight: "'regular', 'medium', 'semibold', 'bold' or a number from 100 to 900"
    case .share: "a percentage such as '12%'"
    case .integer(let bounds):
      bounds.upperBound == .max ? "a whole number" : "a whole number from \(bounds.lowerBound) to \(bounds.upperBound)"
    case .keyword(let words): AttributeType.list(words)
    case .keywords(let words): "\(AttributeType.list(words)), several with spaces between"
    case .flag: "'yes' or 'no'"
    case .label: "words"
    case .declaration: "a name of letters, digits, '-' and '_', a letter first"
    case .style: "the name of a style"
    case .color: "the name of a colour, or '#RRGGBB'"
    case .hexColor: "a colour such as '#0B6E4F'"
    case .format: "'standard' or 'large-print'"
    case .formats: "'standard', or 'standard large-print'"
    case .language: "a language of strings/, such as 'es-US'"
    case .features: "OpenType features such as 'ss01' or '-liga'"
    case .families: "font families such as 'Inter, Noto Sans Arabic'"
    case .fieldPath: "a path such as 'extra.meter' or 'extra.readings[].kwh'"
    case .path: "the path of a file in the layout folder"
    case .line: "a thickness and a colour such as '0.75pt brand'"
    case .bar: "a thickness, a colour and a side such as '4pt brand start'"
    case .zones: "the names of zones"
    case .perforation: "'none', or a thickness with 'solid', 'dashed' or 'dotted', a colour, and 'sheet' or 'text', such as '0.5pt dashed'"
    case .tabs: "tab stops such as '40mm, end'"
    case .span: "a number of columns, or 'all'"
    case .rowRules: "'every-' with 1 to \(LanguageLimits.ruledRows) rows, a thickness and a colour such as 'every-5 0.5pt line'"
    case .rowSpan: "2 to \(LanguageLimits.spannedRows) rows, or 'group'"
    case .keep: "'together', 'next', 'previous' or 'next-2', several with spaces between"
    case .paper: "'Letter', 'Legal', 'A4', 'A5', 'A6', or a width and a height such as '148mm 210mm'"
    case .fitSteps: "one to four steps such as 'space-90 space-80 terms-8.5pt alternatives', or 'none'"
    case .text: "words with {…}"
    case .loop: "a loop such as 'line in section.lines' or 'line, i in section.lines'"
    case .expression(.quantity), .expression(.total): "an expression that gives a number or an amount"
    case .expression(.quantities): "an expression that gives a number, an amount or a list of them"
    case .expression(.printed): "an expression that can be printed"
    case .expression(.condition): "a condition"
    }
  }

  /// One of the words of a type.
  static func words<Word: RawRepresentable<String> & CaseIterable>(_ type: Word.Type) -> AttributeType { words(Array(Word.allCases)) }

  /// One of some words of a type.
  static func words<Word: RawRepresentable<String>>(_ words: [Word]) -> AttributeType { .keyword(words.map(\.rawValue)) }

  /// One or several of the words of a type.
  static func severalWords<Word: RawRepresentable<String> & CaseIterable>(_ type: Word.Type) -> AttributeType {
    .keywords(Word.allCases.map(\.rawValue))
  }

  static func list(_ words: [String], _ last: String = "or") -> String {
    guard words.count > 1 else { return words.map { "'\($0)'" }.joined() }
    return words.dropLast().map { "'\($0)'" }.joined(separator: ", ") + " \(last) '\(words[words.count - 1])'"
  }
}
