internal import Diagnostics
internal import Geometry
internal import Vocabulary

/// What a layout says of the sheet: what parts of it are kept for, and how far beyond it is printed.
extension LayoutCompiler {
  /// The zones of a page.
  func readZones(_ page: XMLElement, _ file: SourceFile) -> [ZoneDeclaration] {
    var zones: [ZoneDeclaration] = []
    var places: [String: Range<Int>] = [:]
    for element in zoneElements(page) {
      guard let zone = readZone(element, file) else { continue }
      let place = element["name"]?.valueRange ?? element.nameRange
      if let first = places[zone.name] {
        error(
          .duplicateName, "two zones of the page are named '\(zone.name)'", file, place,
          notes: [Diagnostic.Note("the first one", at: range(file, first))])
        continue
      }
      guard zones.count < LanguageLimits.zones else {
        error(.tooManyDeclarations, "a page has at most \(LanguageLimits.zones) zones", file, element.nameRange)
        break
      }
      places[zone.name] = place
      zones.append(zone)
    }
    return zones
  }

  private func readZone(_ element: XMLElement, _ file: SourceFile) -> ZoneDeclaration? {
    checkAttributes(element, ElementRegistry.spec(.zone), file)
    reportContent(of: element, file)
    guard let name = element["name"].flatMap({ literal($0).declaration(AttributeType.declaration.phrase) })?.text,
      let kind = element["kind"].flatMap({ literal($0).word(ZoneKind.self) })
    else { return nil }
    let rule = element["on"].flatMap { literal($0).word(ZoneRule.self) } ?? .warn
    let condition = element["if"].flatMap { self.condition($0) }
    guard let form = form(of: element, kind, file), let slide = slide(of: element, kind, form, file),
      let avoided = avoided(element, form, file)
    else { return nil }
    return ZoneDeclaration(
      name: name, kind: kind, form: form, avoided: avoided, slide: slide, rule: rule, condition: condition?.expression,
      node: number(element, file))
  }

  /// A length that is written; `.some(nil)` where it is not, `nil` where it is wrong.
  private func measure(_ name: String, _ element: XMLElement) -> Length?? {
    guard let attribute = element[name] else { return .some(nil) }
    guard case .length(.fixed(let length))? = literal(attribute).read(.length([])) else { return nil }
    return length
  }

  private func form(of element: XMLElement, _ kind: ZoneKind, _ file: SourceFile) -> ZoneDeclaration.Form? {
    if let from = element["from"] { return area(from, of: element, kind, file) }
    guard let x = measure("x", element), let y = measure("y", element), let width = measure("width", element),
      let height = measure("height", element)
    else { return nil }
    func lacks(_ what: String) -> ZoneDeclaration.Form? {
      error(.missingAttribute, "a zone of kind '\(kind.rawValue)' needs \(what)", file, element.nameRange)
      return nil
    }
    switch kind {
    case .fold:
      for name in ["width", "height"] where element[name] != nil {
        error(
          .conflictingAttributes, "a fold is a line with \(ZoneText.foldMargin) on each side; it has no '\(name)'", file,
          element[name]?.nameRange ?? element.nameRange)
        return nil
      }
      switch (x, y) {
      case (nil, let y?): return isOnSheet(Rect(x: .zero, y: y, width: sheet.width, height: .zero), element, file) ? .level(y) : nil
      case (let x?, nil): return isOnSheet(Rect(x: x, y: .zero, width: .zero, height: sheet.height), element, file) ? .upright(x) : nil
      case (nil, nil): return lacks("'y', or 'x' where it is upright")
      case (.some, .some):
        error(
          .conflictingAttributes, "a fold runs over the whole sheet: it has 'y', or 'x' where it is upright", file,
          element["x"]?.nameRange ?? element.nameRange)
        return nil
      }
    case .coupon:
      guard let y else { return lacks("'y': the height of its upper edge") }
      let left = x ?? .zero
      let area = Rect(x: left, y: y, width: width ?? max(.zero, sheet.width - left), height: height ?? max(.zero, sheet.height - y))
      return isOnSheet(area, element, file) ? .area(area) : nil
    case .window, .scanLine, .clear:
      guard let x, let y, let width, let height else { return lacks("'x', 'y', 'width' and 'height'") }
      let area = Rect(x: x, y: y, width: width, height: height)
      guard width > .zero, height > .zero else {
        error(.wrongLength, "a zone has a width and a height", file, element.nameRange)
        return nil
      }
      return isOnSheet(area, element, file) ? .area(area) : nil
    }
  }

  /// Reports a zone beyond the sheet, at the measure that leads there.
  private func isOnSheet(_ area: Rect, _ element: XMLElement, _ file: SourceFile) -> Bool {
    let beyond: (String, String)? =
      if !area.maxX.fits(sheet.width) {
        (area.minX.fits(sheet.width) && element["width"] != nil ? "width" : "x", "\(ZoneText.millimetres(sheet.width)) wide")
      } else if !area.maxY.fits(sheet.height) {
        (area.minY.fits(sheet.height) && element["height"] != nil ? "height" : "y", "\(ZoneText.millimetres(sheet.height)) high")
      } else {
        nil
      }
    guard let (name, size) = beyond else { return true }
    error(
      .wrongValue, "the zone reaches beyond the sheet, which is \(size)", file, element[name]?.valueRange ?? element.nameRange)
    return false
  }

  private func slide(of element: XMLElement, _ kind: ZoneKind, _ form: ZoneDeclaration.Form, _ file: SourceFile) -> Size? {
    guard let attribute = element["slide"] else { return .zero }
    guard kind == .window, case .area(let area) = form else {
      error(
        .conflictingAttributes, "the sheet moves in its envelope: only a zone of kind 'window' has a 'slide'", file, attribute.nameRange)
      return nil
    }
    let reader = literal(attribute)
    guard case .lengths(let lengths)? = reader.read(.lengths) else { return nil }
    guard lengths.count <= 2 else {
      reader.wrong(.wrongValue, "one or two lengths such as '6mm 3mm': to either side, and up or down")
      return nil
    }
    let slide = Size(width: lengths[0], height: lengths[lengths.count - 1])
    if slide.width * 2 >= area.size.width || slide.height * 2 >= area.size.height {
      reader.error(
        .wrongValue, "a sheet that moves so far leaves nothing that is seen in the window in every position",
        suggestion: "write how far it moves to one side, and how far up or down")
      return nil
    }
    return slide
  }

  // MARK: Bleed

  /// Reads how far pages may be printed beyond the sheet.
  func readBleed(_ root: XMLElement) -> Length {
    guard let attribute = root["bleed"], case .length(.fixed(let bleed))? = literal(attribute).read(.length([])) else { return .zero }
    if bleed > .mm(20) { findings.error(.wrongLength, "a bleed is at most 20mm", at: attribute.value.range) }
    return bleed
  }

  /// Reports a place beyond the bleed.
  func checkBleed(_ element: XMLElement, _ parts: NodeParts) {
    for name in [AttributeName.x, .y, .right, .bottom] {
      guard let length = parts.attributes.points(name), length < .zero, !(.zero - length).fits(bleed) else { continue }
      findings.error(
        .wrongLength,
        bleed == .zero
          ? "'\(name.rawValue)' cannot be negative: the layout has no bleed"
          : "'\(name.rawValue)' lies beyond the bleed of \(ZoneText.millimetres(bleed))",
        at: element[name.rawValue]?.value.range,
        suggestion: bleed == .zero ? "write bleed=\"3mm\" in '\(root.kind.tag)'" : "write -\(ZoneText.millimetres(bleed)) at most")
    }
  }
}

/// Measures of zones in words.
enum ZoneText {
  static let foldMargin = "3mm"
  static func millimetres(_ length: Length) -> String {
    let tenths = Int((length.points / Length.mm(1).points * 10).rounded())
    return "\(tenths / 10)" + (tenths % 10 == 0 ? "" : ".\(tenths % 10)") + "mm"
  }
}
