public import Geometry
public import Vocabulary

/// What stands in the flow of pages, in a place or in a cell.
public enum BlockElement: Sendable {
  case text(ParagraphElement)
  case row(RowElement)
  /// `gap` is the space between two blocks.
  case column(gap: Length)
  case columns(ColumnsElement)
  case box(PanelElement)
  case rule(RuleElement)
  case space
  case image(ImageElement)
  case chart(ChartElement)
  case barcode(BarcodeElement)
  case table(TableElement)
  /// `gap` is the space between two blocks.
  case messages(gap: Length)
  case notice(NoticeElement)
  case terms(TermsElement)
  case termsChanges(TermsChangesElement)
  case insert(InsertElement)
  case slot(Slot)
  /// `size` is the width and the height of the code, without its quiet zone.
  case optInQR(size: Length)
  case coupon(CouponElement)
  case keep(KeepElement)
  case pageBreak(to: PageBreakTarget)
  case alternatives(AlternativesChoice)
  case place(PlaceElement)

  var kind: ElementKind {
    switch self {
    case .text: .text
    case .row: .row
    case .column: .column
    case .columns: .columns
    case .box: .box
    case .rule: .rule
    case .space: .space
    case .image: .image
    case .chart: .chart
    case .barcode: .barcode
    case .table: .table
    case .messages: .messages
    case .notice: .notice
    case .terms: .terms
    case .termsChanges: .termsChanges
    case .insert: .insert
    case .slot: .slot
    case .optInQR: .optInQR
    case .coupon: .coupon
    case .keep: .keep
    case .pageBreak: .pageBreak
    case .alternatives: .alternatives
    case .place: .place
    }
  }
}

/// What all blocks may say of themselves. Shared, since every block of every bill looks at it.
public final class BlockAttributes: Sendable {
  /// In a row it is the block's track; of a linear code that of the code without its quiet zone.
  public let width: Dimension
  /// `auto` where none is written.
  public let height: Dimension
  /// The least width.
  public let minWidth: Length
  /// The greatest width.
  public let maxWidth: Length
  /// The least height.
  public let minHeight: Length
  /// Where it does not hold, there is no least height; `nil` where nothing is written.
  public let minHeightCondition: Expression?
  /// The greatest height.
  public let maxHeight: Length
  /// What must stay together over page breaks.
  public let keep: KeepRules
  /// What to do with content that does not fit; `nil` where nothing is written.
  public let fit: FitRule?
  /// What to do where that does not help.
  public let excess: BlockExcess
  /// The size no text is shrunk below; `nil` for that of what stands around.
  public let minSize: Length?
  /// Where a narrower block stands in its room; `nil` where nothing is written, and for text, whose style says it.
  public let align: HorizontalAlignment?
  /// Where lower content stands; `nil` where nothing is written.
  public let valign: VerticalAlignment?
  /// For readers who cannot see it.
  public let description: TextTemplate?
  /// What others point to it by.
  public let anchor: String?
  /// Above the block; `nil` where nothing is written.
  public let spaceBefore: Length?
  /// Below the block; `nil` where nothing is written.
  public let spaceAfter: Length?
  /// Whether its lines stand on the baseline grid.
  public let keepsGrid: Bool

  init(_ attributes: Attributes) {
    width = attributes.length(.width) ?? .auto
    height = attributes.length(.height) ?? .auto
    minWidth = attributes.points(.minWidth) ?? .zero
    maxWidth = attributes.points(.maxWidth) ?? .infinity
    minHeight = attributes.points(.minHeight) ?? .zero
    minHeightCondition = attributes.expression(.minHeightIf)
    maxHeight = attributes.points(.maxHeight) ?? .infinity
    keep = attributes.keep(.keep) ?? .none
    fit = attributes.word(.fit)
    excess = attributes.word(.otherwise) ?? .reject
    minSize = attributes.points(.minSize)
    align = attributes.word(.align)
    valign = attributes.word(.valign)
    description = attributes.text(.describe)
    anchor = attributes.name(.anchor)
    spaceBefore = attributes.points(.marginTop)
    spaceAfter = attributes.points(.marginBottom)
    keepsGrid = attributes.flag(.baseline) ?? true
  }
}

/// How the lines of a paragraph begin and where its tabs jump to.
public struct LineShape: Sendable {
  /// In order from the start edge; empty where none are written.
  public var tabs: [TabStop] = []
  /// Before the first line.
  public var indent = Length.zero
  /// Before every other line.
  public var hang = Length.zero
  /// Lines that begin at the start edge.
  public static let plain = LineShape()
}

/// A `text`.
public struct ParagraphElement: Sendable {
  /// 1…6 where it is a heading.
  public var heading: Int?
  /// Its indents and tabs.
  public var lines: LineShape
  /// How many lines at least begin a page.
  public var widows: Int
  /// How many lines at least end a page.
  public var orphans: Int
  /// Which way it is turned.
  public var turn: QuarterTurn?
}

/// A `row`: blocks side by side.
public struct RowElement: Sendable {
  /// Between two blocks.
  public var gap: Length
  /// How far apart the blocks stand below one another where side by side they have no room; `nil` for never.
  public var wrap: Length?
}

/// A `columns`: blocks that flow through columns.
public struct ColumnsElement: Sendable {
  /// How many.
  public var count: Int
  /// Between two columns; `nil` where none is written.
  public var gap: Length?
  /// Whether they end at about the same height.
  public var isBalanced: Bool
}

/// The look of a `box` or a `notice`.
public struct PanelElement: Sendable {
  /// Behind the content.
  public var fill: ColorReference?
  /// Round it.
  public var border: LineValue?
  /// Along single edges, where any is written; they come before ``border``.
  public var edges: Edges?
  /// Along one side.
  public var bar: BarValue?
  /// Of the corners.
  public var radius: Length
  /// Between edge and content.
  public var padding: Insets
  /// Between two blocks.
  public var gap: Length

  /// The lines along single edges; `nil` where nothing is written. Left and right come before start and end.
  public struct Edges: Sendable {
    /// Along the top.
    public var top: LineValue?
    /// Along the foot.
    public var bottom: LineValue?
    /// Where lines of text begin.
    public var start: LineValue?
    /// Where lines of text end.
    public var end: LineValue?
    /// In every direction of text.
    public var left: LineValue?
    /// In every direction of text.
    public var right: LineValue?

    var isEmpty: Bool { top == nil && bottom == nil && start == nil && end == nil && left == nil && right == nil }
  }
}

/// A `rule`.
public struct RuleElement: Sendable {
  /// Across the line.
  public var thickness: Length
  /// `nil` for that of the text.
  public var color: ColorReference?
  /// Dashes and gaps in turn; empty for a solid line.
  public var dashes: [Length]
  /// Which way it runs.
  public var axis: Axis
}

/// An `image`.
public struct ImageElement: Sendable {
  /// An index into ``Template/images``.
  public var image: Int
  /// Whether it says nothing.
  public var isDecorative: Bool
}

/// A `chart` over a list.
public struct ChartElement: Sendable {
  /// How values are drawn.
  public var kind: ChartKind
  /// The loop over its marks.
  public var series: Loop
  /// A number, an amount or a list of them.
  public var value: Expression
  /// Below a mark.
  public var label: Expression?
  /// Above a mark; `nil` for its value.
  public var valueLabel: Expression?
  /// The second value of a mark, a number or an amount.
  public var beside: Expression?
  /// Above the second value; `nil` for the value itself.
  public var besideLabel: Expression?
  /// What the series are called, with bars (U+007C) between.
  public var names: TextTemplate?
  /// Whether a mark is highlighted.
  public var highlight: Expression?
  /// Whether a mark is estimated.
  public var estimate: Expression?
  /// Of plain marks; `nil` for a tint of the text's.
  public var color: ColorReference?
  /// Of highlighted marks; `nil` for the text's.
  public var highlightColor: ColorReference?
  /// An index into ``StyleSheet/styles``.
  public var labelStyle: Int?
  /// An index into ``StyleSheet/styles``.
  public var valueStyle: Int?
  /// Which marks show their values.
  public var shownValues: Set<ShownValues>
  /// How many lines to read heights by; `nil` where nothing is written.
  public var gridlines: Int?
  /// Whether the lines stand at round values and say them.
  public var hasScale: Bool
  /// Behind the topmost number of the scale.
  public var unit: TextTemplate?
  /// Round every bar.
  public var outline: LineValue?
  /// Under the label of estimated marks.
  public var markSign: TextTemplate?
  /// What is said of each mark to readers who cannot see it.
  public var itemDescription: TextTemplate?
  /// The same of an estimated one.
  public var markedDescription: TextTemplate?
  /// The same of one without a value.
  public var gapDescription: TextTemplate?
}

/// A `barcode`.
public struct BarcodeElement: Sendable {
  /// What the code says.
  public enum Content: Sendable {
    case text(TextTemplate)
    case payment(PaymentElement)
    case mail(MailElement)
  }
  /// Which code.
  public var kind: BarcodeKind
  /// A payment where ``BarcodeKind/isPayment``.
  public var content: Content
  /// Width and height of a square code without its quiet zone; `nil` where the block's measures say it.
  public var size: Length?
  /// The white space round it; `nil` for what the standard asks.
  public var quiet: Length?
  /// How much damage a QR code survives.
  public var level: ErrorCorrection
  /// Of the dark parts; `nil` for black.
  public var color: ColorReference?
}

/// The fields of an Intelligent Mail barcode; `nil` where nothing is written.
public struct MailElement: Sendable {
  /// Two digits; 00 where none is written.
  public var barcodeID: TextTemplate?
  /// Three digits.
  public var serviceType: TextTemplate
  /// Six or nine digits.
  public var mailerID: TextTemplate
  /// Nine or six digits, to match; `nil` on a postcard, whose rank in the mailing it is.
  public var serial: TextTemplate?
  /// 0, 5, 9 or 11 digits.
  public var routing: TextTemplate?
}

/// What a payment code is made of; `nil` where nothing is written.
public struct PaymentElement: Sendable {
  /// The payee's account.
  public var iban: TextTemplate
  /// The payee's bank.
  public var bic: TextTemplate?
  /// The payee's name.
  public var payee: TextTemplate
  /// A plain decimal; the bill's amount due where none is written.
  public var amount: TextTemplate?
  /// The bill's where none is written.
  public var currency: TextTemplate?
  /// To be quoted.
  public var reference: TextTemplate?
  /// The purpose code.
  public var purpose: TextTemplate?
  /// For the payee.
  public var remittance: TextTemplate?
}

/// A `terms`.
public struct TermsElement: Sendable {
  /// In how many columns.
  public var columns: Int
  /// Between two columns.
  public var gap: Length
  /// Of the terms' own headings, an index into ``StyleSheet/styles``.
  public var headingStyle: Int?
  /// The word beside changed passages.
  public var changed: TextTemplate?
  /// The word beside new passages; ``changed`` where none is written.
  public var new: TextTemplate?
  /// Along changed passages.
  public var bar: BarValue?
  /// Round the quotation that opens the terms.
  public var frame: LineValue?
}

/// A `terms-changes`.
public struct TermsChangesElement: Sendable {
  /// The box it stands in.
  public var panel: PanelElement
  /// Above the list.
  public var title: TextTemplate?
  /// The level of the title in the bill's outline, from 1.
  public var level: Int
  /// Of the title, an index into ``StyleSheet/styles``.
  public var headingStyle: Int?
  /// The word before clauses that changed.
  public var changed: TextTemplate
  /// The word before clauses that are new.
  public var new: TextTemplate
  /// The word before clauses that are no longer there.
  public var removed: TextTemplate
  /// What is said where nothing differs; nothing where none is written.
  public var unchanged: TextTemplate?
}

/// An `insert`: marketing in several sizes.
public struct InsertElement: Sendable {
  /// The greatest is tried first.
  public var priority: Int
}

/// A `coupon`.
public struct CouponElement: Sendable {
  /// Which page it stands on.
  public var page: CouponPage
  /// Where the page's footer stands.
  public var footer: CouponFooter
  /// Along the upper edge; `nil` where none is written.
  public var perforation: PerforationValue?
  /// From the upper edge to the foot of the sheet; `nil` where none is written.
  public var edge: Length?
  /// What its content may stand in, by name.
  public var zones: [String]
  /// Between two blocks.
  public var gap: Length
  /// Between edge and content.
  public var padding: Insets?
}

/// A `keep`.
public struct KeepElement: Sendable {
  /// What it keeps together.
  public var reach: KeepReach
  /// Between two blocks.
  public var gap: Length
}

/// A `place` on the page, measured from its edges.
public struct PlaceElement: Sendable {
  /// From the page's left edge; `nil` where it is measured from the right.
  public var left: Length?
  /// From the page's right edge.
  public var right: Length?
  /// From the page's top edge; `nil` where it is measured from the bottom.
  public var top: Length?
  /// From the page's bottom edge.
  public var bottom: Length?
  /// What to do with what does not fit.
  public var excess: PlaceExcess
  /// What its content may stand in, by name.
  public var zones: [String]
  /// Between two blocks.
  public var gap: Length
}
