internal import Diagnostics
internal import Geometry
internal import Vocabulary

// What a layout says of the sheet of paper.

extension LiteralReader {
  /// The line along which a coupon is torn off: a thickness first, the rest in any order, each once.
  func perforation(_ phrase: String) -> PerforationValue? {
    let words = words()
    guard let first = words.first, words.count <= 4 else {
      wrong(.wrongValue, phrase)
      return nil
    }
    var value = PerforationValue()
    if first.text == "none" {
      guard words.count == 1 else {
        wrong(.wrongValue, phrase)
        return nil
      }
      return value
    }
    guard let thickness = fixed(first, "a thickness such as '0.5pt'") else { return nil }
    guard thickness > .zero, thickness <= .mm(1) else {
      error(.wrongLength, "a perforation is drawn at most 1mm thick", first.range, suggestion: "write 0.5pt, or 'none' for no line")
      return nil
    }
    value.thickness = thickness
    var said: Set<String> = []
    for word in words.dropFirst() {
      let what: String
      if let line = PerforationLine(rawValue: word.text) {
        (value.line, what) = (line, "line")
      } else if let reach = PerforationReach(rawValue: word.text) {
        (value.reach, what) = (reach, "reach")
      } else {
        let known = PerforationLine.allCases.map(\.rawValue) + PerforationReach.allCases.map(\.rawValue)
        if names.colors[word.text] == nil, Suggestion.nearest(to: word.text, among: known) != nil {
          wrong(.wrongKeyword, AttributeType.list(known), word, suggestion: Habit.keyword(word.text, among: known))
          return nil
        }
        guard let color = color(word) else { return nil }
        (value.color, what) = (color, "colour")
      }
      guard said.insert(what).inserted else {
        wrong(.wrongValue, phrase)
        return nil
      }
    }
    return value
  }

  /// Names of zones that some page has.
  func zones() -> [String]? {
    let words = words()
    guard !words.isEmpty else {
      wrong(.wrongName, AttributeType.zones.phrase)
      return nil
    }
    var zones: [String] = []
    for word in words {
      guard names.zones.contains(word.text) else {
        error(
          .unknownZone, "no page has a zone named '\(word.text)'", word.range,
          suggestion: Suggestion.didYouMean(word.text, among: names.zones))
        return nil
      }
      if !zones.contains(word.text) { zones.append(word.text) }
    }
    return zones
  }
}
