internal import Diagnostics

/// What HTML and CSS call the things of the language, and what to write instead: designers bring these names along.
enum Habit {
  /// What to write for an attribute that the element does not have: its nearest own one, or what HTML and CSS mean by the name.
  static func attribute(_ name: String, among own: [AttributeName]) -> String? {
    if let meant = attributes[name.lowercased()]?.first(where: own.contains) { return "did you mean '\(meant.rawValue)'?" }
    if let near = Suggestion.didYouMean(name, among: own.map(\.rawValue)) { return near }
    return notes[name.lowercased()]
  }

  /// What to write for a word that the attribute does not take.
  static func keyword(_ word: String, among own: [String]) -> String? {
    let name = word.lowercased()
    if name != word, own.contains(name) { return "write '\(name)'" }
    if let meant = words[name]?.first(where: own.contains) { return "did you mean '\(meant)'?" }
    return Suggestion.didYouMean(word, among: own)
  }

  /// What to write for a filter that there is none of.
  static func filter(_ name: String) -> String? {
    let known = FilterName.allCases.map(\.rawValue)
    if let meant = filters[name.lowercased()] { return "did you mean '\(meant.rawValue)'?" }
    return Suggestion.didYouMean(name, among: known)
  }

  /// What to write for an element that there is none of.
  static func element(_ name: String, among allowed: [String]) -> String? {
    let name = name.lowercased()
    guard let meant = elements[name] else { return elementNotes[name] }
    guard allowed.contains(meant) else { return nil }
    let isHeading = name.count == 2 && name.hasPrefix("h") && meant == "text"
    return isHeading ? "write <text heading=\"\(name.dropFirst())\">" : "did you mean '\(meant)'?"
  }

  private static let attributes: [String: [AttributeName]] = [
    "class": [.style], "background": [.fill], "background-color": [.fill], "bgcolor": [.fill], "font-family": [.font], "face": [.font],
    "font-size": [.size], "font-weight": [.weight], "font-style": [.slant], "italic": [.slant], "bold": [.weight],
    "text-align": [.align], "halign": [.align], "justify": [.align], "justify-content": [.align], "align-items": [.valign],
    "vertical-align": [.valign, .rise], "alt": [.describe], "title": [.describe], "aria-label": [.describe], "margin": [.marginTop],
    "padding-top": [.padding], "padding-bottom": [.padding], "padding-left": [.padding], "padding-right": [.padding],
    "colspan": [.span], "href": [.href], "url": [.href, .src], "link": [.href], "for": [.each], "foreach": [.each], "repeat": [.each],
    "show": [.if], "when": [.if], "condition": [.if, .test], "letterspacing": [.letterSpacing], "tracking": [.letterSpacing],
    "leading": [.lineHeight], "page-break": [.keep], "page-break-inside": [.keep], "break-inside": [.keep], "page-break-after": [.keep],
    "break-after": [.keep], "text-decoration": [.underline], "font-variant-numeric": [.figures], "font-variant": [.features],
    "font-feature-settings": [.features], "hyphens": [.hyphenate], "text-indent": [.indent], "border-radius": [.radius],
    "corner-radius": [.radius], "border-left": [.bar], "border-top": [.rule, .bar], "border-bottom": [.headerRule, .bar],
    "stroke": [.border], "outline": [.border], "stroke-width": [.thickness], "id": [.name], "left": [.x], "top": [.y],
    "column-count": [.columns, .count], "column-gap": [.gap], "spacing": [.gap], "cellspacing": [.gap], "cellpadding": [.padding],
    "tabstops": [.tabs], "tab-stops": [.tabs], "data": [.value, .each], "text": [.value], "source": [.src], "file": [.src],
    "ecc": [.level], "error-correction": [.level], "type": [.kind, .role],
  ]

  /// Names that no attribute stands for.
  private static let notes: [String: String] = [
    "text-transform": "write the value with a filter: {… | upper}, lower or title",
    "uppercase": "write the value with a filter: {… | upper}",
    "rowspan": "a cell takes columns only ('span'); put blocks one below the other into a cell",
    "display": "leave an element out with if=\"…\"", "visibility": "leave an element out with if=\"…\"",
    "hidden": "leave an element out with if=\"…\"", "float": "put blocks side by side into a 'row'",
    "position": "put it into a 'place'", "z-index": "what stands later lies on top",
    "transform": "nothing is scaled here; a 'text' is turned with 'turn'",
    "rotate": "a 'text' is turned with 'turn'", "opacity": "use a tint of the colour: <color of=\"…\" tint=\"…\"/>",
    "box-shadow": "there are no shadows on paper", "white-space": "white space collapses; <br/> ends a line",
    "overflow": "say with 'fit' what happens to what does not fit", "text-overflow": "say with 'fit' what happens to what does not fit",
    "font-stretch": "widths are families of their own, such as 'Noto Sans Condensed'",
    "fit-sheet": "only a bill is set smaller to save a sheet", "onclick": "a page on paper does nothing; 'link' opens an address",
  ]

  private static let words: [String: [String]] = [
    // align, bar: the sides follow the direction of the language.
    "left": ["start", "left"], "right": ["end", "right"], "centre": ["center", "middle"], "center": ["middle", "center"],
    "middle": ["center", "middle"], "justified": ["justify"], "flex-start": ["start", "top"], "flex-end": ["end", "bottom"],
    "start": ["top"], "end": ["bottom"],
    // weight, slant, figures
    "normal": ["upright", "standard", "regular"], "roman": ["upright"], "oblique": ["italic"], "tabular-nums": ["tabular"],
    "lining": ["tabular"], "monospaced": ["tabular"], "old-style": ["proportional"], "proportional-nums": ["proportional"],
    // fit
    "scale": ["shrink"], "scale-down": ["shrink"], "auto": ["grow", "all"], "expand": ["grow"], "stretch": ["grow", "justify"],
    "error": ["reject"], "clip": ["reject"], "hidden": ["reject", "none"], "fail": ["reject"],
    // charts and codes
    "bar": ["bars"], "column": ["bars"], "columns": ["bars"], "histogram": ["bars"], "stack": ["stacked"], "stacked-bars": ["stacked"],
    "lines": ["line"], "qrcode": ["qr"], "qr-code": ["qr"], "datamatrix": ["data-matrix"], "code128": ["code-128"], "sepa": ["epc"],
    "girocode": ["epc"], "ips": ["nbs-ips"],
    // formats, pages, rows, types
    "large": ["large-print"], "largeprint": ["large-print"], "default": ["next", "standard"], "other": ["next"], "all": ["next"],
    "even": ["left"], "odd": ["right"], "group": ["group-header"], "header": ["group-header"], "sum": ["subtotal", "total"],
    "string": ["text"], "integer": ["number"], "int": ["number"], "decimal": ["number", "decimal"], "money": ["amount"],
    "boolean": ["flag"], "bool": ["flag"], "array": ["list"], "object": ["record"], "none": ["reject"], "bottom": ["page-end"],
  ]

  private static let filters: [String: FilterName] = [
    "uppercase": .upper, "upcase": .upper, "ucase": .upper, "caps": .upper, "lowercase": .lower, "downcase": .lower, "capitalize": .title,
    "titlecase": .title, "currency": .money, "amount": .money, "format": .number, "decimal": .number, "fixed": .number,
    "number_format": .number, "percentage": .percent, "length": .count, "size": .count, "else": .default, "or": .default, "concat": .join,
    "strftime": .date, "dateformat": .date, "floor": .round, "ceil": .round, "absolute": .abs,
  ]

  private static let elements = [
    "p": "text", "div": "box", "img": "image", "picture": "image", "hr": "rule", "td": "cell", "th": "cell", "tr": "row", "thead": "header",
    "tfoot": "footer", "tbody": "group", "col": "column", "strong": "b", "em": "i", "a": "link", "h1": "text", "h2": "text", "h3": "text",
    "h4": "text", "h5": "text", "h6": "text", "label": "text", "paragraph": "text", "for": "each", "foreach": "each", "loop": "each",
    "qr": "barcode", "qrcode": "barcode", "line": "rule", "spacer": "space", "elseif": "else", "elif": "else", "import": "include",
    "template": "partial", "section": "box", "flex": "row", "stack": "column", "absolute": "place", "font": "span", "string": "t",
    "svg": "image", "graph": "chart", "newpage": "page-break", "pagebreak": "page-break",
  ]

  private static let elementNotes = [
    "u": "write <span underline=\"yes\">", "s": "there is no line through words", "ul": "write a 'text' for each point, with 'hang'",
    "ol": "write a 'text' for each point, with 'hang'", "li": "write a 'text' for each point, with 'hang'",
    "sub": "write <span rise=\"-2pt\" size=\"7pt\">", "small": "write <span style=\"…\">", "script": "a layout runs no programs",
    "h": "write <text heading=\"1\">", "switch": "write 'if' and 'else if'", "case": "write 'else' with if=\"…\"",
  ]
}
