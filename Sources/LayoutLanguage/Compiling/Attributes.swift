internal import Geometry
internal import Vocabulary

/// The attributes of an element that is being compiled. Few, so that a walk beats a dictionary.
struct Attributes {
  private(set) var names: [AttributeName] = []
  private(set) var values: [AttributeValue] = []

  mutating func add(_ name: AttributeName, _ value: AttributeValue) {
    names.append(name)
    values.append(value)
  }

  /// The value, or `nil` where the attribute is not written, or not rightly.
  subscript(name: AttributeName) -> AttributeValue? {
    for index in 0..<names.count where names[index] == name { return values[index] }
    return nil
  }

  func length(_ name: AttributeName) -> Dimension? { if case .length(let value) = self[name] { value } else { nil } }
  /// A length that can only be fixed, such as a gap.
  func points(_ name: AttributeName) -> Length? { if case .length(.fixed(let value)) = self[name] { value } else { nil } }
  func lengths(_ name: AttributeName) -> [Length]? { if case .lengths(let value) = self[name] { value } else { nil } }
  func insets(_ name: AttributeName) -> Insets? { if case .insets(let value) = self[name] { value } else { nil } }
  func integer(_ name: AttributeName) -> Int? { if case .integer(let value) = self[name] { value } else { nil } }
  func name(_ name: AttributeName) -> String? { if case .name(let value) = self[name] { value } else { nil } }
  func color(_ name: AttributeName) -> ColorReference? { if case .color(let value) = self[name] { value } else { nil } }
  func flag(_ name: AttributeName) -> Bool? { if case .flag(let value) = self[name] { value } else { nil } }
  func image(_ name: AttributeName) -> Int? { if case .image(let value) = self[name] { value } else { nil } }
  func style(_ name: AttributeName) -> Int? { if case .style(let value) = self[name] { value } else { nil } }
  func line(_ name: AttributeName) -> LineValue? { if case .line(let value) = self[name] { value } else { nil } }
  func bar(_ name: AttributeName) -> BarValue? { if case .bar(let value) = self[name] { value } else { nil } }
  func zones(_ name: AttributeName) -> [String]? { if case .zones(let value) = self[name] { value } else { nil } }
  func perforation(_ name: AttributeName) -> PerforationValue? { if case .perforation(let value) = self[name] { value } else { nil } }
  func text(_ name: AttributeName) -> TextTemplate? { if case .text(let value) = self[name] { value } else { nil } }
  func expression(_ name: AttributeName) -> Expression? { if case .expression(let value) = self[name] { value } else { nil } }
  func keep(_ name: AttributeName) -> KeepRules? { if case .keep(let value) = self[name] { value } else { nil } }
  func tabs(_ name: AttributeName) -> [TabStop]? { if case .tabs(let value) = self[name] { value } else { nil } }
  func rowRules(_ name: AttributeName) -> RowRulesValue? { if case .rowRules(let value) = self[name] { value } else { nil } }
  func rowSpan(_ name: AttributeName) -> RowSpan? { if case .rowSpan(let value) = self[name] { value } else { nil } }
  func span(_ name: AttributeName) -> ColumnSpan? { if case .span(let value) = self[name] { value } else { nil } }

  /// One of a few words, as what it means.
  func word<Word: RawRepresentable<String>>(_ name: AttributeName, _ type: Word.Type = Word.self) -> Word? {
    if case .keyword(let word) = self[name] { Word(rawValue: word) } else { nil }
  }

  /// Some of a few words, as what they mean.
  func words<Word: RawRepresentable<String> & Hashable>(_ name: AttributeName, _ type: Word.Type = Word.self) -> Set<Word>? {
    if case .keywords(let words) = self[name] { Set(words.compactMap { Word(rawValue: $0) }) } else { nil }
  }
}
