internal import Diagnostics
internal import Geometry
internal import Languages
internal import Vocabulary

/// The root's own settings.
struct RootAttributes {
  var paper: PaperSize?
  var baseline: Length?
  var pageLimit: Int?
  var fitSheet: FitSheet?
  var style: Int?
  var watermark: Watermark?
}

extension LayoutCompiler {
  /// The children of the root that are of a kind; the others are reported once, by ``readDeclarations(_:_:)``.
  private func children(_ root: XMLElement, _ kind: ElementKind) -> [XMLElement] {
    root.elements.filter { $0.isLayout && $0.name == kind.tag }
  }

  /// Collects the names of styles and colours and the formats, so that they can be used before they are declared.
  func collectNames(_ root: XMLElement, _ file: SourceFile) {
    func collect(_ kind: ElementKind, _ what: String) -> (indexes: [String: Int], list: [String], places: [String: Range<Int>]) {
      var places: [String: Range<Int>] = [:]
      var indexes: [String: Int] = [:]
      var list: [String] = []
      for element in children(root, kind) {
        guard let attribute = element["name"], let word = literal(attribute).declaration(AttributeType.declaration.phrase) else { continue }
        if let first = places[word.text] {
          findings.error(
            .duplicateName, "two \(what)s are named '\(word.text)'", at: attribute.value.range(word.range),
            notes: [Diagnostic.Note("the first one", at: range(file, first))])
          continue
        }
        if kind == .color, word.text == "black" || word.text == "white" {
          findings.error(.duplicateName, "'\(word.text)' is a colour already", at: attribute.value.range(word.range))
          continue
        }
        guard list.count < LanguageLimits.declarations else {
          error(.tooManyDeclarations, "a layout has at most \(LanguageLimits.declarations) \(what)s", file, element.nameRange)
          break
        }
        places[word.text] = attribute.valueRange
        indexes[word.text] = list.count
        list.append(word.text)
      }
      return (indexes, list, places)
    }
    let (styleIndexes, styleNames, places) = collect(.style, "style")
    (names.styles, names.styleNames) = (styleIndexes, styleNames)
    names.styleRanges = styleNames.map { range(file, places[$0] ?? root.nameRange) }
    (names.colors, names.colorNames, _) = collect(.color, "colour")
    styles = Array(repeating: StyleSource(), count: names.styleNames.count)
    colors = Array(repeating: .value(.black), count: names.colorNames.count)
  }

  func readRoot(_ root: XMLElement, _ file: SourceFile) -> RootAttributes {
    let spec = ElementRegistry.spec(self.root.kind)
    checkAttributes(root, spec, file)
    var result = RootAttributes()
    if let paper = root["paper"] { result.paper = literal(paper).paper() }
    if let baseline = root["baseline"] { result.baseline = baselineStep(baseline, allowsNone: false) }
    if let watermark = root["watermark"] {
      result.watermark = Watermark(words: text(watermark), condition: root["watermark-if"].flatMap { condition($0)?.expression })
    } else if let condition = root["watermark-if"] {
      findings.error(.missingAttribute, "'watermark-if' needs a 'watermark': the words", at: condition.value.range)
    }
    if let limit = root["page-limit"], case .integer(let count) = literal(limit).read(.integer(1...LanguageLimits.pages)) {
      result.pageLimit = count
    }
    if spec.attribute("fit-sheet") != nil { result.fitSheet = readFitSheet(root, file) }
    if let style = root["style"] { result.style = literal(style).style() }
    if let formats = root["formats"] { readFormats(literal(formats)) }
    // A card has two sides.
    if self.root == .postcard { result.pageLimit = LanguageLimits.cardSides }
    if spec.attribute("post") != nil, let attribute = root["post"] { post = readPost(attribute) ?? "" }
    return result
  }

  /// The step of a baseline grid; zero for none, where that may be said.
  private func baselineStep(_ attribute: XMLAttribute, allowsNone: Bool) -> Length? {
    guard case .length(.fixed(let step))? = literal(attribute).read(.length([])) else { return nil }
    if step < .pt(1), !(allowsNone && step == .zero) {
      findings.error(
        .wrongLength, "a baseline grid has steps of at least 1pt" + (allowsNone ? ", or 0 for none" : ""), at: attribute.value.range)
    }
    return step
  }

  /// What `fit-sheet` and `fit-below` of the root or of a variant say; `nil` where they say nothing or `none`.
  private func readFitSheet(_ root: XMLElement, _ file: SourceFile) -> FitSheet? {
    let share = root["fit-below"].flatMap { literal($0).share() }
    guard let attribute = root["fit-sheet"] else {
      if let below = root["fit-below"] {
        error(
          .conflictingAttributes, "'fit-below' belongs to 'fit-sheet', which says what to try", file, below.nameRange,
          suggestion: "add fit-sheet=\"space-90\"")
      }
      return nil
    }
    if attribute.value.string.split(separator: " ") == ["none"] { return nil }
    return literal(attribute).fitSteps().map { FitSheet(steps: $0, below: share ?? FitSheet.standardShare) }
  }

  private func readFormats(_ reader: LiteralReader) {
    let known = ["standard", "large-print"]
    var formats: [String] = []
    for word in reader.words() {
      if !known.contains(word.text) {
        reader.error(
          .unknownFormat, "'\(word.text)' is not a format of bills; there are 'standard' and 'large-print'", word.range,
          suggestion: Suggestion.didYouMean(word.text, among: known))
      } else if formats.contains(word.text) {
        reader.error(.duplicateName, "'\(word.text)' stands twice", word.range)
      } else {
        formats.append(word.text)
      }
    }
    if !formats.contains("standard") { reader.error(.unknownFormat, "the formats must have 'standard' among them") }
    names.formats = ["standard"] + formats.filter { $0 != "standard" }
  }

  /// Reads colours, styles and variants and reports children of the root that have no place there.
  func readDeclarations(_ root: XMLElement, _ file: SourceFile) {
    for child in root.children {
      switch child {
      case .text(let text, _): reportText(text, in: root.name)
      case .comment: break
      case .element(let element):
        guard element.isLayout, let kind = kind(of: element, in: ElementRegistry.spec(self.root.kind).content, file, parent: root.name)
        else { continue }
        switch kind {
        case .color: readColor(element, file)
        case .style: readStyle(element, file)
        case .variant: readVariant(element, file)
        default: break
        }
      }
    }
    reportCycles(root, file)
  }

  private func colorSource(_ element: XMLElement, _ file: SourceFile) -> ColorSource? {
    switch (element["value"], element["of"], element["tint"]) {
    case (let value?, nil, nil):
      let reader = literal(value)
      guard let word = reader.word(AttributeType.hexColor.phrase, .wrongColor) else { return nil }
      guard let color = Color(hex: word.text) else {
        reader.wrong(.wrongColor, AttributeType.hexColor.phrase, word)
        return nil
      }
      return .value(color)
    case (nil, let of?, let tint?):
      let reader = literal(of)
      guard let word = reader.word(AttributeType.color.phrase, .wrongColor), let base = reader.color(word),
        let share = literal(tint).share()
      else {
        return nil
      }
      return .tint(of: base, share)
    case (let value?, _, _):
      error(.conflictingAttributes, "a colour has either a 'value', or 'of' and 'tint'", file, value.nameRange)
    default:
      error(.missingAttribute, "'color' needs a 'value', or 'of' and 'tint'", file, element.nameRange)
    }
    return nil
  }

  private func readColor(_ element: XMLElement, _ file: SourceFile) {
    checkAttributes(element, ElementRegistry.spec(.color), file)
    reportContent(of: element, file)
    guard let source = colorSource(element, file), let name = declaredName(element), let index = names.colors[name] else { return }
    colors[index] = source
  }

  private func styleOverrides(_ element: XMLElement, _ spec: ElementSpec) -> StyleOverrides {
    var overrides = StyleOverrides()
    for attribute in element.attributes {
      guard let known = spec.attribute(attribute.name), known.name != .name, known.name != .base else { continue }
      let reader = literal(attribute)
      reader.read(known.name, into: &overrides)
      if known.name == .font { noteFamilies(reader) }
    }
    return overrides
  }

  /// Keeps the families for the font book.
  func noteFamilies(_ reader: LiteralReader) {
    for word in reader.words(separatedBy: UInt8(ascii: ",")) where knownFamilies.insert(word.text).inserted {
      families.append(FontFamilyUse(family: word.text, range: reader.value.range(word.range)))
    }
  }

  private func readStyle(_ element: XMLElement, _ file: SourceFile) {
    let spec = ElementRegistry.spec(.style)
    checkAttributes(element, spec, file)
    reportContent(of: element, file)
    var source = StyleSource(overrides: styleOverrides(element, spec))
    if let base = element["base"] { source.base = literal(base).style() }
    guard let name = declaredName(element), let index = names.styles[name] else { return }
    styles[index] = source
  }

  private func readVariant(_ element: XMLElement, _ file: SourceFile) {
    checkAttributes(element, ElementRegistry.spec(.variant), file)
    var variant = VariantSource(nameRange: range(file, element.nameRange))
    if element["format"] == nil, element["language"] == nil {
      error(.missingAttribute, "'variant' needs a 'format', a 'language' or both", file, element.nameRange)
    }
    if let format = element["format"] {
      let reader = literal(format)
      if let word = reader.word("a format of the layout", .wrongKeyword) {
        variant.format = names.formats.firstIndex(of: word.text)
        if variant.format == nil {
          variant.isFaulty = true
          reader.error(
            .unknownFormat, "the layout does not offer the format '\(word.text)'", word.range,
            suggestion: Suggestion.didYouMean(word.text, among: names.formats)
              ?? (word.text == "large-print" ? "write formats=\"standard large-print\" in '\(root.kind.tag)'" : nil))
        }
      }
    }
    if let language = element["language"] {
      let reader = literal(language)
      if let word = reader.word("a language of the layout", .wrongKeyword) {
        variant.language = LanguageTag(word.text)?.text
        let isOffered = names.languages.contains { tag in variant.language.map { LanguageTag.place(of: tag, among: [$0]) != nil } ?? false }
        if !isOffered {
          variant.isFaulty = true
          reader.error(
            .unknownLanguage, "the layout has no strings for the language '\(word.text)'", word.range,
            suggestion: Suggestion.didYouMean(word.text, among: names.languages))
        }
      }
    }
    if root != .bill {
      for name in ["fit-sheet", "fit-below"] {
        guard let attribute = element[name] else { continue }
        error(
          .unknownAttribute,
          root == .postcard
            ? "a postcard has no '\(name)': it is one card, whatever stands on it"
            : "a leaflet has no '\(name)': it is the same for all its customers, and is laid out as the variant says", file,
          attribute.nameRange)
      }
    } else {
      let fitSheet = readFitSheet(element, file)
      if element["fit-sheet"] != nil { variant.fitSheet = .some(fitSheet) }
    }
    if let baseline = element["baseline"] { variant.baseline = baselineStep(baseline, allowsNone: true) }
    for (child, kind) in elements(of: element, in: .variant, file) {
      if kind == .variantStyle || kind == .variantColor {
        readVariantChild(child, kind, &variant, file)
      } else {
        readChange(child, kind, &variant, file)
      }
    }
    guard variants.count < LanguageLimits.declarations else {
      error(.tooManyDeclarations, "a layout has at most \(LanguageLimits.declarations) variants", file, element.nameRange)
      return
    }
    variants.append(variant)
  }

  private func readVariantChild(_ element: XMLElement, _ kind: ElementKind, _ variant: inout VariantSource, _ file: SourceFile) {
    let spec = ElementRegistry.spec(kind)
    checkAttributes(element, spec, file)
    reportContent(of: element, file)
    guard let name = element["name"] else { return }
    let reader = literal(name)
    if kind == .variantStyle {
      let overrides = styleOverrides(element, spec)
      if let style = reader.style() { variant.styles.append((style, overrides)) }
    } else {
      let source = colorSource(element, file)
      guard let word = reader.word("the name of a colour", .wrongName), let reference = reader.color(word) else { return }
      guard case .named(let color) = reference else {
        reader.error(.wrongName, "a variant changes declared colours; '\(word.text)' is none", word.range)
        return
      }
      if let source { variant.colors.append((color, source)) }
    }
  }

  // MARK: Bases and tints

  private func reportCycles(_ root: XMLElement, _ file: SourceFile) {
    var reported: Set<Int> = []
    for element in children(root, .style) {
      guard let base = element["base"], let name = declaredName(element), let start = names.styles[name] else { continue }
      var seen = [start]
      var met: Set = [start]
      var next = styles[start].base
      while let index = next, met.insert(index).inserted {
        seen.append(index)
        next = styles[index].base
      }
      guard next == start, reported.isDisjoint(with: seen) else { continue }
      reported.formUnion(seen)
      let way = (seen + [start]).map { "'\(names.styleNames[$0])'" }.joined(separator: " on ")
      findings.error(.styleCycle, "styles are based on each other in a circle: \(way)", at: base.value.range)
    }
    reported = []
    for element in children(root, .color) {
      guard let of = element["of"], let name = declaredName(element), let start = names.colors[name] else { continue }
      if tintReaches(start, from: start, colors), !reported.contains(where: { tintReaches($0, from: start, colors) }) {
        reported.insert(start)
        findings.error(.colorCycle, "the tint '\(name)' is made of itself", at: of.value.range)
      }
    }
    for variant in variants {
      var changed = colors
      for (color, source) in variant.colors { changed[color] = source }
      for (color, _) in variant.colors where tintReaches(color, from: color, changed) && !tintReaches(color, from: color, colors) {
        findings.error(.colorCycle, "a variant makes the tint '\(names.colorNames[color])' of itself", at: range(file, root.nameRange))
      }
    }
  }

  private func tintReaches(_ goal: Int, from start: Int, _ colors: [ColorSource]) -> Bool {
    var (at, steps) = (start, 0)
    while case .tint(of: .named(let next), _) = colors[at], steps <= colors.count {
      if next == goal { return true }
      at = next
      steps += 1
    }
    return false
  }

  /// The style sheets by format and language.
  func sheets() -> [[StyleSheet]] {
    names.formats.indices.map { format in
      names.languages.map { language in
        sheet(variantsApplying(format: format, language: language).map { variants[$0] })
      }
    }
  }

  /// The numbers of the variants for a format and a language, the less particular first.
  func variantsApplying(format: Int, language: String) -> [Int] {
    variants.enumerated().filter { _, variant in
      (variant.format == nil || variant.format == format)
        && (variant.language.map { LanguageTag.place(of: language, among: [$0]) != nil } ?? true)
    }.sorted { ($0.element.specificity, $0.offset) < ($1.element.specificity, $1.offset) }.map(\.offset)
  }

  private func sheet(_ variants: [VariantSource]) -> StyleSheet {
    var colors = colors
    var own = styles.map(\.overrides)
    for variant in variants {
      for (color, source) in variant.colors { colors[color] = source }
      for (style, overrides) in variant.styles { own[style] = own[style].overlaid(by: overrides) }
    }
    var flat = [StyleOverrides?](repeating: nil, count: own.count)
    for index in own.indices where flat[index] == nil {
      // Up to a base that is worked out already. A circle was reported; here it only must end.
      var chain = [index]
      var met: Set = [index]
      while let base = styles[chain[chain.count - 1]].base, flat[base] == nil, met.insert(base).inserted { chain.append(base) }
      var result = styles[chain[chain.count - 1]].base.flatMap { flat[$0] } ?? StyleOverrides()
      for link in chain.reversed() {
        result = result.overlaid(by: own[link])
        flat[link] = result
      }
    }
    return StyleSheet(
      styles: flat.map { $0 ?? StyleOverrides() }, colors: colors.indices.map { LayoutCompiler.resolve($0, colors, depth: 0) })
  }

  private static func resolve(_ index: Int, _ colors: [ColorSource], depth: Int) -> Color {
    guard depth < LanguageLimits.colourDepth else { return .black }
    switch colors[index] {
    case .value(let color): return color
    case .tint(of: .literal(let color), let share): return color.tint(share)
    case .tint(of: .named(let base), let share): return resolve(base, colors, depth: depth + 1).tint(share)
    }
  }
}
