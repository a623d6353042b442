public import Dates
public import Diagnostics

/// Reads values out of a YAML file and collects what is wrong with them, so that all of it is told in one go.
public final class YAMLFindings {
  /// What was found so far.
  public private(set) var diagnostics: [Diagnostic] = []

  /// Makes an empty collection.
  public init() {}

  /// A mapping whose keys have been checked.
  public struct Mapping {
    /// In the order of the file.
    public let members: [YAMLValue.Member]
    /// Where the mapping begins.
    public let range: SourceRange

    /// The value of a key; `nil` where it is missing or null.
    public subscript(name: String) -> YAMLValue? {
      guard let member = members.first(where: { $0.name == name }), !member.value.isNull else { return nil }
      return member.value
    }
  }

  /// Keeps an error.
  public func report(_ id: String, _ message: String, at range: SourceRange?, suggestion: String? = nil, notes: [Diagnostic.Note] = []) {
    diagnostics.append(Diagnostic(id: id, message, at: range, suggestion: suggestion, notes: notes))
  }

  /// Keeps a warning.
  public func warn(_ id: String, _ message: String, at range: SourceRange?) {
    diagnostics.append(Diagnostic(.warning, id: id, message, at: range))
  }

  /// Keeps findings made elsewhere.
  public func report(_ others: [Diagnostic]) { diagnostics += others }

  /// The value as a mapping with known keys; each unknown and each missing one is reported.
  ///
  /// - Parameters:
  ///   - owner: What the mapping is, for messages: `the opt-in`.
  ///   - at: Where a missing mapping is reported.
  public func mapping(_ value: YAMLValue, _ owner: String, required: [String] = [], optional: [String] = [], at place: SourceRange? = nil)
    -> Mapping?
  {
    guard case .mapping(let members) = value.content else {
      report("wrong-type", "\(owner) must be a mapping, found \(value.kind)", at: value.range)
      return nil
    }
    let known = required + optional
    for member in members where !known.contains(member.name) {
      report(
        "unknown-key", "unknown key '\(member.name)' in \(owner)", at: member.range,
        suggestion: Suggestion.didYouMean(String(member.name.prefix(64)), among: known))
    }
    let mapping = Mapping(members: members, range: place ?? value.range)
    for name in required where mapping[name] == nil {
      report("missing-key", "\(owner) lacks '\(name)'", at: members.first { $0.name == name }?.range ?? mapping.range)
    }
    return mapping
  }

  /// The value as a mapping with any keys.
  public func anyMapping(_ value: YAMLValue, _ owner: String) -> [YAMLValue.Member]? {
    guard case .mapping(let members) = value.content else {
      report("wrong-type", "\(owner) must be a mapping, found \(value.kind)", at: value.range)
      return nil
    }
    return members
  }

  /// The value as a list.
  public func list(_ value: YAMLValue, _ owner: String) -> [YAMLValue]? {
    guard case .list(let list) = value.content else {
      report("wrong-type", "\(owner) must be a list, found \(value.kind)", at: value.range)
      return nil
    }
    return list
  }

  /// The value as a text of 1…`limit` characters.
  public func text(_ value: YAMLValue, _ owner: String, limit: Int) -> String? {
    guard let text = value.text else {
      report("wrong-type", "\(owner) must be a text, found \(value.kind)", at: value.range)
      return nil
    }
    guard !text.allSatisfy(\.isWhitespace) else {
      report("bad-value", "\(owner) is empty", at: value.range)
      return nil
    }
    guard text.unicodeScalars.count <= limit else {
      report("too-long", "\(owner) has \(text.unicodeScalars.count) characters, more than the \(limit) allowed", at: value.range)
      return nil
    }
    if let hidden = text.unicodeScalars.first(where: { $0.value < 0x20 && $0 != "\n" && $0 != "\t" || (0x7F..<0xA0).contains($0.value) }) {
      report("bad-value", "\(owner) holds the control character U+\(String(hidden.value, radix: 16, uppercase: true))", at: value.range)
      return nil
    }
    return text
  }

  /// The value as a day, `YYYY-MM-DD`.
  public func date(_ value: YAMLValue, _ owner: String) -> PlainDate? {
    guard let text = value.text else {
      report("wrong-type", "\(owner) must be a date, found \(value.kind)", at: value.range)
      return nil
    }
    guard let date = PlainDate(text) else {
      report("bad-date", "\(owner) must be a day of the form YYYY-MM-DD, found '\(text.prefix(40))'", at: value.range)
      return nil
    }
    return date
  }

  /// The value as one of a few words.
  public func choice<Choice: RawRepresentable & CaseIterable>(_ value: YAMLValue, _ owner: String, _: Choice.Type) -> Choice?
  where Choice.RawValue == String {
    let words = Choice.allCases.map(\.rawValue)
    guard let text = value.text else {
      report("wrong-type", "\(owner) must be one of \(words.joined(separator: ", ")), found \(value.kind)", at: value.range)
      return nil
    }
    guard let choice = Choice(rawValue: text) else {
      report(
        "bad-value", "\(owner) must be one of \(words.joined(separator: ", ")), found '\(text.prefix(40))'", at: value.range,
        suggestion: Suggestion.didYouMean(String(text.prefix(64)), among: words))
      return nil
    }
    return choice
  }
}
