package import Geometry
package import Layout
package import LayoutLanguage
package import Vocabulary

/// What text looks like at one place of a layout: everything inherited, folded together.
///
/// One object a place, shared by all bills of one format and language, so that the same place always gives the identical ``Layout/TextStyle``.
package final class StyleContext {
  package let settings: StyleOverrides
  package let text: TextStyle
  package let alignment: TextAlignment
  package let hyphenates: Bool
  /// Whether the lines of short texts are made about equally long.
  package let isBalanced: Bool
  /// What lines may break in it.
  let wrapping: SpanBuilder.Wrapping
  /// Below a block of the style named here; not inherited.
  package let spaceAfter: Length
  /// By how much all type in here is smaller than the layout says: 1, or less where text is shrunk to fit.
  package let scale: Double

  private unowned let book: StyleBook
  private var inner: [Key: StyleContext] = [:]

  private struct Key: Hashable {
    var node: Int
    var part: Part
  }
  /// Which of an element's looks is meant.
  package enum Part: Hashable { case own, style(Int), bold, regular, italic, superscript, tabular, unit, cell(Int), scaled(Double) }

  fileprivate init(_ settings: StyleOverrides, scale: Double, spaceAfter: Length, in book: StyleBook) {
    self.settings = settings
    self.scale = scale
    self.book = book
    self.spaceAfter = spaceAfter
    text = book.textStyle(for: settings, scale: scale)
    hyphenates = settings.hyphenates ?? false
    isBalanced = settings.isBalanced ?? false
    wrapping =
      switch settings.nowrap {
      case .yes: .never
      case .no: .atLast
      case .auto, nil: .byValue
      }
    alignment = settings.align ?? .start
  }

  /// The context inside an element: its named style and its own style attributes on top of what it inherits.
  package func entering(_ node: TemplateNode) -> StyleContext {
    guard node.style != nil || node.overrides != nil else { return self }
    return cached(Key(node: node.id, part: .own)) {
      var settings = settings
      var space: Length?
      if let style = node.style {
        settings = settings.overlaid(by: book.sheet.styles[style])
        space = book.sheet.styles[style].spaceAfter
      }
      if let overrides = node.overrides {
        settings = settings.overlaid(by: overrides)
        space = overrides.spaceAfter ?? space
      }
      return (settings, space ?? .zero)
    }
  }

  /// The context of a table cell: the column's look, then the row's, then the cell's own.
  package func entering(cell: TemplateNode, row: TemplateNode, column: TemplateNode?, index: Int) -> StyleContext {
    cached(Key(node: cell.id, part: .cell(index))) {
      var settings = settings
      for node in [column, row, cell] {
        guard let node else { continue }
        if let style = node.style { settings = settings.overlaid(by: book.sheet.styles[style]) }
        if let overrides = node.overrides { settings = settings.overlaid(by: overrides) }
      }
      return (settings, .zero)
    }
  }

  /// The context with a named style on top.
  package func styled(_ style: Int?) -> StyleContext {
    guard let style else { return self }
    return cached(Key(node: -1, part: .style(style))) { (settings.overlaid(by: book.sheet.styles[style]), .zero) }
  }

  package var bold: StyleContext {
    cached(Key(node: -1, part: .bold)) {
      var settings = settings
      settings.weight = max(700, settings.weight ?? 400)
      return (settings, .zero)
    }
  }

  package var regular: StyleContext {
    cached(Key(node: -1, part: .regular)) {
      var settings = settings
      settings.weight = min(400, settings.weight ?? 400)
      return (settings, .zero)
    }
  }

  package var italic: StyleContext {
    cached(Key(node: -1, part: .italic)) {
      var settings = settings
      settings.isItalic = true
      return (settings, .zero)
    }
  }

  /// Ordinals and footnote marks: two thirds of the size, raised by a third, the line height kept.
  package var superscript: StyleContext {
    cached(Key(node: -1, part: .superscript)) {
      var settings = settings
      // What the settings say unscaled; the scale comes on top of them again.
      let style = text.properties
      settings.lineHeight = .fixed(style.lineHeight / scale)
      settings.size = style.size / scale * (2.0 / 3)
      settings.rise = style.size / scale / 3
      return (settings, .zero)
    }
  }

  /// With figures of one width, which stand under one another.
  package var tabular: StyleContext {
    cached(Key(node: -1, part: .tabular)) {
      var settings = settings
      settings.hasTabularFigures = true
      return (settings, .zero)
    }
  }

  /// A unit below the words of a heading: in a style of its own, or a tenth smaller, not below 8 pt unless the words are, and regular.
  package func unit(_ style: Int?) -> StyleContext {
    if let style { return styled(style) }
    return cached(Key(node: -1, part: .unit)) {
      var settings = settings
      let style = text.properties
      let size = style.size / scale
      settings.size = max(min(size, .pt(8)), size * 0.9)
      settings.lineHeight = .fixed(style.lineHeight / scale)
      settings.weight = 400
      return (settings, .zero)
    }
  }

  /// The context with all type, that of named styles too, `factor` times as large.
  package func scaled(by factor: Double) -> StyleContext {
    cached(Key(node: -1, part: .scaled(factor)), scale: scale * factor) { (settings, spaceAfter) }
  }

  private func cached(_ key: Key, scale: Double? = nil, _ make: () -> (StyleOverrides, Length)) -> StyleContext {
    if let known = inner[key] { return known }
    let (settings, space) = make()
    let context = StyleContext(settings, scale: scale ?? self.scale, spaceAfter: space, in: book)
    inner[key] = context
    return context
  }
}

/// The styles of one format and language, resolved once per worker.
package final class StyleBook {
  package let sheet: StyleSheet
  /// The number of this book among those of its composer, part of cache keys.
  package let index: Int
  private var styles: [TextStyle.Properties: TextStyle] = [:]
  private var made: StyleContext?
  private let rootStyle: Int?

  package init(sheet: StyleSheet, index: Int, rootStyle: Int?) { (self.sheet, self.index, self.rootStyle) = (sheet, index, rootStyle) }

  /// The context at the root: the engine's defaults under the layout's own style.
  package var root: StyleContext {
    if let made { return made }
    let settings = rootStyle.map { sheet.styles[$0] } ?? StyleOverrides()
    let context = StyleContext(settings, scale: 1, spaceAfter: .zero, in: self)
    made = context
    return context
  }

  package func color(_ reference: ColorReference?) -> Color? { reference.map { sheet.color($0) } }

  package func color(_ reference: ColorReference?, or other: Color) -> Color { reference.map { sheet.color($0) } ?? other }

  /// Equal settings give the identical style, so that caches of shaped text can go by identity.
  fileprivate func textStyle(for settings: StyleOverrides, scale: Double) -> TextStyle {
    var properties = TextStyle.Properties()
    if let families = settings.families { properties.families = families }
    if let weight = settings.weight { properties.weight = weight }
    if let italic = settings.isItalic { properties.slant = italic ? .italic : .upright }
    if let size = settings.size { properties.size = size }
    switch settings.lineHeight {
    case .fixed(let height): properties.lineHeight = height
    case .factor(let factor): properties.lineHeight = properties.size * factor
    case nil: properties.lineHeight = properties.size * 1.35
    }
    if let color = settings.color { properties.color = sheet.color(color) }
    if let tabular = settings.hasTabularFigures { properties.figures = tabular ? .tabular : .proportional }
    if let features = settings.features { properties.features = features }
    if let spacing = settings.letterSpacing { properties.letterSpacing = spacing }
    if let rise = settings.rise { properties.rise = rise }
    if let underlined = settings.isUnderlined { properties.isUnderlined = underlined }
    if scale != 1 { properties = TextStyle(properties).scaled(by: scale).properties }
    if let known = styles[properties] { return known }
    let style = TextStyle(properties)
    styles[properties] = style
    return style
  }
}
