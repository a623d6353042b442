/// Words as disclosures are compared with pages: without marks, white space folded, soft hyphens, isolates and other invisible characters left
/// out, in logical order.
///
/// Letters, case and punctuation count; canonically equivalent spellings (UAX #15) are the same. Where one run of a page ends and the next begins,
/// the white space between them may have been left out with a line's end: such a *seam* matches a space as well as nothing.
public struct PlainWords: Sendable, Hashable {
  /// Scalars, single spaces and seams.
  private var scalars: [Unicode.Scalar] = []
  private var needsSpace = false
  private var needsSeam = false
  /// Whether a soft hyphen came last: a word goes on behind it.
  private var goesOn = false

  private static let space: Unicode.Scalar = " "
  private static let seam: Unicode.Scalar = "\u{1}"

  /// No words.
  public init() {}

  /// The words of a text.
  public init(_ text: String) { append(text) }

  /// Whether there are none.
  public var isEmpty: Bool { scalars.isEmpty }
  /// How many scalars they have, seams among them; places count them.
  public var count: Int { scalars.count }

  /// The words as one line.
  public var text: String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars.lazy.filter { $0 != Self.seam })
    return String(text)
  }

  /// Adds a text right behind the words.
  public mutating func append(_ text: String) {
    for scalar in text.unicodeScalars {
      let isPlain = scalar.value > 0x20 && scalar.value < 0x7F
      if !isPlain, scalar.properties.isWhitespace {
        (needsSpace, goesOn) = (!scalars.isEmpty, false)
      } else if isPlain || !scalar.isInvisible {
        if needsSpace { scalars.append(Self.space) } else if needsSeam { scalars.append(Self.seam) }
        (needsSpace, needsSeam, goesOn) = (false, false, false)
        scalars.append(scalar)
      } else if scalar == "\u{AD}" {
        goesOn = true
      }
    }
  }

  /// Tells that what comes next is of the same paragraph, and perhaps on another line.
  public mutating func addSeam() {
    if !goesOn { needsSeam = !scalars.isEmpty }
    goesOn = false
  }

  /// Tells that what comes next is of another paragraph.
  public mutating func addGap() { (needsSpace, goesOn) = (!scalars.isEmpty, false) }

  /// Where a phrase stands first, whole words of it; `nil` where it does not.
  ///
  /// Complexity: O(n · m) at worst, O(n) for words as people write them.
  public func range(of phrase: PlainWords) -> Range<Int>? {
    if let found = Self.search(phrase.scalars, in: scalars).range { return found }
    // Only texts beyond Latin-1 have two spellings of one letter.
    guard scalars.contains(where: \.isComposing) || phrase.scalars.contains(where: \.isComposing) else { return nil }
    let (words, places) = Self.characters(scalars)
    guard let found = Self.search(Self.characters(phrase.scalars).words, in: words).range else { return nil }
    return places[found.lowerBound]..<places[found.upperBound]
  }

  /// How much of a phrase stands there at its most, from its beginning, cut at a word: for messages.
  public func beginning(of phrase: PlainWords) -> String {
    let reach = Self.search(phrase.scalars, in: scalars).reach
    var end = reach
    while end > 0, end < phrase.scalars.count, phrase.scalars[end - 1].joinsWords, phrase.scalars[end].joinsWords { end -= 1 }
    if end > 0, phrase.scalars[end - 1] == Self.space { end -= 1 }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: phrase.scalars[..<end])
    return String(text)
  }

  /// Whether the words hold a phrase, whole words of it.
  public func contains(_ phrase: PlainWords) -> Bool { range(of: phrase) != nil }

  // MARK: Searching

  private static func search<Unit: WordUnit>(_ phrase: [Unit], in text: [Unit]) -> (range: Range<Int>?, reach: Int) {
    guard let first = phrase.first else { return (0..<0, 0) }
    var reach = 0
    for start in text.indices where text[start] == first {
      if start > 0, first.joinsWords, text[start - 1].joinsWords { continue }
      var (place, count) = (start, 0)
      while count < phrase.count, place < text.count {
        if text[place] == phrase[count] {
          (place, count) = (place + 1, count + 1)
        } else if text[place] == Unit.seam {
          place += 1
          if phrase[count] == Unit.space { count += 1 }
        } else {
          break
        }
      }
      reach = max(reach, count)
      guard count == phrase.count else { continue }
      if place < text.count, phrase[count - 1].joinsWords, text[place].joinsWords { continue }
      return (start..<place, count)
    }
    return (nil, reach)
  }

  /// The words by characters, and where each begins among the scalars.
  private static func characters(_ scalars: [Unicode.Scalar]) -> (words: [Character], places: [Int]) {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    var (places, place): ([Int], Int) = ([0], 0)
    let words = Array(String(view))
    for word in words {
      place += word.unicodeScalars.count
      places.append(place)
    }
    return (words, places)
  }
}

/// What words are compared by: scalars, or characters where spellings differ.
private protocol WordUnit: Equatable {
  static var seam: Self { get }
  static var space: Self { get }
  /// Whether two of the kind beside each other are of one word: a letter or digit of a script that parts its words by spaces.
  var joinsWords: Bool { get }
}

extension Unicode.Scalar: WordUnit {
  fileprivate static var seam: Unicode.Scalar { "\u{1}" }
  fileprivate static var space: Unicode.Scalar { " " }

  fileprivate var joinsWords: Bool {
    if value < 0x80 { return value >= 0x30 && value <= 0x39 || value | 0x20 >= 0x61 && value | 0x20 <= 0x7A }
    // From Thai on, scripts write words one against the other.
    return value < 0xE00 && (properties.isAlphabetic || properties.numericType != nil)
  }

  /// Whether nothing of it shows: a control, a format character such as a soft hyphen or an isolate, or a code point without a meaning.
  fileprivate var isInvisible: Bool {
    switch properties.generalCategory {
    case .control, .format, .unassigned, .surrogate: true
    default: false
    }
  }

  /// Whether it may be written in another way that means the same.
  fileprivate var isComposing: Bool { value >= 0xC0 }
}

extension Character: WordUnit {
  fileprivate static var seam: Character { "\u{1}" }
  fileprivate static var space: Character { " " }
  fileprivate var joinsWords: Bool { unicodeScalars.first?.joinsWords ?? false }
}
