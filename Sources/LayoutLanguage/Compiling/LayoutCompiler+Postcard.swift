internal import Diagnostics
internal import Geometry
internal import PostalProfiles
internal import Vocabulary

extension LayoutCompiler {
  /// Reports what has no place on a postcard, whatever is around it; whether the element is that.
  func refuseOnPostcard(_ element: XMLElement, _ kind: ElementKind, _ place: Place) -> Bool {
    let reason: String
    switch kind {
    case .terms, .termsChanges: reason = "the terms go with the bill, as a part of it or on a leaflet"
    case .coupon: reason = "nothing is torn off a card and sent back"
    default: return false
    }
    error(.misplacedElement, "'\(element.name)' cannot stand on a postcard: \(reason)", place.file, element.nameRange)
    return true
  }

  // MARK: What posts ask

  /// The name of a profile; `nil` once it is reported as none.
  func readPost(_ attribute: XMLAttribute) -> String? {
    let reader = literal(attribute)
    guard let word = reader.word("the name of a post", .wrongKeyword) else { return nil }
    return profile(word, reader)?.name
  }

  /// The profile that a word names; `nil` once it is reported as none.
  private func profile(_ word: LiteralReader.Word, _ reader: LiteralReader) -> PostalProfile? {
    if let profile = PostalProfile.all.first(where: { $0.name == word.text }) { return profile }
    reader.error(
      .unknownPost, "there is no profile of a post named '\(word.text)'; there are \(AttributeType.list(PostalProfile.names, "and"))",
      word.range,
      suggestion: Suggestion.didYouMean(word.text, among: PostalProfile.names))
    return nil
  }

  /// Warns of a card whose size its post does not take, where it says it.
  func checkPostalSize(_ root: XMLElement) {
    guard let profile = PostalProfile.all.first(where: { $0.name == post }),
      !profile.takes(width: sheet.width.points, height: sheet.height.points)
    else { return }
    let ranges = profile.classes.filter(\.isCurrent).map(\.sizes)
    let isUpright = profile.takes(width: sheet.height.points, height: sheet.width.points)
    findings.warning(
      .postalSize,
      "the profile '\(profile.name)' takes no card of \(profile.words(width: sheet.width.points, height: sheet.height.points)), but "
        + ranges.joined(separator: "; "),
      at: root["paper"]?.value.range, suggestion: isUpright ? "the first length is the one along the lines of the address" : nil)
  }

  /// A zone that is an area of a post's profile.
  func area(_ from: XMLAttribute, of element: XMLElement, _ kind: ZoneKind, _ file: SourceFile) -> ZoneDeclaration.Form? {
    guard kind == .clear || kind == .window || kind == .scanLine else {
      error(
        .conflictingAttributes, "a zone of kind '\(kind.rawValue)' runs over the sheet; it has no 'from'", file, from.nameRange)
      return nil
    }
    for name in ["x", "y", "width", "height"] {
      guard let attribute = element[name] else { continue }
      error(
        .conflictingAttributes, "the profile says where the zone is: 'from' stands instead of '\(name)'", file, attribute.nameRange)
      return nil
    }
    let reader = literal(from)
    let words = reader.words()
    guard words.count == 2 else {
      reader.wrong(.wrongValue, "a post and an area of its profile, such as 'usps read-area'")
      return nil
    }
    guard let profile = profile(words[0], reader) else { return nil }
    guard let area = profile.areas.first(where: { $0.name == words[1].text }) else {
      let known = profile.areas.map(\.name)
      reader.error(
        .unknownPost, "the profile '\(profile.name)' has no area '\(words[1].text)'; it has \(AttributeType.list(known, "and"))",
        words[1].range,
        suggestion: Suggestion.didYouMean(words[1].text, among: known))
      return nil
    }
    guard let place = profile.area(area.name, on: sheet) else {
      reader.error(
        .wrongValue,
        "a sheet of \(ZoneText.millimetres(sheet.width)) by \(ZoneText.millimetres(sheet.height)) has no room for the area '\(area.name)'",
        words[1].range)
      return nil
    }
    return .area(place)
  }
}

extension PostalClass {
  /// The sizes it takes, as its profile writes them.
  fileprivate var sizes: String { "\(title.lowercased()) \(sizeRange)" }
}
