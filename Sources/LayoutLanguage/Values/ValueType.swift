/// The static type of an expression.
public indirect enum ValueType: Hashable, Sendable {
  case text, number, amount, date, flag
  case list(ValueType)
  case record(RecordType)
  /// A value that may be absent. Never nested.
  case optional(ValueType)
  /// `page`, `pages` and `terms-page`: printed, never compared.
  case late
  /// The type of something already reported as wrong; goes with everything, so that one mistake gives one message.
  case unknown

  /// Whether the value may be absent.
  public var isOptional: Bool { if case .optional = self { true } else { false } }

  /// The type of the value where it is there.
  public var unwrapped: ValueType { if case .optional(let type) = self { type } else { self } }

  /// The optional of this type; unchanged where it is one already or is not known.
  public var wrapped: ValueType {
    switch self {
    case .optional, .unknown, .late: self
    default: .optional(self)
    }
  }

  /// The type in the words of messages, with its article: `a text`, `an optional amount`, `a list`.
  public var phrase: String {
    switch self {
    case .text: "a text"
    case .number: "a number"
    case .amount: "an amount"
    case .date: "a date"
    case .flag: "a flag"
    case .list: "a list"
    case .record: "a record"
    case .optional(let type): "an optional " + type.noun
    case .late: "a late value"
    case .unknown: "a value"
    }
  }

  /// The type's name without an article.
  var noun: String { String(phrase.drop { $0 != " " }.dropFirst()) }

  /// Whether `{…}` can print it: text, number, amount and date.
  var isPrintable: Bool {
    switch self {
    case .text, .number, .amount, .date, .unknown: true
    default: false
    }
  }

  /// Whether anything in the type is not known, such as the elements of a list parameter that an include leaves out.
  var hasUnknown: Bool {
    switch self {
    case .unknown: true
    case .list(let type), .optional(let type): type.hasUnknown
    default: false
    }
  }

  /// Whether `self` can stand where `other` is asked for.
  func fits(_ other: ValueType) -> Bool {
    switch (self, other) {
    case (.unknown, _), (_, .unknown): true
    case (.optional(let a), .optional(let b)): a.fits(b)
    case (_, .optional(let b)): fits(b)
    case (.list(let a), .list(let b)): a.fits(b)
    default: self == other
    }
  }
}

/// What fields a record has. Slots are indexes into ``fields``.
public final class RecordType: Sendable, Hashable {
  /// A field of a record.
  public struct Field: Sendable, Hashable {
    /// The name in paths.
    public let name: String
    /// Its type; optional where the record may lack it.
    public let type: ValueType
    /// Whether it is a text that lines part only at its joints (see ``TokenKind/identifier``), or a list of such texts.
    public let isIdentifier: Bool
    /// Why what is being compiled must not name the field; `nil` where it may.
    public let withheld: String?
    /// Makes a field.
    public init(_ name: String, _ type: ValueType, isIdentifier: Bool = false, withheld: String? = nil) {
      (self.name, self.type, self.isIdentifier, self.withheld) = (name, type, isIdentifier, withheld)
    }
  }

  /// What the record is called in messages, such as `line`.
  public let name: String
  /// By slot.
  public let fields: [Field]
  private let slots: [String: Int]

  /// Makes a record type; of two fields with one name the first counts.
  public init(_ name: String, _ fields: [Field]) {
    self.name = name
    self.fields = fields
    slots = Dictionary(fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The slot of the field of that name, or `nil`.
  public func slot(of name: String) -> Int? { slots[name] }

  /// Equal by name and fields.
  public static func == (a: RecordType, b: RecordType) -> Bool { a === b || (a.name == b.name && a.fields == b.fields) }
  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
