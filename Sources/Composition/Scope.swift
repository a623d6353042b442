internal import Diagnostics
internal import Geometry
internal import Layout
internal import LayoutLanguage

/// Where in the layout and in the record composing stands: handed down, so that nothing composed deeper changes what stands beside it.
///
/// The variables of loops and includes stand in the ``LayoutLanguage/Environment`` beside it. Each of them has a slot of its own there, set before
/// it is read, so that one array serves a whole bill and nothing needs to be restored.
struct Scope {
  /// What text looks like here.
  var style: StyleContext
  /// The record path the loops have reached.
  var path: DataPath?
  /// The type size that values which must not be broken are not shrunk below: the nearest `min-size` around.
  var leastSize = TextNode.standardLeastSize
  /// Whether identifiers are broken at last like words: where all of a text is shown that has no room in its place.
  var breaksIdentifiers = false
  /// Whether the block stands right in a `row`, whose tracks say its width.
  var inRow = false
  /// Whether the space between blocks stays as the layout says where the bill is set smaller to save a sheet: in all that is no part of the flow, in
  /// tables, and in the notice.
  var keepsSpace = false

  init(style: StyleContext) { self.style = style }

  /// Inside an element: its look on top of what is inherited.
  func inside(_ node: TemplateNode) -> Scope {
    var inner = self
    inner.style = style.entering(node)
    inner.inRow = false
    return inner
  }

  /// Inside a block, whose `min-size` holds for all in it.
  func inside(_ node: TemplateNode, _ attributes: BlockAttributes) -> Scope {
    var inner = inside(node)
    if let size = attributes.minSize { inner.leastSize = size }
    return inner
  }

  /// The same where the space between blocks stays as it is.
  var keepingSpace: Scope {
    var other = self
    other.keepsSpace = true
    return other
  }

  /// The same in another look.
  func styled(_ style: StyleContext) -> Scope {
    var other = self
    other.style = style
    return other
  }

  /// Where an element stands and which record path its loops have reached.
  func origin(_ node: TemplateNode) -> Origin { Origin(element: node.id, path: path) }
}
