public import Diagnostics
public import Geometry
internal import Languages
public import Vocabulary

/// A compiled layout: everything resolved that can be, immutable, shared by all bills of a worker.
public final class Template: Sendable {
  /// The trim size of every page.
  public let paper: PaperSize
  /// How far pages are printed beyond the sheet, on each side; zero for none.
  public let bleed: Length
  /// The post whose profile a postcard goes by, such as `usps`; empty where none is named, and for all that is no postcard.
  public let post: String
  /// More pages than this make a bill a reject; `nil` for the engine's own limit.
  public let pageLimit: Int?
  /// What the layout can print, `standard` first.
  public let formats: [String]
  /// The languages of `strings/`, canonical BCP 47 tags, sorted by bytes.
  public let languages: [String]
  /// The strings of each language, in the order of ``languages``.
  public let strings: [StringTable]
  /// The declared fields below `extra`, in the order of the file.
  public let fields: [FieldDeclaration]
  /// The bill's type with those fields. The slots of `extra` and what is below are theirs.
  public let schema: RecordType
  /// The default text style: `style` of the root, an index into ``StyleSheet/styles``.
  public let style: Int?
  /// Names of styles, by index.
  public let styleNames: [String]
  /// Where styles are declared, by index.
  public let styleRanges: [SourceRange]
  /// Names of colours, by index.
  public let colorNames: [String]
  /// Families named anywhere, each once, with the place of the first mention; the font book checks them.
  public let families: [FontFamilyUse]
  /// The words across each page, where there are any.
  public let watermark: Watermark?
  /// Pages and body of each edition that differs, the layout without variants first.
  public let editions: [Edition]
  /// The images referred to, each path once.
  public let images: [ImageReference]
  /// Where each node comes from, by its number.
  public let nodes: [NodeOrigin]
  /// How many slots ``Environment/locals`` needs.
  public let localCount: Int
  /// Why the layout cannot be used with a campaign: it has no `<notice>` or no `<terms>`. `nil` where it can.
  public let campaignObstacle: String?
  /// Whether notice and terms have a place on every bill.
  public var canCarryCampaign: Bool { campaignObstacle == nil }

  /// The anchors that links lead to.
  public let linkedAnchors: Set<String>
  /// Whether anything points to an anchor.
  public let pointsToAnchors: Bool

  let sheets: [[StyleSheet]]
  private let editionNumbers: [[Int]]

  init(
    paper: PaperSize, bleed: Length, post: String, pageLimit: Int?, formats: [String], languages: [String], strings: [StringTable],
    fields: [FieldDeclaration], schema: RecordType, style: Int?, styleNames: [String], styleRanges: [SourceRange],
    colorNames: [String], families: [FontFamilyUse], watermark: Watermark?, images: [ImageReference], nodes: [NodeOrigin],
    localCount: Int, campaignObstacle: String?,
    sheets: [[StyleSheet]], editions: [Edition], editionNumbers: [[Int]], linkedAnchors: Set<String>, pointsToAnchors: Bool
  ) {
    self.linkedAnchors = linkedAnchors
    self.pointsToAnchors = pointsToAnchors
    self.paper = paper
    self.bleed = bleed
    self.post = post
    self.pageLimit = pageLimit
    self.formats = formats
    self.languages = languages
    self.strings = strings
    self.fields = fields
    self.schema = schema
    self.style = style
    self.styleNames = styleNames
    self.styleRanges = styleRanges
    self.colorNames = colorNames
    self.families = families
    self.watermark = watermark
    self.editions = editions
    self.editionNumbers = editionNumbers
    self.images = images
    self.nodes = nodes
    self.localCount = localCount
    self.campaignObstacle = campaignObstacle
    self.sheets = sheets
  }

  /// The index into ``languages`` for a bill's tag after RFC 4647 lookup: the tag itself, else shortened from the right; `nil` where
  /// none matches.
  public func languageIndex(for tag: String) -> Int? { LanguageTag.place(of: tag, among: languages) }

  /// The place of the language a bill is set in, and whether it is that of another region; see ``LanguageTag/match(of:among:)``.
  public func languageMatch(for tag: String) -> (place: Int, isOtherRegion: Bool)? { LanguageTag.match(of: tag, among: languages) }

  /// The index into ``formats``, or `nil` where the layout does not offer the format.
  public func formatIndex(for name: String) -> Int? { formats.firstIndex(of: name) }

  /// Pages and body for a format and a language, by their indexes.
  public func edition(format: Int, language: Int) -> Edition { editions[editionNumbers[format][language]] }

  /// The variants of each notice that the layout offers without any variant of its own, in their order, the smallest last. Every edition offers
  /// the same notices; see ``Edition/notices``.
  public var notices: [String: [String]] { plain.notices }

  /// Pages and body without any variant.
  public var plain: Edition { editions[0] }

  /// The index into ``editions`` for a format and a language, by their indexes.
  public func editionNumber(format: Int, language: Int) -> Int { editionNumbers[format][language] }

  /// The styles and colours for a format and a language, by their indexes.
  public func styleSheet(format: Int, language: Int) -> StyleSheet { sheets[format][language] }
}

/// Pages and body as variants make them for some of the formats and languages.
public struct Edition: Sendable {
  /// The baseline grid, where one is set.
  public let baseline: Length?
  /// How bills are set smaller to save a sheet; `nil` where none is.
  public let fitSheet: FitSheet?
  /// The page masters; one of them is `.first` or the only one is `.next`.
  public let pages: [PageMaster]
  /// What flows through the pages: a node of kind ``ElementKind/body``.
  public let body: TemplateNode
  /// The variants of each notice by the notice's name, in the order in which they stand in the layout, the smallest last.
  public let notices: [String: [String]]
}

/// Words that lie across each page.
public struct Watermark: Sendable {
  /// What they are.
  public let words: TextTemplate
  /// Which bills they lie on; `nil` for all.
  public let condition: Expression?
}

/// Where a node stands in the files.
public struct NodeOrigin: Sendable {
  /// The element's tag.
  public let element: String
  /// The element's name in its start tag, for carets.
  public let nameRange: SourceRange
  /// From the start tag's first to the end tag's last byte, for the preview's source map.
  public let range: SourceRange
  /// The value of its `name` attribute, if it has one.
  public let label: String?
}

/// A page master.
public struct PageMaster: Sendable {
  /// Which pages it is for.
  public let role: PageRole
  /// Between the paper's edge and header, body and footer.
  public let margin: Insets
  /// The `place`s of the page, under their conditions and loops.
  public let places: [TemplateContent]
  /// Of kind ``ElementKind/pageHeader``.
  public let header: TemplateNode?
  /// Of kind ``ElementKind/pageFooter``.
  public let footer: TemplateNode?
  /// What parts of the sheet are kept for, in the order of the file.
  public let zones: [ZoneDeclaration]
  /// The number of the `page` element.
  public let node: Int
}

/// A field below `extra` that a layout declares.
public struct FieldDeclaration: Sendable {
  /// As written: `extra.meter`, `extra.readings[].kwh`.
  public let path: String
  /// Without the optional.
  public let type: ValueType
  /// Whether a bill may lack it.
  public let isOptional: Bool
  /// For made-up bills.
  public let sample: String?
  /// The path in the declaration.
  public let range: SourceRange
}

/// A font family and where it is first asked for.
public struct FontFamilyUse: Sendable {
  /// The name as written.
  public let family: String
  /// The first mention.
  public let range: SourceRange
}

/// A picture file of the layout folder.
public struct ImageReference: Sendable {
  /// Relative to the layout folder.
  public let path: String
  /// The whole file, not yet decoded.
  public let bytes: [UInt8]
  /// The first attribute that names it.
  public let range: SourceRange
}
