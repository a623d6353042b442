internal import ConfigurationFiles
internal import Dates
internal import Diagnostics
internal import Geometry

/// Makes a profile of its YAML, collecting every finding.
struct PostalProfileReading {
  private enum Truth: String, CaseIterable { case yes, no }

  /// Characters of a name, a title or a source; the files are the program's own.
  ///
  /// - Stops: a book in the place of a sentence.
  private static let textLimit = 1_000

  let findings = YAMLFindings()

  /// - Parameter name: The one that the file's name says.
  func profile(_ root: YAMLValue, name: String) -> PostalProfile? {
    guard let top = findings.mapping(root, "the profile", required: ["billfold", "post", "name", "classes", "areas"]) else { return nil }
    if let version = top["billfold"], version.text != "1" {
      findings.report("bad-value", "'billfold' must be 1, the version of this format", at: version.range)
    }
    if let post = top["post"], post.text != name {
      findings.report("bad-value", "'post' is not '\(name)', as the file's name says", at: post.range)
    }
    guard let title = text(top, "name"), let classes = top["classes"].flatMap({ findings.list($0, "'classes'") }),
      let areas = top["areas"].flatMap({ findings.list($0, "'areas'") })
    else { return nil }
    return PostalProfile(name: name, title: title, classes: classes.compactMap(postalClass), areas: areas.compactMap(area))
  }

  private func postalClass(_ value: YAMLValue) -> PostalClass? {
    guard
      let entry = findings.mapping(
        value, "a class", required: ["name", "title", "width", "height", "source", "seen", "confirmed"],
        optional: ["from", "until", "aspect", "stock"]),
      let name = text(entry, "name"), let title = text(entry, "title"), let source = source(entry),
      let width = entry["width"].flatMap({ bounds($0, "'width'", length) }),
      let height = entry["height"].flatMap({ bounds($0, "'height'", length) })
    else { return nil }
    return PostalClass(
      name: name, title: title, stock: text(entry, "stock"), source: source, from: entry["from"].flatMap { findings.date($0, "'from'") },
      until: entry["until"].flatMap { findings.date($0, "'until'") }, width: width, height: height,
      aspect: entry["aspect"].flatMap { bounds($0, "'aspect'", ratio) } ?? PostalClass.Bounds(),
      unit: entry["width"].flatMap { unit(of: $0) } ?? .millimetres)
  }

  private func area(_ value: YAMLValue) -> PostalArea? {
    let sides = ["left", "right", "width"]
    let levels = ["top", "bottom", "height", "rise"]
    guard
      let entry = findings.mapping(
        value, "an area", required: ["name", "title", "source", "seen", "confirmed"], optional: sides + levels),
      let name = text(entry, "name"), let title = text(entry, "title"), let source = source(entry)
    else { return nil }
    for names in [sides, levels] where names.filter({ entry[$0] != nil }).count != 2 {
      findings.report("bad-value", "an area has two of \(names.joined(separator: ", "))", at: value.range)
    }
    if entry["rise"] != nil, entry["bottom"] == nil {
      findings.report("bad-value", "an area with a 'rise' has a 'bottom'", at: value.range)
    }
    func measure(_ name: String) -> Length? { entry[name].flatMap { length($0, "'\(name)'") }.map { Length.pt($0) } }
    return PostalArea(
      name: name, title: title, source: source, left: measure("left"), right: measure("right"), width: measure("width"),
      top: measure("top"), bottom: measure("bottom"), height: measure("height"), rise: measure("rise"))
  }

  // MARK: Parts

  private func text(_ entry: YAMLFindings.Mapping, _ name: String) -> String? {
    entry[name].flatMap { findings.text($0, "'\(name)'", limit: Self.textLimit) }
  }

  private func source(_ entry: YAMLFindings.Mapping) -> PostalSource? {
    guard let text = text(entry, "source"), let seen = entry["seen"].flatMap({ findings.date($0, "'seen'") }),
      let confirmed = entry["confirmed"].flatMap({ findings.choice($0, "'confirmed'", Truth.self) })
    else { return nil }
    return PostalSource(text: text, seen: seen, isConfirmed: confirmed == .yes)
  }

  private func bounds(_ value: YAMLValue, _ owner: String, _ read: (YAMLValue, String) -> Double?) -> PostalClass.Bounds? {
    guard let entry = findings.mapping(value, owner, optional: ["least", "most"]) else { return nil }
    var bounds = PostalClass.Bounds()
    if let least = entry["least"] { bounds.least = read(least, "'least' of \(owner)") ?? 0 }
    if let most = entry["most"] { bounds.most = read(most, "'most' of \(owner)") ?? .infinity }
    return bounds
  }

  /// The unit in which a range is written.
  private func unit(of range: YAMLValue) -> PostalUnit? {
    guard case .mapping(let members) = range.content, let text = members.first?.value.text else { return nil }
    return PostalUnit.allCases.first { text.hasSuffix($0.rawValue) }
  }

  private func ratio(_ value: YAMLValue, _ owner: String) -> Double? {
    guard let number = value.text.flatMap({ Double($0) }), number > 0, number.isFinite else {
      findings.report("bad-value", "\(owner) must be a number", at: value.range)
      return nil
    }
    return number
  }

  /// A length in points.
  private func length(_ value: YAMLValue, _ owner: String) -> Double? {
    if let text = value.text, let unit = PostalUnit.allCases.first(where: { text.hasSuffix($0.rawValue) }),
      let number = Double(text.dropLast(unit.rawValue.count)), number >= 0, number.isFinite
    {
      return number * unit.points
    }
    findings.report("bad-value", "\(owner) must be a length such as 4.25in or 105mm", at: value.range)
    return nil
  }
}
