internal import Diagnostics
internal import Vocabulary

/// The zones of pages as variants change them.
extension LayoutCompiler {
  /// Collects the names of all zones, wherever their pages are written, before anything that uses them is compiled.
  func collectZones(_ root: XMLElement) {
    for page in root.elements where page.isLayout && page.name == ElementKind.page.tag {
      for zone in zones(in: page) { collectZone(zone) }
    }
    for variant in root.elements where variant.isLayout && variant.name == ElementKind.variant.tag {
      for page in variant.elements where page.isLayout && page.name == ElementKind.page.tag {
        // What only changes a zone gives none, or a slip of the pen would be a name.
        for zone in zones(in: page) where isNew(zone) { collectZone(zone) }
      }
    }
  }

  private func collectZone(_ zone: XMLElement) {
    guard let name = declaredName(zone), names.zones.count < LanguageLimits.declarations, !names.zones.contains(name) else { return }
    names.zones.append(name)
  }

  private func zones(in page: XMLElement) -> [XMLElement] {
    page.elements.filter { $0.isLayout && $0.name == ElementKind.zone.tag }
  }

  /// Whether a variant's zone can stand where the page has none of its name.
  private func isNew(_ zone: XMLElement) -> Bool { zone["kind"] != nil && zone["show"]?.value.string != "no" }

  /// The zones of a page with the edition's changes, and those that it adds.
  func zoneElements(_ page: XMLElement) -> [XMLElement] {
    let pageName = declaredName(page) ?? ""
    var met: Set<String> = []
    var result: [XMLElement] = []
    for zone in zones(in: page) {
      guard let name = declaredName(zone) else {
        result.append(zone)
        continue
      }
      met.insert(name)
      changeable.zones[pageName, default: []].insert(name)
      let changes = edition.changes(ofPage: pageName, .variantZone, name)
      made(changes)
      if !isLeftOut(changes) { result.append(merged(zone, with: changes)) }
    }
    for change in edition.changes where change.kind == .variantPage && change.name == pageName {
      for inner in change.inner where inner.kind == .variantZone && met.insert(inner.name).inserted {
        let changes = edition.changes(ofPage: pageName, .variantZone, inner.name)
        guard changes.contains(where: { isNew($0.element) }) else { continue }
        made(changes)
        if isLeftOut(changes) { continue }
        let zone = merged(inner.element, with: changes)
        zone.attributes.removeAll { $0.name == "show" }
        result.append(zone)
      }
    }
    return result
  }

  /// The zone with what the changes write of it, the less particular first. What a new kind has no use for goes with the old one.
  private func merged(_ zone: XMLElement, with changes: [NamedChange]) -> XMLElement {
    changes.reduce(zone) { zone, change in
      let result = NamedChange.merged(zone, with: [change])
      guard let kind = result["kind"].flatMap({ ZoneKind(rawValue: $0.value.string) }) else { return result }
      let written = change.element
      let measures: Set = ["x", "y", "width", "height"]
      // A place comes from a profile or is measured.
      var useless: Set<String> = written["from"] != nil ? measures : measures.contains { written[$0] != nil } ? ["from"] : []
      if written["kind"] != nil {
        switch kind {
        case .fold: useless.formUnion(["width", "height", "slide", "from"])
        case .window: useless.insert("avoid")
        case .coupon: useless.formUnion(["avoid", "slide", "from"])
        case .scanLine, .clear: useless.formUnion(["avoid", "slide"])
        }
      }
      // A fold is level or upright.
      if kind == .fold, (written["x"] == nil) != (written["y"] == nil) {
        useless.formUnion(["x", "y"])
        if written["y"] == nil { useless.insert("avoid") }
      }
      result.attributes.removeAll { useless.contains($0.name) && written[$0.name] == nil }
      return result
    }
  }
}
