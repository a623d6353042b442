public import Diagnostics

/// The meaning of a frame, for tagged output, for facts and for the source map of the preview.
///
/// A frame without a tag, and a ``Role/group``, mean nothing of their own: what is in them belongs to what is around them.
public struct Tag: Hashable, Sendable {
  /// What the frame is, in the words of PDF's structure types where one exists.
  public enum Role: Hashable, Sendable {
    /// A heading; from 1.
    case heading(level: Int)
    case paragraph
    /// A paragraph quoted from elsewhere, or several.
    case quote
    /// The first paragraph of an item, its sign included.
    case listItem(ListItemPlace)
    /// What else stands in the item begun last among its siblings.
    case listItemRest
    /// A table of so many columns.
    case table(columns: Int)
    case tableRow(TableSection)
    case cell(CellPlace)
    /// A picture, chart or code; ``Tag/description`` says what it shows. Everything in it is part of it, whatever its own role.
    case figure
    /// Matter that is not read. Everything in it is part of it, whatever its own role.
    case artifact(Artifact)
    /// A part of the document that stands for itself, known by its ``Tag/landmark``.
    case section
    /// A part of the page that is read at another time than it is painted.
    case part(ReadingTime)
    /// One of several blocks beside one another that go on on a further page: read to its end before its neighbour.
    case strand
    /// Blocks that belong together to the eye only, such as a panel.
    case group
  }

  /// What it means.
  public var role: Role
  private var number: Int32
  /// The record path that fed it.
  public var path: DataPath?
  private var box: Box?

  package init(_ role: Role, source: Int = -1, path: DataPath? = nil, landmark: Landmark? = nil) {
    (self.role, self.path) = (role, path)
    number = Int32(clamping: source)
    if let landmark { details.landmark = landmark }
  }

  /// The number of the layout element that made the frame; -1 for none.
  public var source: Int {
    get { Int(number) }
    set { number = Int32(clamping: newValue) }
  }

  /// What only few tags say; kept apart, since every item of a page is as large as a tag.
  var details: TagDetails {
    get { box?.details ?? TagDetails() }
    set { box = newValue.isEmpty ? nil : Box(newValue) }
  }

  /// The name it is looked for by; `nil` for nearly all.
  public var landmark: Landmark? { box?.details.landmark }
  /// What a figure shows, in words.
  public var description: String? { box?.details.description }
  /// What a cell says in words where they are not painted: the row above says the same.
  public var replacement: String? { box?.details.replacement }
  /// The language of its text as a BCP 47 tag, where that is not the document's.
  public var language: String? { box?.details.language }
  /// What the pieces of a broken element, and the copies of a repeated one, have in common; `nil` for what stands whole in one place.
  public var identity: TagIdentity? { box?.details.identity }
  /// Which piece of its element the frame is.
  public var piece: TagPiece { box?.details.piece ?? .whole }
  /// Which of the frame's items are, or show, a link.
  public var links: [LinkedText] { box?.details.links ?? [] }

  /// The tag with a description.
  func described(_ description: String) -> Tag {
    var tag = self
    tag.details.description = description
    return tag
  }

  /// The tag of what is not painted and says `words`.
  func replaced(by words: String) -> Tag {
    var tag = self
    tag.details.replacement = words
    return tag
  }

  /// The tag of a piece of an element: the one that `identity` began, or a whole one.
  ///
  /// - Parameters:
  ///   - identity: What its earlier pieces carry; `nil` for the first.
  ///   - next: What its later pieces will carry; `nil` for the last.
  func piece(of identity: TagIdentity?, next: TagIdentity?) -> Tag {
    guard identity != nil || next != nil else { return self }
    var tag = self
    tag.details.identity = identity ?? next
    tag.details.piece = identity == nil ? (next == nil ? .whole : .first) : next == nil ? .last : .middle
    return tag
  }

  /// The tag of a whole that may stand on several pages: all of them carry `identity`.
  func repeated(as identity: TagIdentity) -> Tag {
    var tag = self
    tag.details.identity = identity
    return tag
  }

  private final class Box: Sendable {
    let details: TagDetails
    init(_ details: TagDetails) { self.details = details }
  }

  /// Whether both say the same; which other frames are pieces of the same element is no part of that.
  public static func == (a: Tag, b: Tag) -> Bool {
    a.role == b.role && a.number == b.number && a.path == b.path && (a.box === b.box || a.details == b.details)
  }
  /// Equal values hash alike.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(role)
    hasher.combine(number)
    hasher.combine(path)
  }
}

/// Which part of a table a row belongs to.
public enum TableSection: Hashable, Sendable {
  case head, body, foot
}

/// What a header cell is the header of.
public enum HeaderScope: Hashable, Sendable {
  case column, row
}

/// Where a cell stands in its row, and what it heads.
public struct CellPlace: Hashable, Sendable {
  private var first: Int16
  private var count: Int16
  private var height: UInt8
  /// What it is the header of; `nil` for data.
  public var scope: HeaderScope?
  /// The first column it covers, from 0.
  public var column: Int { Int(first) }
  /// How many columns it covers.
  public var columnSpan: Int { Int(count) }
  /// How many rows it covers; 255 for more.
  public var rowSpan: Int { Int(height) }
  /// Makes the place of a cell; tables have fewer columns than 32,767.
  public init(column: Int, columnSpan: Int = 1, rowSpan: Int = 1, scope: HeaderScope? = nil) {
    (first, count, self.scope) = (Int16(clamping: column), Int16(clamping: columnSpan), scope)
    height = UInt8(clamping: max(1, rowSpan))
  }
}

/// What is known of a list where one of its items stands.
public struct ListItemPlace: Hashable, Sendable {
  /// How many bytes (UTF-8) of the paragraph are the item's sign; 0 for none.
  public var signBytes: Int32
  /// Whether a list begins with it; else it is of the same list as the item before.
  public var isFirst: Bool
  /// Makes the place of an item.
  public init(sign: String, isFirst: Bool) { (signBytes, self.isFirst) = (Int32(clamping: sign.utf8.count), isFirst) }
}

/// When a part of a page is read, where that is not when it is painted.
public enum ReadingTime: Hashable, Sendable {
  /// Before the body of the document: places, from the top of their page down.
  case beforeBody
  /// Behind the body of the document: slips at a page's foot.
  case afterBody
}
