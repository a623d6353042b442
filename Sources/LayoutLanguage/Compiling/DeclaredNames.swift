internal import Diagnostics
internal import Geometry

/// The names a layout declares, collected before anything that uses them is compiled.
struct DeclaredNames {
  var styles: [String: Int] = [:]
  var styleNames: [String] = []
  /// Where each style is named first, by index.
  var styleRanges: [SourceRange] = []
  var colors: [String: Int] = [:]
  var colorNames: [String] = []
  /// Of all pages, each once.
  var zones: [String] = []
  var formats: [String] = ["standard"]
  var languages: [String] = []
}

/// A declared colour, not yet resolved: a variant may change what it is made of.
enum ColorSource: Sendable {
  case value(Color)
  case tint(of: ColorReference, Double)
}

/// A declared style, not yet resolved.
struct StyleSource: Sendable {
  var base: Int?
  var overrides = StyleOverrides()
}

/// A variant's changes.
struct VariantSource {
  /// The element's name in the file.
  var nameRange: SourceRange
  var format: Int?
  /// A language tag that the bill's language or one of its shortenings must be.
  var language: String?
  var styles: [(style: Int, overrides: StyleOverrides)] = []
  var colors: [(color: Int, source: ColorSource)] = []
  /// Zero for no grid; `nil` for the layout's.
  var baseline: Length?
  /// How bills are set smaller, or that they are not; `nil` for what the layout says.
  var fitSheet: FitSheet??
  /// Changes of pages, tables, blocks and parts, in the order of the file.
  var changes: [NamedChange] = []
  /// Whether it is for something that the layout does not offer; that is reported.
  var isFaulty = false
  /// Whether more differs than styles and colours.
  var changesStructure: Bool { baseline != nil || fitSheet != nil || !changes.isEmpty }
  var specificity: Int { (format == nil ? 0 : 1) + (language == nil ? 0 : 1) }
}
