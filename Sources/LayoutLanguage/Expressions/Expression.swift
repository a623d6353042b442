public import Diagnostics

/// An expression of a layout, checked and compiled.
public final class Expression: Sendable {
  /// Where it stands.
  public let range: SourceRange
  /// What it gives.
  public let type: ValueType
  /// Whether it gives the same for all bills of one language.
  public let isConstant: Bool
  /// The words it was written with, for messages.
  public var text: String { String(decoding: range.file.bytes[range.bytes], as: UTF8.self) }

  let operation: Operation
  /// The root and member names, where it is nothing but a path of the record.
  let plainPath: PlainPath?
  /// How lines may part what it prints.
  let tokens: TokenRule

  init(range: SourceRange, type: ValueType, operation: Operation, plainPath: PlainPath? = nil, tokens: TokenRule = .plain) {
    self.tokens = tokens
    self.range = range
    self.type = type
    self.operation = operation
    self.plainPath = plainPath
    isConstant = operation.isConstant
  }

  /// What it gives in `environment`.
  ///
  /// - Throws: a diagnostic on its range: overflow, division by zero, a list that is too long.
  public func evaluate(in environment: borrowing Environment) throws(Diagnostic) -> Value {
    do { return try operation.value(in: environment) } catch { throw fault(error) }
  }

  /// Whether a condition holds: see ``Value/isTrue``.
  ///
  /// - Throws: The finding, where a part of it cannot be evaluated.
  public func isTrue(in environment: borrowing Environment) throws(Diagnostic) -> Bool { try evaluate(in: environment).isTrue }

  /// What it prints, as one string: texts as they are, numbers, dates and amounts in the default form of the language; empty where absent.
  ///
  /// - Throws: The finding, where a part of it cannot be evaluated.
  public func string(in environment: borrowing Environment) throws(Diagnostic) -> String {
    do { return try operation.text(in: environment) } catch { throw fault(error) }
  }

  /// Where in the record its value stands, where it is nothing but a path (`section.title`); `nil` for anything calculated.
  public func path(in environment: borrowing Environment) -> DataPath? {
    guard let plainPath else { return nil }
    var path: DataPath?
    if case .local(let slot) = plainPath.root {
      path = environment.paths[slot]
      if path == nil { return nil }
    }
    for name in plainPath.names { path = path.map { $0.key(name) } ?? DataPath(step: .key(name)) }
    return path
  }

  /// Appends what it prints to a paragraph.
  func print(to buffer: inout TextBuffer, in environment: borrowing Environment) throws(Diagnostic) {
    if case .string(let use) = operation {
      try use.append(to: &buffer, in: environment)
    } else {
      do {
        let (value, kind) = try Expression.value(of: operation, tokens, in: environment)
        let text = Operation.printed(value, in: environment)
        if let kind { buffer.append(token: text, kind) } else { buffer.append(data: text) }
      } catch { throw fault(error) }
    }
  }

  /// The value and what kind of token it is, which with a default depends on whether the first value is there.
  private static func value(
    of operation: Operation, _ tokens: TokenRule, in environment: borrowing Environment
  ) throws(EvaluationFault) -> (Value, TokenKind?) {
    guard case .fallback(let first, let second) = operation, case .fallback(let firstTokens, let secondTokens) = tokens else {
      return (try operation.value(in: environment), tokens.kind)
    }
    let found = try value(of: first, firstTokens, in: environment)
    return found.0.isAbsent ? try value(of: second, secondTokens, in: environment) : found
  }

  /// The diagnostic for something that went wrong while evaluating.
  func fault(_ fault: EvaluationFault) -> Diagnostic {
    if case .reported(let diagnostic) = fault { return diagnostic }
    return Diagnostic(id: fault.id, fault.message(for: text), at: range)
  }
}

/// A path of the record written in an expression.
struct PlainPath: Sendable {
  enum Root: Sendable {
    case bill
    case local(Int)
  }
  var root: Root
  var names: [String]
}

/// What can go wrong when a checked expression meets data.
enum EvaluationFault: Error, Sendable {
  case overflow, divisionByZero, listTooLong, tooManySteps
  /// What does not go into a scan line.
  case unscannable(String)
  /// An expression within a string's argument went wrong and has said where.
  case reported(Diagnostic)

  var id: String {
    switch self {
    case .overflow: "number-overflow"
    case .divisionByZero: "division-by-zero"
    case .listTooLong: "list-too-long"
    case .tooManySteps: "too-many-steps"
    case .unscannable: "scan-line"
    case .reported(let diagnostic): diagnostic.id
    }
  }

  func message(for text: String) -> String {
    switch self {
    case .overflow: "'\(text)' gives a number beyond 18 digits"
    case .divisionByZero: "'\(text)' divides by zero"
    case .listTooLong: "'\(text)' has more than \(LanguageLimits.listElements) elements"
    case .tooManySteps: "the loops of this bill take more than \(LanguageLimits.steps) steps"
    case .unscannable(let reason): "'\(text)' \(reason)"
    case .reported(let diagnostic): diagnostic.message
    }
  }
}
